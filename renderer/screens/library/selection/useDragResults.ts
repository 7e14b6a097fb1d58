/** A drag that begins on a result takes all that are chosen with it. */
import type { DragEvent } from 'react';
import { useCommand } from '../../../bridge/queries.ts';
import { startDrag } from '../../../state/library/dragResults.ts';
import { useLibraryStore } from '../../../state/library/libraryStore.ts';
import { indexUnder } from '../grid/useListPointer.ts';
import type { LibraryPages } from '../pages/useLibraryPages.ts';

export function useDragResults(pages: LibraryPages) {
  const canDragOut = useCommand('app.info', {}).data?.capabilities.nativeDragOut === true;
  return {
    onDragStart: (event: DragEvent) => {
      const index = indexUnder(event.target);
      const item = index === null ? undefined : pages.itemAt(index);
      if (!item) return;
      const { ids } = useLibraryStore.getState().selection;
      startDrag(event, ids.has(item.id) ? [...ids] : [item.id], canDragOut);
    },
  };
}
