/** The clip with the range as the hand has it, for what is drawn anew with every move of the pointer. */
import { useEffect, useMemo } from 'react';
import { letRangeGo, useHeldRange } from '../state/trim/heldRange.ts';
import { toSeconds } from '../state/trim/trim.ts';
import type { Clip } from '../state/trim/useClip.ts';

export function useLiveClip(clip: Clip): Clip {
  const range = useHeldRange((state) => state.range);
  return useMemo(
    () => (range ? { ...clip, range, seconds: toSeconds(clip.clock, range.to - range.from) } : clip),
    [clip, range],
  );
}

/** A timeline that goes away, or shows another clip, leaves nothing in hand. */
export function useEmptyHand(assetId: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another clip ends the gesture on the last one
  useEffect(() => letRangeGo, [assetId]);
}
