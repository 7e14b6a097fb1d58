/** One player for the videos of a view, alive as long as the view is. */
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { CommandId } from '../../../keys/commands.ts';
import { nextSpeed } from '../../../state/trim/player.ts';
import { toTicks } from '../../../state/trim/trim.ts';
import { createGroup, type Group, type GroupPlan, type GroupState } from './group.ts';

export function useGroup(plan: GroupPlan): Group {
  const [group] = useState(() => createGroup(plan));
  const text = JSON.stringify(plan);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a plan that says the same is the same
  useEffect(() => group.setPlan(plan), [group, text]);
  useEffect(() => () => group.dispose(), [group]);
  return group;
}

export function useGroupState<T>(group: Group, pick: (state: GroupState) => T): T {
  return useStore(group.store, pick);
}

/** The keys of the player, as on Create. */
export function playerKeys(group: Group, plan: GroupPlan): Partial<Record<CommandId, () => void>> {
  const { store } = group;
  const shuttle = (direction: 1 | -1) => () => group.play(nextSpeed(store.getState().speed, direction));
  const step = (frames: number) => () => group.step(frames);
  const bySeconds = (seconds: number) => () => group.step(toTicks(plan.clock, seconds));
  return {
    playPause: group.toggle,
    reverse: shuttle(-1),
    stop: () => group.play(0),
    forward: shuttle(1),
    frameBack: step(-1),
    frameForward: step(1),
    fiveBack: step(-5),
    fiveForward: step(5),
    tenBack: step(-10),
    tenForward: step(10),
    secondBack: bySeconds(-1),
    secondForward: bySeconds(1),
    toStart: () => group.seek(0),
    toEnd: () => group.seek(plan.clock.length - 1),
    loop: () => store.setState(({ isLooping }) => ({ isLooping: !isLooping })),
  };
}
