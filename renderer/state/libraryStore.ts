/** Which library item is open, and what is being searched for: kept while the person visits other screens. */
import { create } from 'zustand';
import { goTo } from './route.ts';

interface LibraryState {
  openId: string | null;
  search: string;
}

export const useLibraryStore = create<LibraryState>()(() => ({ openId: null, search: '' }));

/** Opens an item from anywhere. */
export function openItem(id: string): void {
  useLibraryStore.setState({ openId: id });
  goTo('library');
}
