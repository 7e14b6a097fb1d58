/** Where the keys go on when the results under them have left the list: at the one that moved up into their place. */
import { useEffect, useRef } from 'react';
import type { LibraryQuery } from '../../../../shared/contract/libraryCommands.ts';
import { useLibraryStore } from '../../../state/library/libraryStore.ts';
import { chooseOnly } from '../../../state/library/selection.ts';
import type { LibraryPages } from '../pages/useLibraryPages.ts';

let leaving: { ids: ReadonlySet<string>; index: number } | null = null;

/** `ids` are thrown away; the list was at `index`. */
export function expectLeaving(ids: readonly string[], index: number): void {
  leaving = { ids: new Set(ids), index };
}

function forgetLeaving(): void {
  leaving = null;
}

export function useLeaving(query: LibraryQuery, pages: LibraryPages, reveal: (index: number) => void): void {
  const current = useRef({ pages, reveal });
  current.current = { pages, reveal };
  // What has not left by then, stays.
  // biome-ignore lint/correctness/useExhaustiveDependencies: forgotten with the list that it was in
  useEffect(() => forgetLeaving, [query]);
  useEffect(() => {
    if (!leaving || pages.total === 0) return;
    const index = Math.min(leaving.index, pages.total - 1);
    const item = pages.itemAt(index);
    if (!item || leaving.ids.has(item.id)) return;
    leaving = null;
    useLibraryStore.setState({ selection: chooseOnly(item.id, index) });
    current.current.reveal(index);
  });
}
