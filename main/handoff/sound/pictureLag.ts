/** By how much the pictures of a result lie behind those of its reference: how much each differs from the one before. Pure. */
import { findLag } from './correlate.ts';

/** A character moves as the reference does, yet not in the same clothes and light: half alike is alike. */
const LEAST_MOTION = 0.5;
const PEAK_FRAMES = 2;

/** What moved at each picture of small grey ones, bent so that one cut does not outweigh a dance; the first has no motion. */
export function motionOf(pictures: readonly Uint8Array[]): Float64Array {
  const motion = new Float64Array(pictures.length);
  for (let n = 1; n < pictures.length; n += 1) {
    const [a, b] = [pictures[n - 1], pictures[n]];
    if (!a || !b) continue;
    let sum = 0;
    for (let i = 0; i < b.length; i += 1) sum += Math.abs((b[i] ?? 0) - (a[i] ?? 0));
    motion[n] = Math.sqrt(sum / Math.max(1, b.length));
  }
  return motion;
}

export interface PictureLag {
  /** Positive: the result shows later what the reference shows. In pictures. */
  frames: number;
  /** 0..1 */
  confidence: number;
}

/** `source` begins `leadFrames` before the in point, at the result's rate. Null: nothing moves, or in a rhythm. */
export function pictureLag(
  source: readonly Uint8Array[],
  made: readonly Uint8Array[],
  reach: { leadFrames: number; mostFrames: number },
): PictureLag | null {
  const lag = findLag(motionOf(source), motionOf(made), {
    ...{ lead: reach.leadFrames, most: reach.mostFrames },
    ...{ width: PEAK_FRAMES, least: LEAST_MOTION },
  });
  return lag && { frames: lag.steps, confidence: lag.confidence };
}
