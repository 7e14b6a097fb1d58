/** Which library item is open, what is being searched for, and what can be undone: kept while the person visits other screens. */
import { create } from 'zustand';
import { goTo } from '../shell/route.ts';
import { type LibraryHistory, noLibraryHistory } from './libraryHistory.ts';

interface LibraryState {
  openId: string | null;
  /** Results that are being compared; null: none are. */
  compareIds: string[] | null;
  /** Results that are gone through one by one; null: none are. */
  cullIds: string[] | null;
  /** The reference stands beside an opened result. */
  isReferenceShown: boolean;
  search: string;
  history: LibraryHistory;
}

export const useLibraryStore = create<LibraryState>()(() => ({
  openId: null,
  compareIds: null,
  cullIds: null,
  isReferenceShown: true,
  search: '',
  history: noLibraryHistory,
}));

/** Opens an item from anywhere. */
export function openItem(id: string): void {
  useLibraryStore.setState({ openId: id });
  goTo('library');
}

export function toggleReference(): void {
  useLibraryStore.setState(({ isReferenceShown }) => ({ isReferenceShown: !isReferenceShown }));
}
