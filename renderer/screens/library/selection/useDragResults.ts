/** A drag that begins on a result takes all that are chosen with it. */
import type { DragEvent, PointerEvent } from 'react';
import { useCommand } from '../../../bridge/queries.ts';
import { prepareDrag, startDrag } from '../../../state/library/dragResults.ts';
import { useLibraryStore } from '../../../state/library/libraryStore.ts';
import { indexUnder } from '../grid/useListPointer.ts';
import type { LibraryPages } from '../pages/useLibraryPages.ts';

export function useDragResults(pages: LibraryPages) {
  const canDragOut = useCommand('app.info', {}).data?.capabilities.nativeDragOut === true;
  const idsUnder = (target: EventTarget): string[] | null => {
    const index = indexUnder(target);
    const item = index === null ? undefined : pages.itemAt(index);
    if (!item) return null;
    const { ids } = useLibraryStore.getState().selection;
    return ids.has(item.id) ? [...ids] : [item.id];
  };
  return {
    onPointerDownCapture: (event: PointerEvent) => {
      const ids = event.button === 0 && canDragOut ? idsUnder(event.target) : null;
      if (ids) prepareDrag(ids);
    },
    onDragStart: (event: DragEvent) => {
      const ids = idsUnder(event.target);
      if (ids) startDrag(event, ids, canDragOut);
    },
  };
}
