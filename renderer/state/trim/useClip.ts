/** The chosen clip with everything that trimming it needs: facts, clock, range and the limits of the chosen facing. */
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Asset, Crop, VideoFacts } from '../../../shared/contract/media.ts';
import { clipTargetFor } from '../../../shared/rules/limits.ts';
import { commandQuery } from '../../bridge/queries.ts';
import { useDraft, useDraftDispatch } from '../order/draftStore.ts';
import { useLimits } from '../shell/limits.ts';
import { type ClipClock, clockOf, type Range, rangeOf, toSeconds, trimOf } from './trim.ts';

export interface Clip {
  asset: Asset;
  facts: VideoFacts;
  clock: ClipClock;
  range: Range;
  /** In shown pixels; null: the whole picture. */
  crop: Crop | null;
  seconds: number;
  maxSeconds: number;
  minSeconds: number;
  /** `edit` joins the steps of one gesture into one step of undo. */
  setRange(range: Range, edit?: string): void;
  setCrop(crop: Crop | null, edit?: string): void;
}

/** The range is longer than one order may be. */
export const isTooLong = ({ seconds, maxSeconds }: Clip): boolean => seconds > maxSeconds + 1e-6;

/** The clip is, whatever part of it is chosen. */
export const isLonger = ({ clock, maxSeconds }: Clip): boolean => toSeconds(clock, clock.length) > maxSeconds + 1e-6;

/** Looked at again when the person comes back: files are moved while a page stays open. */
function useAsset(id: string | null) {
  const query = commandQuery('assets.get', { id: id ?? '' });
  return useQuery({ ...query, enabled: id !== null, staleTime: 5000, refetchOnWindowFocus: true });
}

export function useVideoAsset() {
  const { videoId } = useDraft();
  return useAsset(videoId);
}

export function useImageAsset() {
  const { imageId } = useDraft();
  return useAsset(imageId);
}

export function useClip(): Clip | null {
  const { videoId, trim, crop, orientation } = useDraft();
  const dispatch = useDraftDispatch();
  const { data: asset } = useVideoAsset();
  const { clips } = useLimits();
  const facts = asset?.facts.kind === 'video' ? asset.facts : null;
  // The same clock while the range changes: strip, sound and marks are drawn anew for another clip only.
  const clock = useMemo(() => facts && clockOf(facts), [facts]);
  return useMemo(() => {
    if (videoId === null || asset?.id !== videoId || !facts || !clock) return null;
    const range = rangeOf(clock, trim);
    const { maxSeconds, minSeconds } = clips[clipTargetFor(orientation)];
    return {
      asset,
      facts,
      clock,
      range,
      crop,
      seconds: toSeconds(clock, range.to - range.from),
      maxSeconds,
      minSeconds,
      setRange: (next, edit) =>
        dispatch({ type: 'setTrim', trim: trimOf(clock, next) ?? null, ...(edit ? { edit } : {}) }),
      setCrop: (next, edit) => dispatch({ type: 'setCrop', crop: next, ...(edit ? { edit } : {}) }),
    };
  }, [asset, facts, clock, videoId, trim, crop, orientation, dispatch, clips]);
}
