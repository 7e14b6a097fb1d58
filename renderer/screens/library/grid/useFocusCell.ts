/** Brings the keyboard's focus to a result that may not be drawn yet, and scrolls it into sight. */
import { type FocusEvent, type RefObject, useCallback, useLayoutEffect, useRef } from 'react';
import { useLibraryStore } from '../../../state/library/libraryStore.ts';
import { type Geometry, placeOf } from './geometry.ts';
import { indexUnder } from './useListPointer.ts';
import type { ScrollView } from './useScrollView.ts';

export function useFocusCell(list: RefObject<HTMLElement | null>, geometry: Geometry, view: ScrollView) {
  const wanted = useRef<number | null>(null);
  const now = useRef({ geometry, view });
  now.current = { geometry, view };

  const reveal = useCallback((index: number) => {
    const { geometry, view } = now.current;
    const { topPx } = placeOf(geometry, index);
    // The header of a group is seen with its first row.
    const isFirstRow = geometry.sections.some(
      ({ firstIndex }) => index >= firstIndex && index < firstIndex + geometry.columns,
    );
    const headerPx = isFirstRow ? (geometry.sections[0]?.headerPx ?? 0) : 0;
    view.show(topPx - headerPx, topPx + geometry.cellHeightPx);
    wanted.current = index;
  }, []);

  // After every drawing, since the one that is wanted comes with some of them.
  useLayoutEffect(() => {
    if (wanted.current === null) return;
    const cell = list.current?.querySelector<HTMLElement>(`[data-card="${wanted.current}"]`);
    if (!cell) return;
    wanted.current = null;
    cell.focus({ preventScroll: true });
  });

  const onFocus = (event: FocusEvent) => {
    const index = indexUnder(event.target);
    if (index === null) return;
    const { selection } = useLibraryStore.getState();
    if (selection.focus !== index) useLibraryStore.setState({ selection: { ...selection, focus: index } });
    const { geometry, view } = now.current;
    const { topPx } = placeOf(geometry, index);
    view.show(topPx, topPx + geometry.cellHeightPx);
  };
  return { reveal, onFocus };
}
