/** Arithmetic of timelines: whole frames from one rate to another or not at all, and the lengths and timecodes that every writer needs. Pure. */
import type { HandoffClip, HandoffTimeline } from '../contract/handoff.ts';
import { type FrameRate, framesToTimecode, nominalRate, timecodeToFrames } from '../time/timecode.ts';

export const isSameRate = (a: FrameRate, b: FrameRate): boolean => a.num * b.den === b.num * a.den;

/** Rates that programs know by name; a file's own figure may be a rounding of one (2997/100). */
const standardRates: readonly FrameRate[] = [
  ...[24, 30, 48, 60, 120].map((nominal) => ({ num: nominal * 1000, den: 1001 })),
  ...[24, 25, 30, 48, 50, 60, 100, 120].map((num) => ({ num, den: 1 })),
];
/** A fifth of what lies between 23.976 and 24: less than a frame in five hours. */
const STANDARD_TOLERANCE = 2e-4;

/** The standard rate that is meant, in lowest terms; any other rate in lowest terms too. */
export function standardRate(rate: FrameRate): FrameRate {
  const value = rate.num / rate.den;
  const near = standardRates.find(({ num, den }) => Math.abs((value * den) / num - 1) < STANDARD_TOLERANCE);
  if (near) return near;
  const divisor = greatestDivisor(rate.num, rate.den);
  return { num: rate.num / divisor, den: rate.den / divisor };
}

export function greatestDivisor(a: number, b: number): number {
  let [high, low] = [Math.abs(a), Math.abs(b)];
  while (low > 0) [high, low] = [low, high % low];
  return high || 1;
}

/** The same moment as a whole frame of another rate; null: there is none (23.976 in 24). */
export function convertFrames(frames: number, from: FrameRate, to: FrameRate): number | null {
  const [dividend, divisor] = ratio(frames, from, to);
  return dividend % divisor === 0n ? Number(dividend / divisor) : null;
}

/** The last whole frame of another rate that is not later. */
export function floorFrames(frames: number, from: FrameRate, to: FrameRate): number {
  const [dividend, divisor] = ratio(frames, from, to);
  return Number(dividend / divisor);
}

function ratio(frames: number, from: FrameRate, to: FrameRate): [bigint, bigint] {
  return [BigInt(frames) * BigInt(from.den) * BigInt(to.num), BigInt(from.num) * BigInt(to.den)];
}

/** Every frame of the one falls on a frame of the other, or the other way round: 25 in 50, 59.94 in 29.97. */
export function ratesFit(a: FrameRate, b: FrameRate): boolean {
  const [x, y] = [a.num * b.den, b.num * a.den];
  return x % y === 0 || y % x === 0;
}

/** '23.976', '25', '29.97': as people call a rate. */
export const rateName = ({ num, den }: FrameRate): string => String(Number((num / den).toFixed(3)));

/** 24, 30 or 60 over 1.001; null: neither that nor a whole number, which timecode cannot count. */
export function timebaseOf(rate: FrameRate): { timebase: number; isNtsc: boolean } | null {
  const timebase = nominalRate(rate);
  if (rate.num === timebase * rate.den) return { timebase, isNtsc: false };
  return rate.num * 1001 === timebase * 1000 * rate.den ? { timebase, isNtsc: true } : null;
}

/** Where timelines begin by custom: 01:00:00:00. */
export function hourOne(rate: FrameRate, isDropFrame: boolean): number {
  return timecodeToFrames(isDropFrame ? '01:00:00;00' : '01:00:00:00', rate) ?? 0;
}

export const timecodeOf = (frames: number, rate: FrameRate, isDropFrame: boolean): string =>
  framesToTimecode(frames, rate, { dropFrame: isDropFrame });

export interface PlacedClip {
  clip: HandoffClip;
  /** All in frames of the timeline: of the file from its first picture, and from the timeline's first frame. */
  inFrames: number;
  outFrames: number;
  recordFrames: number;
  recordEndFrames: number;
  fileFrames: number;
}

/** Every clip in frames of the timeline. What does not fall on one was refused when the timeline was gathered; here it is rounded down. */
export function placedClips({ clips, rate }: HandoffTimeline): PlacedClip[] {
  return clips.map((clip) => {
    const inTimeline = (frames: number) => floorFrames(frames, clip.media.rate, rate);
    const [inFrames, outFrames] = [inTimeline(clip.inFrames), inTimeline(clip.outFrames)];
    const { recordFrames } = clip;
    const recordEndFrames = recordFrames + outFrames - inFrames;
    return {
      clip,
      inFrames,
      outFrames,
      recordFrames,
      recordEndFrames,
      fileFrames: inTimeline(clip.media.durationFrames),
    };
  });
}

export const lengthOf = (placed: readonly PlacedClip[]): number =>
  placed.reduce((end, { recordEndFrames }) => Math.max(end, recordEndFrames), 0);

/** Notes outside of what is used have no place on the timeline. */
export const shownMarkers = ({ markers, inFrames, outFrames }: HandoffClip): HandoffClip['markers'] =>
  markers.filter(({ atFrames }) => atFrames >= inFrames && atFrames < outFrames);
