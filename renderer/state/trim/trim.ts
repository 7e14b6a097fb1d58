/** The arithmetic of the trim bar: pure functions over a clip's clock, a half-open range [from, to) and its limits. */
import type { Trim, VideoFacts } from '../../../shared/contract/media.ts';
import {
  type FrameRate,
  framesCovering,
  framesToSeconds,
  framesToTimecode,
  framesWithin,
  isDropFrameRate,
  rateToNumber,
  timecodeToFrames,
} from '../../../shared/time/timecode.ts';

/** Positions are "ticks": frames for constant-rate clips, seconds (to the millisecond) for variable-rate ones. */
export interface ClipClock {
  unit: 'frames' | 'seconds';
  rate: FrameRate;
  /** In ticks. */
  length: number;
}

export interface Range {
  from: number;
  to: number;
}

export type Handle = 'from' | 'to';

export function clockOf(facts: VideoFacts): ClipClock {
  if (!facts.isConstantRate) return { unit: 'seconds', rate: facts.frameRate, length: roundMs(facts.durationSeconds) };
  const length = facts.frameCount ?? framesWithin(facts.durationSeconds, facts.frameRate);
  return { unit: 'frames', rate: facts.frameRate, length: Math.max(1, length) };
}

export function toSeconds(clock: ClipClock, ticks: number): number {
  return clock.unit === 'frames' ? framesToSeconds(ticks, clock.rate) : ticks;
}

/** The nearest tick. */
export function toTicks(clock: ClipClock, seconds: number): number {
  return clock.unit === 'frames' ? Math.round(seconds * rateToNumber(clock.rate)) : roundMs(seconds);
}

/** One frame; on a variable-rate clip one frame of the average rate. */
export function stepOf(clock: ClipClock): number {
  return clock.unit === 'frames' ? 1 : roundMs(1 / rateToNumber(clock.rate));
}

/** The largest length that does not last longer than `seconds`. */
export function longestWithin(clock: ClipClock, seconds: number): number {
  return clock.unit === 'frames' ? framesWithin(seconds, clock.rate) : seconds;
}

/** The smallest length that lasts at least `seconds`. */
function shortestCovering(clock: ClipClock, seconds: number): number {
  return clock.unit === 'frames' ? framesCovering(seconds, clock.rate) : seconds;
}

function wholeClip(clock: ClipClock): Range {
  return { from: 0, to: clock.length };
}

/** What a new clip starts with: all of it, or its first `maxSeconds` when it is longer. */
export function initialRange(clock: ClipClock, maxSeconds: number): Range {
  return { from: 0, to: Math.min(clock.length, longestWithin(clock, maxSeconds)) };
}

export function rangeOf(clock: ClipClock, trim: Trim | null): Range {
  if (!trim || trim.unit !== clock.unit) return wholeClip(clock);
  const from = clamp(trim.from, 0, clock.length - stepOf(clock));
  return { from, to: clamp(trim.to, from + stepOf(clock), clock.length) };
}

/** Undefined when the range is the whole clip: then nothing is cut at all. */
export function trimOf(clock: ClipClock, range: Range): Trim | undefined {
  if (range.from <= 0 && range.to >= clock.length) return undefined;
  return { unit: clock.unit, from: range.from, to: range.to };
}

/**
 * Where a handle ends up. It stops at the clip's ends, one frame from the other handle, and at the longest legal length;
 * a range that is too long already may shrink freely but not grow.
 */
export function moveHandle(
  clock: ClipClock,
  range: Range,
  options: { handle: Handle; to: number; maxSeconds: number },
): Range {
  const step = stepOf(clock);
  const longest = Math.max(longestWithin(clock, options.maxSeconds), range.to - range.from);
  if (options.handle === 'from') {
    return { ...range, from: tidy(clock, clamp(options.to, Math.max(0, range.to - longest), range.to - step)) };
  }
  const last = Math.min(clock.length, range.from + longest);
  return { ...range, to: tidy(clock, clamp(options.to, range.from + step, last)) };
}

/** Slides the range without changing its length. */
export function slideRange(clock: ClipClock, range: Range, from: number): Range {
  const length = range.to - range.from;
  const start = tidy(clock, clamp(from, 0, clock.length - length));
  return { from: start, to: tidy(clock, start + length) };
}

/** The in point at the playhead; an out point that is left behind or too far away follows. */
export function markIn(clock: ClipClock, range: Range, options: { at: number; maxSeconds: number }): Range {
  const from = clamp(options.at, 0, clock.length - stepOf(clock));
  const furthest = Math.min(clock.length, from + longestWithin(clock, options.maxSeconds));
  const to = range.to <= from || range.to > furthest ? furthest : range.to;
  return { from, to: tidy(clock, to) };
}

/** The out point at the playhead: the frame shown is the first one not used, except on the last frame, which is then included. */
export function markOut(clock: ClipClock, range: Range, options: { at: number; maxSeconds: number }): Range {
  const step = stepOf(clock);
  const at = options.at >= clock.length - step ? clock.length : options.at;
  const to = clamp(at, step, clock.length);
  const earliest = Math.max(0, to - longestWithin(clock, options.maxSeconds));
  const from = range.from >= to || range.from < earliest ? earliest : range.from;
  return { from: tidy(clock, from), to: tidy(clock, to) };
}

