/** Choosing results of a list of which only a part is loaded: what lies between two places is asked for where it is not known. */
import type { LibraryQuery } from '../../../../shared/contract/libraryCommands.ts';
import { call } from '../../../bridge/bridge.ts';
import { setSelection, useLibraryStore } from '../../../state/library/libraryStore.ts';
import {
  chooseAll,
  chooseOnly,
  cleared,
  focusedAt,
  rangeTo,
  type Selection,
  toggled,
  withBox,
  withRange,
} from '../../../state/library/selection.ts';
import { notifyError } from '../../../state/shell/notify.tsx';
import type { LibraryPages } from '../pages/useLibraryPages.ts';

export interface ChooseKeys {
  /** Ctrl, or Cmd on a Mac: one more or one less. */
  isToggle: boolean;
  /** Shift: all from the anchor on. */
  isRange: boolean;
}

export interface Choose {
  /** As a click chooses. */
  at: (index: number, keys: ChooseKeys) => void;
  all: () => void;
  none: () => void;
  /** While a box is drawn; `before`: as it was when it began. */
  box: (indexes: readonly number[], before: Selection, isAdded: boolean) => void;
  /** The keys go on here, and nothing is chosen by it. */
  focus: (index: number) => void;
}

export function useChoose(query: LibraryQuery, pages: LibraryPages): Choose {
  const idAt = (index: number) => pages.itemAt(index)?.id;

  /** Sooner or later; not at all once another range was asked for. */
  const between = (from: number, to: number, use: (ids: string[]) => void) => {
    const known = Array.from({ length: to - from + 1 }, (_, step) => idAt(from + step));
    const ids = known.filter((id) => id !== undefined);
    if (ids.length === known.length) return use(ids);
    const asked = useLibraryStore.getState();
    call('library.ids', query)
      .then((answer) => {
        const now = useLibraryStore.getState();
        if (now.search === asked.search && now.view === asked.view && now.selection.focus === asked.selection.focus)
          use(answer.ids.slice(from, to + 1));
      })
      .catch((error: unknown) => notifyError(error));
  };

  return {
    at(index, { isToggle, isRange }) {
      if (isRange) {
        const { from, to } = rangeTo(useLibraryStore.getState().selection, index);
        setSelection((selection) => ({ ...selection, focus: index }));
        between(from, to, (ids) => setSelection((now) => withRange(now, { ids, index, isAdded: isToggle })));
        return;
      }
      const id = idAt(index);
      if (id === undefined) return setSelection((selection) => focusedAt(selection, index));
      setSelection((selection) => (isToggle ? toggled(selection, id, index) : chooseOnly(id, index)));
    },
    all: () => {
      if (pages.total > 0) between(0, pages.total - 1, (ids) => setSelection((now) => chooseAll(now, ids)));
    },
    none: () => setSelection(cleared),
    box(indexes, before, isAdded) {
      const ids = indexes.flatMap((index) => idAt(index) ?? []);
      const lastIndex = indexes.at(-1) ?? null;
      setSelection(() => withBox(before, { ids, lastIndex, isAdded }));
    },
    focus: (index) => setSelection((selection) => focusedAt(selection, index)),
  };
}
