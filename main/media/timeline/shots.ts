/** Decides from the differences of neighbouring pictures where shots change, what is black or frozen, how much moves, and which stretches are clean. Pure. */
import type { Shots } from '../../../shared/contract/timeline.ts';
import { fullMotionPerSecond, motionLevelOf, usualOf } from '../../../shared/media/motion.ts';
import type { FrameSignals } from '../verify/frameMeter.ts';

/** Below this two pictures are of one shot whatever surrounds them. */
const LEAST_CHANGE = 0.16;
/** A cut stands out this far from the motion around it. */
const LEAST_RATIO = 2.2;
/** Pictures to either side that tell how much moves. */
const AROUND = 8;
/** Two marks closer than this are one change (a flash laid over a cut). */
const MERGE_PICTURES = 4;
/** A change that leads back to what was before by this much is a flash. */
const FLASH_SHARE = 0.55;

const BLACK_LIT_SHARE = 0.02;
const LEAST_BLACK_SECONDS = 0.2;
/** What compression alone changes in a small picture. */
const FREEZE_MOTION = 0.0006;
const LEAST_FREEZE_SECONDS = 0.5;

export interface Range {
  from: number;
  to: number;
}

interface Mark {
  frame: number;
  confidence: number;
}

/** How much changes around n without the change at n itself, and without one more: the next cut may be near. */
function surroundings(change: readonly number[], n: number): number {
  const near: number[] = [];
  for (let i = Math.max(1, n - AROUND); i <= Math.min(change.length - 1, n + AROUND); i += 1) {
    // Exactly nothing is a picture shown twice, which says nothing about motion.
    if (i !== n && (change[i] ?? 0) > 0) near.push(change[i] ?? 0);
  }
  near.sort((a, b) => a - b);
  const kept = near.slice(0, Math.max(1, near.length - 1));
  return kept.reduce((sum, value) => sum + value, 0) / Math.max(1, kept.length);
}

export function markCuts({ change, bridge }: Pick<FrameSignals, 'change' | 'bridge'>): Mark[] {
  const marks: Mark[] = [];
  for (let n = 1; n < change.length; n += 1) {
    const own = change[n] ?? 0;
    if (own < LEAST_CHANGE) continue;
    if ((bridge[n] ?? own) < own * FLASH_SHARE) continue;
    const ratio = own / Math.max(0.01, surroundings(change, n));
    if (ratio < LEAST_RATIO) continue;
    const mark = { frame: n, confidence: confidenceOf(own, ratio) };
    const last = marks.at(-1);
    if (!last || n - last.frame > MERGE_PICTURES) marks.push(mark);
    else if (own > (change[last.frame] ?? 0)) marks[marks.length - 1] = mark;
  }
  return marks;
}

/** 0.5 at the thresholds, 1 far above both. */
function confidenceOf(change: number, ratio: number): number {
  const bySize = Math.min(1, (change - LEAST_CHANGE) / 0.3);
  const byRatio = Math.min(1, (ratio - LEAST_RATIO) / 4);
  return Number((0.5 + 0.25 * bySize + 0.25 * byRatio).toFixed(2));
}

/** Stretches of at least `least` pictures where `holds` is true, as half-open ranges. */
function stretches(count: number, holds: (n: number) => boolean, least: number): Range[] {
  const ranges: Range[] = [];
  let from = -1;
  for (let n = 0; n <= count; n += 1) {
    const isIn = n < count && holds(n);
    if (isIn && from < 0) from = n;
    if (isIn || from < 0) continue;
    if (n - from >= least) ranges.push({ from, to: n });
    from = -1;
  }
  return ranges;
}

const scoreOf = (motion: readonly number[], fps: number) =>
  Number(Math.min(1, (usualOf(motion) * fps) / fullMotionPerSecond).toFixed(3));

function motionOf(motion: readonly number[], fps: number, cuts: ReadonlySet<number>): Shots['motion'] {
  const score = scoreOf(
    motion.filter((_, n) => n > 0 && !cuts.has(n)),
    fps,
  );
  return { level: motionLevelOf(score), score };
}

/** One score for each second of the clip: a range is judged by its own. */
function motionBySecond(motion: readonly number[], fps: number, cuts: ReadonlySet<number>): number[] {
  const seconds: number[][] = [];
  for (let n = 1; n < motion.length; n += 1) {
    const second = Math.floor(n / fps + 1e-6);
    while (seconds.length <= second) seconds.push([]);
    if (!cuts.has(n)) seconds[second]?.push(motion[n] ?? 0);
  }
  return seconds.map((own) => scoreOf(own, fps));
}

/** What is left between cuts, black and freezes, where it is long enough to be used. */
export function cleanTakes(count: number, cutFrames: readonly number[], spoilt: readonly Range[], least: number) {
  const isSpoilt = new Uint8Array(count);
  for (const { from, to } of spoilt) isSpoilt.fill(1, from, to);
  const edges = [0, ...cutFrames, count];
  return edges.slice(1).flatMap((end, i) => {
    const start = edges[i] ?? 0;
    return stretches(end - start, (n) => isSpoilt[start + n] === 0, least).map(({ from, to }) => ({
      from: from + start,
      to: to + start,
    }));
  });
}

/** `leastTakeSeconds`: the shortest clip that can be ordered. */
export function decideShots(signals: FrameSignals, fps: number, leastTakeSeconds: number): Shots {
  const count = signals.change.length;
  const seconds = (n: number) => Number((n / fps).toFixed(4));
  const inSeconds = ({ from, to }: Range) => ({ from: seconds(from), to: seconds(to) });
  const black = stretches(count, (n) => (signals.litShare[n] ?? 1) < BLACK_LIT_SHARE, LEAST_BLACK_SECONDS * fps);
  const isBlack = new Uint8Array(count);
  for (const { from, to } of black) isBlack.fill(1, from, to);
  const isFrozen = (n: number) => n > 0 && isBlack[n] === 0 && (signals.motion[n] ?? 1) < FREEZE_MOTION;
  const freezes = stretches(count, isFrozen, LEAST_FREEZE_SECONDS * fps);
  const marks = markCuts(signals);
  const frames = marks.map((mark) => mark.frame);
  return {
    cuts: marks.map(({ frame, confidence }) => ({ seconds: seconds(frame), confidence })),
    black: black.map(inSeconds),
    freezes: freezes.map(inSeconds),
    takes: cleanTakes(count, frames, [...black, ...freezes], Math.ceil(leastTakeSeconds * fps - 1e-6)).map(inSeconds),
    motion: motionOf(signals.motion, fps, new Set(frames)),
    motionBySecond: motionBySecond(signals.motion, fps, new Set(frames)),
  };
}
