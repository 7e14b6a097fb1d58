/** The keys of comparing: the player's for all pictures at once, and those for one of them. */
import { useDialogKeys } from '../../../keys/useKeys.ts';
import {
  activeOf,
  type CompareMode,
  type Comparison,
  nextSound,
  offsetBy,
  withLetter,
  withMode,
} from '../../../state/library/compare.ts';
import type { Group, GroupPlan } from './group.ts';
import type { ChangeComparison } from './SideTools.tsx';
import type { Side } from './sides.ts';
import { playerKeys } from './useGroup.ts';

interface CompareKeys {
  group: Group;
  plan: GroupPlan;
  sides: readonly Side[];
  /** Of those that are shown. */
  keys: readonly string[];
  comparison: Comparison;
  change: ChangeComparison;
  onGoTo: () => void;
}

export function useCompareKeys({ group, plan, sides, keys, comparison, change, onGoTo }: CompareKeys): void {
  const mode = (to: CompareMode) => () => change((now) => withMode(now, to));
  const active = activeOf(comparison, keys);
  const audible = sides.filter(({ key, hasSound }) => hasSound && keys.includes(key)).map(({ key }) => key);
  useDialogKeys({
    ...playerKeys(group, plan),
    goTo: onGoTo,
    viewSide: mode('side'),
    viewFlip: mode('flip'),
    viewWipe: mode('wipe'),
    viewDifference: mode('difference'),
    offsetBack: () => change((now) => offsetBy(now, active, -1)),
    offsetForward: () => change((now) => offsetBy(now, active, 1)),
    viewA: () => change((now) => withLetter(now, keys, 'a')),
    viewB: () => change((now) => withLetter(now, keys, 'b')),
    nextSound: () => change((now) => nextSound(now, audible)),
  });
}
