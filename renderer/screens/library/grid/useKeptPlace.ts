/** A person who comes back from another screen, or from rows to cards, finds the list where it was. */
import { useLayoutEffect, useRef } from 'react';
import { useLibraryStore } from '../../../state/library/libraryStore.ts';
import { type Geometry, indexesBetween } from './geometry.ts';
import type { ScrollView } from './useScrollView.ts';

export function useKeptPlace(geometry: Geometry, view: ScrollView): void {
  const now = useRef({ geometry, view });
  now.current = { geometry, view };
  // Before whatever comes in its place looks where to begin.
  useLayoutEffect(
    () => () => {
      const { geometry, view } = now.current;
      const offsetPx = view.offset();
      const { from } = indexesBetween(geometry, offsetPx, offsetPx + 1);
      useLibraryStore.setState({ topIndex: offsetPx === 0 ? 0 : from });
    },
    [],
  );
}
