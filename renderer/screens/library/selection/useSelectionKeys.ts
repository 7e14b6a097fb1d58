/** The keys for what is chosen: stars, flags, hiding, trash, comparing, culling, paths. */
import { useCommandKeys } from '../../../keys/useKeys.ts';
import type { SelectionActions } from './useSelectionActions.ts';

export function useSelectionKeys(actions: SelectionActions): void {
  const rate = (rating: number) => () => actions.rate(rating);
  useCommandKeys({
    ...{ rate0: rate(0), rate1: rate(1), rate2: rate(2), rate3: rate(3), rate4: rate(4), rate5: rate(5) },
    pick: () => actions.flag('pick'),
    reject: () => actions.flag('reject'),
    unflag: () => actions.flag('none'),
    hideResults: () => actions.edit({ set: { isHidden: true } }),
    copyPaths: actions.copyPaths,
    exportResults: actions.exportThem,
    compare: actions.compare,
    cull: actions.cull,
    trash: actions.trash,
  });
}
