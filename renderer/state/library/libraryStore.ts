/** What is looked at in the library, what is chosen, what is open, and what can be undone: kept while the person visits other screens. */
import { create } from 'zustand';
import type { LibraryQuery, SavedSearch } from '../../../shared/contract/libraryCommands.ts';
import { goTo } from '../shell/route.ts';
import { type LibraryHistory, noLibraryHistory } from './libraryHistory.ts';
import { keepView, keptView, type LibraryView } from './libraryView.ts';
import { cleared, noSelection, type Selection } from './selection.ts';

interface LibraryState {
  openId: string | null;
  /** Results side by side, and results that are gone through one by one; null: neither is open. */
  compareIds: string[] | null;
  cullIds: string[] | null;
  /** The reference stands beside an opened result. */
  isReferenceShown: boolean;
  /** Results on their way into the edit; null: the dialog is closed. */
  exportIds: string[] | null;
  /** Results that are to be ordered again in 1080p; null: the dialog is closed. */
  promoteIds: string[] | null;
  search: string;
  view: LibraryView;
  selection: Selection;
  /** The result at the top of what was seen: whoever comes back, or looks at them otherwise, begins there. */
  topIndex: number;
  history: LibraryHistory;
}

export const useLibraryStore = create<LibraryState>()(() => ({
  openId: null,
  compareIds: null,
  cullIds: null,
  isReferenceShown: true,
  exportIds: null,
  promoteIds: null,
  search: '',
  view: keptView(),
  selection: noSelection,
  topIndex: 0,
  history: noLibraryHistory,
}));

/** Opens an item from anywhere. */
export function openItem(id: string): void {
  useLibraryStore.setState({ openId: id });
  goTo('library');
}

/** Other results: the list begins at its top, and nothing of the old ones stays chosen. */
export function setSearch(search: string): void {
  const { search: before, selection } = useLibraryStore.getState();
  if (search === before) return;
  useLibraryStore.setState({ search, selection: { ...cleared(selection), focus: 0, anchor: 0 }, topIndex: 0 });
}

export function setSelection(change: (selection: Selection) => Selection): void {
  useLibraryStore.setState(({ selection }) => ({ selection: change(selection) }));
}

const orders: readonly (keyof LibraryView)[] = ['sort', 'descending', 'group', 'stacked'];

/** Another order: what is chosen stays chosen, and places begin anew. */
export function setView(patch: Partial<LibraryView>): void {
  useLibraryStore.setState(({ view, selection, topIndex }) => {
    const next = { ...view, ...patch };
    keepView(next);
    const isOtherOrder = orders.some((field) => next[field] !== view[field]);
    return isOtherOrder
      ? { view: next, topIndex: 0, selection: { ...selection, anchor: 0, focus: 0 } }
      : { view: next, topIndex };
  });
}

type Order = Pick<LibraryView, 'sort' | 'descending' | 'group' | 'stacked'>;

export function queryOf(search: string, { sort, descending, group, stacked }: Order): LibraryQuery {
  return { query: search.trim(), sort, descending, group, stacked };
}

/** A saved search as it was saved: words, order and groups. */
export function applySearch({ query, sort, descending, group, stacked }: SavedSearch): void {
  setSearch(query);
  setView({ sort, descending, group, stacked });
}

export function toggleReference(): void {
  useLibraryStore.setState(({ isReferenceShown }) => ({ isReferenceShown: !isReferenceShown }));
}