/** Keeps the in point and cuts at the longest legal length. */
export function trimToMax(clock: ClipClock, range: Range, maxSeconds: number): Range {
  return { from: range.from, to: Math.min(range.to, tidy(clock, range.from + longestWithin(clock, maxSeconds))) };
}

/** Moves the out point, then the in point, until the shortest legal length is reached (or the clip ends). */
export function extendToMin(clock: ClipClock, range: Range, minSeconds: number): Range {
  const shortest = shortestCovering(clock, minSeconds);
  const to = Math.min(clock.length, Math.max(range.to, range.from + shortest));
  const from = Math.max(0, Math.min(range.from, to - shortest));
  return { from: tidy(clock, from), to: tidy(clock, to) };
}

/**
 * The point within `reach` that a dragged handle snaps to: the playhead, the clip's ends, cuts, and every whole second counted
 * from the other handle, because whole seconds are what is billed. Returns `at` itself when nothing is near.
 */
export function snap(
  clock: ClipClock,
  range: Range,
  options: { handle: Handle; at: number; playhead: number; reach: number; cuts?: readonly number[] },
): number {
  const seconds = Math.max(
    1,
    Math.round(toSeconds(clock, Math.abs(options.at - (options.handle === 'to' ? range.from : range.to)))),
  );
  const whole = longestWithin(clock, seconds);
  const points = [
    options.playhead,
    0,
    clock.length,
    ...(options.cuts ?? []),
    options.handle === 'to' ? range.from + whole : range.to - whole,
  ].filter((point) => point >= 0 && point <= clock.length);
  let best = options.at;
  let distance = options.reach;
  for (const point of points) {
    if (Math.abs(point - options.at) <= distance) {
      distance = Math.abs(point - options.at);
      best = point;
    }
  }
  return best;
}

/** `HH:MM:SS:FF` by the true rate (drop-frame where it counts so), `HH:MM:SS.mmm` on a variable-rate clip. */
export function formatPosition(clock: ClipClock, ticks: number): string {
  if (clock.unit === 'frames') {
    return framesToTimecode(ticks, clock.rate, { dropFrame: isDropFrameRate(clock.rate) });
  }
  const ms = Math.round(Math.max(0, ticks) * 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  const whole = Math.floor(ms / 1000);
  const clockText = `${two(Math.floor(whole / 3600))}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
  return `${clockText}.${String(ms % 1000).padStart(3, '0')}`;
}

/** Timecode, plain seconds, or `+n` / `-n` frames from `current`; null when it reads as none of them. */
export function parsePosition(clock: ClipClock, text: string, current: number): number | null {
  const trimmed = text.trim();
  const offset = /^([+-])(\d+)$/.exec(trimmed);
  if (offset) {
    const frames = Number(offset[2]) * (offset[1] === '-' ? -1 : 1);
    return clamp(current + frames * stepOf(clock), 0, clock.length);
  }
  if (/^\d+(\.\d+)?$/.test(trimmed)) return clamp(toTicks(clock, Number(trimmed)), 0, clock.length);
  const clockLike = /^(\d{1,2}):([0-5]\d):([0-5]\d)\.(\d{1,3})$/.exec(trimmed);
  if (clock.unit === 'seconds' && clockLike) {
    const [h, m, s] = [Number(clockLike[1]), Number(clockLike[2]), Number(clockLike[3])];
    return clamp(h * 3600 + m * 60 + s + Number(`0.${clockLike[4]}`), 0, clock.length);
  }
  const frames = clock.unit === 'frames' ? timecodeToFrames(trimmed, clock.rate) : null;
  return frames === null ? null : clamp(frames, 0, clock.length);
}

/** The seconds that may be billed for a range: rounded to nearest, and rounded up (the published rules disagree). */
export function billedSeconds(seconds: number): { low: number; high: number } {
  const low = Math.max(1, Math.round(seconds));
  const high = Math.max(1, Math.ceil(seconds - 1e-6));
  return low <= high ? { low, high } : { low: high, high: low };
}

/** Where a range that is slid as a whole begins: at a point within `reach` that either of its ends comes near. */
export function snapSlide(
  clock: ClipClock,
  range: Range,
  options: { from: number; points: readonly number[]; reach: number },
): number {
  const length = range.to - range.from;
  const starts = [0, clock.length, ...options.points].flatMap((point) => [point, point - length]);
  const near = starts
    .map((from) => ({ from, distance: Math.abs(from - options.from) }))
    .filter(({ distance }) => distance <= options.reach)
    .sort((a, b) => a.distance - b.distance);
  return near[0]?.from ?? options.from;
}

/** What a range lasts beyond whole seconds, where that may be billed as one more; null: nothing that matters. */
export function overWhole(
  clock: ClipClock,
  range: Range,
  minSeconds: number,
): { whole: number; seconds: number; to: number } | null {
  const length = toSeconds(clock, range.to - range.from);
  const { low, high } = billedSeconds(length);
  const whole = Math.floor(length + 1e-6);
  const to = range.from + longestWithin(clock, whole);
  const seconds = length - toSeconds(clock, to - range.from);
  const oneFrame = clock.rate.den / clock.rate.num;
  return low === high || whole < minSeconds || seconds < oneFrame / 2 ? null : { whole, seconds, to };
}

export function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), Math.max(low, high));
}

function roundMs(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}

function tidy(clock: ClipClock, ticks: number): number {
  return clock.unit === 'frames' ? Math.round(ticks) : roundMs(ticks);
}
