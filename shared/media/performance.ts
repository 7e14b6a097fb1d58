/** Splits a stretch that is too long for one order into back-to-back parts: as few as can be, whole seconds, cut where little moves. Pure. */
import type { Trim } from '../contract/media.ts';
import { framesToSeconds, framesWithin } from '../time/timecode.ts';
import { type TrimFacts, trimSeconds } from '../time/trim.ts';

export interface PerformanceLengths {
  minSeconds: number;
  maxSeconds: number;
}

export interface PerformanceSight {
  /** Motion 0..1 of each second of the clip; empty: nobody has looked. */
  motionBySecond: readonly number[];
  /** Where one shot ends and the next begins, in seconds of the clip: a seam there is none. */
  cuts: readonly number[];
}

/** What a clip moves by where nothing is known of a second. */
const UNKNOWN_MOTION = 0.5;
/** A cut so near is where the seam lies. */
const CUT_SECONDS = 0.05;
/** A seam more costs as much as this much motion: fewer parts come first. */
const SEAM_COST = 10;
/** Of parts that move alike, those of like lengths are better. */
const UNEVEN_COST = 0.2;

interface Way {
  cost: number;
  /** Where its last part begins. */
  before: number;
  /** By how much its parts are shorter than their seconds. */
  lag: number;
}

/** How much moves at a moment: the busier of the seconds that meet there, 0 at a cut. */
export function motionAt(seconds: number, { motionBySecond, cuts }: PerformanceSight): number {
  if (cuts.some((cut) => Math.abs(cut - seconds) <= CUT_SECONDS)) return 0;
  const of = (second: number) => motionBySecond[second] ?? UNKNOWN_MOTION;
  // A moment that lies in the middle of a second has that one alone around it.
  return Math.max(of(Math.floor(seconds - 0.25)), of(Math.floor(seconds + 0.25)));
}

/**
 * The parts of `whole`, in the unit of the clip. Every part but the last is the largest count of frames within whole seconds, so that
 * what is billed is what is sent. Null: it cannot be split (too short for two parts, or the limits leave no way).
 */
export function splitPerformance(
  facts: TrimFacts,
  whole: Trim,
  { minSeconds, maxSeconds, ...sight }: PerformanceLengths & PerformanceSight,
): Trim[] | null {
  const { from, duration } = trimSeconds(facts, whole);
  const inTicks = (seconds: number) => (whole.unit === 'frames' ? framesWithin(seconds, facts.frameRate) : seconds);
  const [least, most] = [Math.ceil(minSeconds - 1e-6), Math.floor(maxSeconds + 1e-6)];
  const seconds = Math.floor(duration + 1e-6);
  /** Up to a frame of each part's seconds is left over: the last part takes it up. */
  const leftOver = (length: number) =>
    length - (whole.unit === 'frames' ? framesToSeconds(inTicks(length), facts.frameRate) : length);
  const costOf = (length: number) => UNEVEN_COST * (length / most) ** 2;
  /** The cheapest way to have a seam at each second of the stretch. */
  const ways: (Way | undefined)[] = [{ cost: 0, before: 0, lag: 0 }];
  let last: { at: number; cost: number } | null = null;
  for (let at = least; at < seconds; at += 1) {
    for (let length = least; length <= Math.min(most, at); length += 1) {
      const way = ways[at - length];
      if (!way) continue;
      const lag = way.lag + leftOver(length);
      const cost = way.cost + SEAM_COST + costOf(length) + motionAt(from + at - lag, sight);
      const known = ways[at];
      if (!known || cost < known.cost) ways[at] = { cost, before: at - length, lag };
    }
    const way = ways[at];
    const rest = duration - at + (way?.lag ?? 0);
    if (!way || rest > maxSeconds + 1e-6 || rest < minSeconds - 1e-6) continue;
    const cost = way.cost + costOf(rest);
    if (last === null || cost < last.cost) last = { at, cost };
  }
  if (last === null) return null;
  const lengths: number[] = [];
  for (let at = last.at; at > 0; at = ways[at]?.before ?? 0) lengths.unshift(at - (ways[at]?.before ?? 0));
  const parts: Trim[] = [];
  let start = whole.from;
  for (const length of lengths) {
    parts.push({ unit: whole.unit, from: start, to: start + inTicks(length) });
    start += inTicks(length);
  }
  return [...parts, { unit: whole.unit, from: start, to: whole.to }];
}
