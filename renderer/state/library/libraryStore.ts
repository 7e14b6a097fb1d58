/** Which library item is open, what is being searched for, and what can be undone: kept while the person visits other screens. */
import { create } from 'zustand';
import { goTo } from '../shell/route.ts';
import { type LibraryHistory, noLibraryHistory } from './libraryHistory.ts';

interface LibraryState {
  openId: string | null;
  search: string;
  history: LibraryHistory;
}

export const useLibraryStore = create<LibraryState>()(() => ({ openId: null, search: '', history: noLibraryHistory }));

/** Opens an item from anywhere. */
export function openItem(id: string): void {
  useLibraryStore.setState({ openId: id });
  goTo('library');
}
