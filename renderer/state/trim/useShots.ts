/** What the scan has seen of the chosen clip so far, and what it means for the chosen range. */
import { useMemo } from 'react';
import { useCommand } from '../../bridge/queries.ts';
import { adviseOnRange, type ClipShots, noShots, type ShotAdvice, shotsOf } from './shots.ts';
import type { Clip } from './useClip.ts';

export function useShots(clip: Clip | null): ClipShots {
  const timeline = useCommand('media.timeline', { id: clip?.asset.id ?? '' }, clip !== null).data;
  const clock = clip?.clock;
  const { cuts, black, freezes, takes, motionBySecond, isScanned } = timeline ?? {};
  // The timeline changes with every picture of the strip; the shots only when they do.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the parts of the timeline that matter here
  return useMemo(
    () => (clock ? shotsOf(clock, timeline) : noShots),
    [clock, cuts, black, freezes, takes, motionBySecond, isScanned],
  );
}

export function useShotAdvice(clip: Clip | null): ShotAdvice[] {
  const shots = useShots(clip);
  return useMemo(() => (clip ? adviseOnRange(clip.clock, shots, clip) : []), [clip, shots]);
}
