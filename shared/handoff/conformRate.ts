/** Rates of copies: the exact fractions, which picture of a result is shown when, and how many are shown twice or not at all. Pure. */
import type { FrameRate } from '../time/timecode.ts';

export const conformRates = {
  '23.976': { num: 24_000, den: 1001 },
  '24': { num: 24, den: 1 },
  '25': { num: 25, den: 1 },
  '29.97': { num: 30_000, den: 1001 },
  '30': { num: 30, den: 1 },
  '50': { num: 50, den: 1 },
  '59.94': { num: 60_000, den: 1001 },
  '60': { num: 60, den: 1 },
} as const satisfies Readonly<Record<string, FrameRate>>;
/** A list of keys in the order of the table would put whole numbers first. */
export const conformRateNames = ['23.976', '24', '25', '29.97', '30', '50', '59.94', '60'] as const;

/** Played faster or slower by more than this is seen and heard: PAL speed-up (24 as 25) is within. */
export const MOST_RESTAMP = 0.05;

export const isSameRate = (a: FrameRate, b: FrameRate) => a.num * b.den === b.num * a.den;

/** How much faster a result plays at `to` than at `from`: 0.001 for 23.976 as 24. */
export const speedUp = (from: FrameRate, to: FrameRate) => (to.num * from.den) / (to.den * from.num) - 1;

/** Pictures of a copy that lasts as long as the result, to the nearest picture. */
export function conformFrameCount(frameCount: number, from: FrameRate, to: FrameRate): number {
  return Math.max(1, Math.round((frameCount * from.den * to.num) / (from.num * to.den)));
}

/**
 * For each picture of the copy the picture of the result that is on screen in the middle of its time: never off by more than half a
 * picture, and nothing is blended or guessed. Where the middle falls between two, the earlier one.
 */
export function framesAtRate(frameCount: number, from: FrameRate, to: FrameRate): number[] {
  // Whole numbers throughout: 23.976 in 24 is exact for as long as anybody watches.
  const [up, down] = [from.num * to.den, from.den * to.num];
  return Array.from({ length: conformFrameCount(frameCount, from, to) }, (_, k) =>
    Math.min(frameCount - 1, Math.floor(((2 * k + 1) * up - 1) / (2 * down))),
  );
}

/** The same of a variable-rate result, from the stamps of its pictures in the order of showing, in seconds from the first on. */
export function framesAtStamps(stampsSeconds: readonly number[], durationSeconds: number, to: FrameRate): number[] {
  const micros = stampsSeconds.map((seconds) => Math.round(seconds * 1_000_000));
  const count = Math.max(1, Math.round((durationSeconds * to.num) / to.den));
  let shown = 0;
  return Array.from({ length: count }, (_, k) => {
    const middle = (2 * k + 1) * to.den * 1_000_000;
    while (shown + 1 < micros.length && 2 * to.num * (micros[shown + 1] ?? 0) < middle) shown += 1;
    return shown;
  });
}

/** How many pictures of the copy repeat the one before, and how many of the result are in no picture of the copy. */
export function countChanges(frames: readonly number[], frameCount: number): { repeated: number; dropped: number } {
  const repeated = frames.filter((frame, k) => k > 0 && frame === frames[k - 1]).length;
  return { repeated, dropped: frameCount - new Set(frames).size };
}
