/** What can be done with everything that is chosen, by the bar and by keys alike; with nothing chosen, with the result that the keys stand on. */
import type { LibraryFlag, LibraryItem } from '../../../../shared/contract/library.ts';
import type { LibraryChange } from '../../../../shared/contract/libraryCommands.ts';
import { call } from '../../../bridge/bridge.ts';
import { useLoadRecipe } from '../../../components/useLoadRecipe.tsx';
import { useLibraryStore } from '../../../state/library/libraryStore.ts';
import { notifyDone, notifyError } from '../../../state/shell/notify.tsx';
import { expectLeaving } from '../grid/useLeaving.ts';
import type { LibraryPages } from '../pages/useLibraryPages.ts';
import { useLibraryEdits } from '../useLibraryEdits.tsx';

/** Side by side on one clock: the reference, the character and so many results. */
export const mostCompared = 4;
/** Asked for one by one, at the same time. */
const atOnce = 24;

type Edit = Omit<LibraryChange, 'ids'>;

export interface SelectionActions {
  ids: () => string[];
  edit: (edit: Edit) => void;
  rate: (rating: number) => void;
  flag: (flag: LibraryFlag) => void;
  trash: () => void;
  copyPaths: () => void;
  orderAgain: () => void;
  compare: () => void;
  cull: () => void;
  exportThem: () => void;
  promote: () => void;
}

export function useSelectionActions(pages: LibraryPages): SelectionActions {
  const edits = useLibraryEdits();
  const loadRecipe = useLoadRecipe();
  const ids = (): string[] => {
    const { ids, focus } = useLibraryStore.getState().selection;
    if (ids.size > 0) return [...ids];
    const item = pages.itemAt(focus);
    return item ? [item.id] : [];
  };
  const edit = (edit: Edit) => {
    const chosen = ids();
    if (chosen.length > 0) edits.change([{ ids: chosen, ...edit }]);
  };
  return {
    ids,
    edit,
    rate: (rating) => edit({ set: { rating } }),
    flag: (flag) => edit({ set: { flag } }),
    trash: () => {
      const chosen = ids();
      if (chosen.length === 0) return;
      const [first] = chosen;
      expectLeaving(chosen, firstPlace(pages, chosen));
      const item = chosen.length === 1 && first !== undefined ? loadedItem(pages, first) : undefined;
      if (item) edits.trash(item);
      else edits.trashMany(chosen);
    },
    copyPaths: () => void copyPaths(ids()),
    orderAgain: () =>
      void itemsOf(ids().slice(0, 1))
        .then(([item]) => {
          if (item?.recipe?.kind === 'motion') loadRecipe(item.recipe);
        })
        .catch((error: unknown) => notifyError(error)),
    compare: () => {
      const chosen = ids();
      if (chosen.length > 0) useLibraryStore.setState({ compareIds: chosen.slice(0, mostCompared) });
    },
    cull: () => void cull(ids, pages),
    exportThem: () => useLibraryStore.setState({ exportIds: ids() }),
    promote: () => useLibraryStore.setState({ promoteIds: ids() }),
  };
}

/** Several that are chosen, or everything that the search finds. */
async function cull(ids: () => string[], pages: LibraryPages): Promise<void> {
  const chosen = ids();
  const { selection, search, view } = useLibraryStore.getState();
  if (selection.ids.size > 1) return useLibraryStore.setState({ cullIds: chosen });
  if (pages.total === 0) return;
  try {
    const { sort, descending, group, stacked } = view;
    const all = (await call('library.ids', { query: search.trim(), sort, descending, group, stacked })).ids;
    // From the one that the keys stand on.
    const start = Math.max(0, all.indexOf(chosen[0] ?? ''));
    useLibraryStore.setState({ cullIds: [...all.slice(start), ...all.slice(0, start)] });
  } catch (error) {
    notifyError(error);
  }
}

async function copyPaths(ids: readonly string[]): Promise<void> {
  try {
    const items = await itemsOf(ids);
    await navigator.clipboard.writeText(items.map(({ file }) => file).join('\n'));
    notifyDone((t) => t('library.pathsCopied', { count: items.length }));
  } catch (error) {
    notifyError(error);
  }
}

async function itemsOf(ids: readonly string[]): Promise<LibraryItem[]> {
  const items: LibraryItem[] = [];
  for (let from = 0; from < ids.length; from += atOnce) {
    const part = ids.slice(from, from + atOnce).map((id) => call('library.get', { id }));
    items.push(...(await Promise.all(part)));
  }
  return items;
}

function loadedItem(pages: LibraryPages, id: string): LibraryItem | undefined {
  const { focus } = useLibraryStore.getState().selection;
  const item = pages.itemAt(focus);
  return item?.id === id ? item : undefined;
}

/** Where the first of them stands, as far as it is known. */
function firstPlace(pages: LibraryPages, ids: readonly string[]): number {
  const { focus, anchor } = useLibraryStore.getState().selection;
  const chosen = new Set(ids);
  let at = Math.min(focus, anchor);
  if (!chosen.has(pages.itemAt(at)?.id ?? '')) at = focus;
  while (at > 0 && chosen.has(pages.itemAt(at - 1)?.id ?? '')) at -= 1;
  return at;
}
