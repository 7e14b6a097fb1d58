/** The player of an opened result: the result, beside it the clip that it was made from, on one clock. */
import { useState } from 'react';
import type { LibraryItem } from '../../../../shared/contract/library.ts';
import type { Group, GroupPlan } from '../compare/group.ts';
import { clockOfSides, type Side } from '../compare/sides.ts';
import { useGroup } from '../compare/useGroup.ts';
import { useRates } from '../compare/useRates.ts';
import { useReferenceSide, useResultSides } from '../compare/useSides.ts';

export interface OpenedPlayer {
  group: Group;
  plan: GroupPlan;
  /** What is seen. */
  sides: Side[];
  hasReference: boolean;
  /** Whose sound is heard; null: none. */
  soundKey: string | null;
  setSoundKey: (key: string | null) => void;
  retry: () => void;
}

export function useOpenedPlayer(item: LibraryItem, isReferenceShown: boolean): OpenedPlayer {
  const reference = useReferenceSide(item);
  const results = useResultSides([item]);
  const [soundKey, setSoundKey] = useState<string | null>(item.hasAudio ? item.id : null);
  const [rates, noteRate] = useRates();
  const sides = [...(reference && isReferenceShown ? [reference] : []), ...results.sides];
  // The clock stays that of the result, whether or not the reference is in sight.
  const { clock, lanes } = clockOfSides([...(reference ? [reference] : []), ...results.sides], rates);
  const own = lanes[item.id];
  const frames = own ? Math.max(1, Math.round((own.lengthSeconds * clock.rate.num) / clock.rate.den)) : clock.length;
  const plan: GroupPlan = { clock: { ...clock, length: frames }, lanes, leader: soundKey ?? item.id };
  const group = useGroup(plan);
  group.onRate = noteRate;
  return {
    ...{ group, plan, sides, soundKey, setSoundKey },
    hasReference: reference !== null,
    retry: results.retry,
  };
}
