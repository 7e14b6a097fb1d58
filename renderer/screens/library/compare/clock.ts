/**
 * The one clock of several pictures: where each stands at a moment, how far one is off, and what brings it back. Pure.
 *
 * All start from zero together: a result at its first frame, a reference at the in point that was ordered. What is known of a running
 * picture is the frame that was painted last and when, so drift is measured in painted frames, not in what a decoder means to show.
 */
import { type FrameRate, rateToNumber } from '../../../../shared/time/timecode.ts';
import { clamp } from '../../../state/trim/trim.ts';

/** One picture on the clock. */
export interface Lane {
  /** Its media time at the clock's zero. */
  startSeconds: number;
  lengthSeconds: number;
  /** Moves it later (above 0) or earlier against the others. */
  offsetSeconds: number;
}

/** A moment at which the clock was known; from there it goes on at `speed`. */
export interface Anchor {
  atMs: number;
  seconds: number;
  /** 0 stands. */
  speed: number;
}

export function clockAt({ atMs, seconds, speed }: Anchor, nowMs: number): number {
  return seconds + ((nowMs - atMs) / 1000) * speed;
}

/** What a lane shows when the clock stands at `seconds`; before its beginning its first frame, behind its end its last. */
export function mediaTimeOf(lane: Lane, seconds: number, frameSeconds: number): number {
  const own = clamp(seconds - lane.offsetSeconds, 0, lane.lengthSeconds - frameSeconds);
  return lane.startSeconds + own;
}

export function clockTimeOf(lane: Lane, mediaSeconds: number): number {
  return mediaSeconds - lane.startSeconds + lane.offsetSeconds;
}

/** Its picture moves there; outside, it holds its first or last frame. */
export function isInside(lane: Lane, seconds: number): boolean {
  const own = seconds - lane.offsetSeconds;
  return own >= 0 && own < lane.lengthSeconds;
}

/** Until the last of them has ended. */
export function lengthOf(lanes: readonly Lane[]): number {
  return Math.max(0, ...lanes.map(({ lengthSeconds, offsetSeconds }) => lengthSeconds + offsetSeconds));
}

/** Paints fall on the screen's own beat: one alone may be half a frame early or late, several together are not. */
const sampleCount = 7;

export interface Drift {
  /** Above 0: ahead of the clock. The newest last. */
  samples: readonly number[];
}

export const noDrift: Drift = { samples: [] };

export function withSample({ samples }: Drift, seconds: number): Drift {
  return { samples: [...samples, seconds].slice(-sampleCount) };
}

/** Null: too little has been painted to say. */
export function driftOf({ samples }: Drift): number | null {
  if (samples.length < sampleCount) return null;
  return [...samples].sort((a, b) => a - b)[Math.floor(sampleCount / 2)] ?? null;
}

export type Correction =
  | { kind: 'none' }
  /** Plays at this share of the speed until the next look. */
  | { kind: 'nudge'; factor: number }
  /** Too far to walk. */
  | { kind: 'jump' };

/** Shares of a frame: where catching up starts, and where it is near enough to stop. */
const startsAt = 0.2;
const endsAt = 0.06;
/** A picture that runs 4 % faster or slower looks the same; its sound is off, or it leads. */
const mostNudge = 0.04;
/** What is left is walked in about this time. */
const walkSeconds = 0.5;
const jumpSeconds = 0.25;

export function correctionFor(driftSeconds: number, frameSeconds: number, isNudged: boolean): Correction {
  const size = Math.abs(driftSeconds);
  if (size > Math.max(jumpSeconds, 3 * frameSeconds)) return { kind: 'jump' };
  if (size <= frameSeconds * (isNudged ? endsAt : startsAt)) return { kind: 'none' };
  const share = clamp(size / walkSeconds, 0.002, mostNudge);
  return { kind: 'nudge', factor: driftSeconds > 0 ? 1 - share : 1 + share };
}

/** The rates that cameras and encoders know. */
const standardRates: readonly FrameRate[] = [
  { num: 24000, den: 1001 },
  { num: 24, den: 1 },
  { num: 25, den: 1 },
  { num: 30000, den: 1001 },
  { num: 30, den: 1 },
  { num: 48, den: 1 },
  { num: 50, den: 1 },
  { num: 60000, den: 1001 },
  { num: 60, den: 1 },
];
const paintsNeeded = 6;

/**
 * The frame rate of a picture by the times of frames that were painted one after the other; null: not to be told. Frames that were
 * left out make a gap of whole frames, so every gap has to be a multiple of the frame.
 */
export function rateOfPaints(mediaTimes: readonly number[]): FrameRate | null {
  const gaps = mediaTimes.slice(1).map((time, index) => time - (mediaTimes[index] ?? time));
  const moves = gaps.filter((gap) => gap > 0.004 && gap < 0.5);
  if (moves.length < paintsNeeded) return null;
  const span = moves.reduce((sum, gap) => sum + gap, 0);
  const shortest = Math.min(...moves);
  const fits = (rate: FrameRate) => {
    const frames = moves.map((gap) => Math.round(gap * rateToNumber(rate)));
    const total = frames.reduce((sum, count) => sum + count, 0);
    return {
      rate,
      total,
      isOne: Math.round(shortest * rateToNumber(rate)) === 1,
      off: Math.abs(span - total / rateToNumber(rate)),
    };
  };
  const best = standardRates
    .map(fits)
    .filter(({ isOne, total }) => isOne && total > 0)
    .sort((a, b) => a.off / a.total - b.off / b.total)[0];
  // The clock of a container counts in steps of its own: about a millisecond in all, whatever the number of frames.
  return best && best.off < 0.0015 ? best.rate : null;
}
