/** What the scan saw in a clip, on the clip's own clock: cuts, black and frozen stretches, takes; and choosing among them. Pure. */
import type { Verdict } from '../../../shared/contract/media.ts';
import type { Timeline } from '../../../shared/contract/timeline.ts';
import { motionLevelOf, usualOf } from '../../../shared/media/motion.ts';
import { limitsSources } from '../../../shared/rules/limits.ts';
import { type ClipClock, formatPosition, longestWithin, type Range, stepOf, toSeconds, toTicks } from './trim.ts';

export interface Cut {
  /** The first picture of the new shot. */
  at: number;
  /** 0.5 (just so) to 1. */
  confidence: number;
}

export interface ClipShots {
  /** scanning: more may come · coarse: only keyframes were compared · done · unknown: nothing could be found out. */
  state: 'scanning' | 'coarse' | 'done' | 'unknown';
  cuts: Cut[];
  black: Range[];
  freezes: Range[];
  takes: Range[];
  motionBySecond: number[];
}

export const noShots: ClipShots = {
  state: 'scanning',
  cuts: [],
  black: [],
  freezes: [],
  takes: [],
  motionBySecond: [],
};

function stateOf({ isScanned, takes, cuts }: Timeline): ClipShots['state'] {
  if (!isScanned) return 'scanning';
  if (takes) return 'done';
  return cuts ? 'coarse' : 'unknown';
}

export function shotsOf(clock: ClipClock, timeline: Timeline | undefined): ClipShots {
  if (!timeline) return noShots;
  const inTicks = (ranges: readonly Range[] | undefined) =>
    (ranges ?? []).map(({ from, to }) => ({
      from: toTicks(clock, from),
      to: Math.min(clock.length, toTicks(clock, to)),
    }));
  return {
    state: stateOf(timeline),
    cuts: (timeline.cuts ?? [])
      .map(({ seconds, confidence }) => ({ at: toTicks(clock, seconds), confidence }))
      .filter(({ at }) => at > 0 && at < clock.length),
    black: inTicks(timeline.black),
    freezes: inTicks(timeline.freezes),
    takes: inTicks(timeline.takes),
    motionBySecond: timeline.motionBySecond ?? [],
  };
}

const noCuts: readonly Cut[] = [];

/** Cuts that are to the frame: what a handle may snap to. */
export function exactCuts({ state, cuts }: ClipShots): readonly Cut[] {
  return state === 'done' ? cuts : noCuts;
}

/** The nearest edit point in a direction: cuts and both ends of the clip; `last` is the last frame for a playhead, the end for a handle. */
export function neighbourCut(
  clock: ClipClock,
  cuts: readonly Cut[],
  { at, direction, last = clock.length - stepOf(clock) }: { at: number; direction: 1 | -1; last?: number },
): number {
  const points = [0, ...cuts.map((cut) => cut.at), last].sort((a, b) => a - b);
  // A variable-rate playhead stands a hair beside what it was sent to.
  const slack = stepOf(clock) / 2;
  const found = direction === 1 ? points.find((p) => p > at + slack) : points.findLast((p) => p < at - slack);
  return found ?? (direction === 1 ? last : 0);
}

export interface OfferedTake {
  /** All of the clean stretch. */
  whole: Range;
  /** What choosing it sets: as much of it as may be sent. */
  range: Range;
}

interface Lengths {
  minSeconds: number;
  maxSeconds: number;
}

export function offerTakes(clock: ClipClock, takes: readonly Range[], { minSeconds, maxSeconds }: Lengths) {
  return takes
    .filter((take) => isLongEnough(clock, take, minSeconds))
    .map((whole): OfferedTake => {
      const to = Math.min(whole.to, whole.from + longestWithin(clock, maxSeconds));
      return { whole, range: { from: whole.from, to } };
    });
}

/** The longest clean stretch inside the range; where it holds none that may be sent, the longest of the clip. */
export function longestTake(
  clock: ClipClock,
  takes: readonly Range[],
  options: { range: Range } & Lengths,
): Range | null {
  const { range } = options;
  const inside = takes.map((take) => ({ from: Math.max(take.from, range.from), to: Math.min(take.to, range.to) }));
  const offered = offerTakes(clock, inside, options);
  const all = offered.length > 0 ? offered : offerTakes(clock, takes, options);
  const longest = all.reduce<OfferedTake | null>(
    (best, take) => (best && lengthOf(best.range) >= lengthOf(take.range) ? best : take),
    null,
  );
  return longest?.range ?? null;
}

const lengthOf = ({ from, to }: Range) => to - from;

function isLongEnough(clock: ClipClock, take: Range, minSeconds: number): boolean {
  // Seconds with four decimals came in: a hair under is not too short.
  return toSeconds(clock, lengthOf(take)) >= minSeconds - 1e-3;
}

/** A line of the checks that the page itself draws: advice, with one fix that the contract does not know. */
export type ShotAdvice = Omit<Verdict, 'fix'> & { fix: 'trimToTake' | null };

const overlapSeconds = (clock: ClipClock, ranges: readonly Range[], range: Range) =>
  ranges.reduce(
    (sum, { from, to }) => sum + toSeconds(clock, Math.max(0, Math.min(to, range.to) - Math.max(from, range.from))),
    0,
  );

/** What an editor would want to know of the chosen range before paying for it. */
export function adviseOnRange(clock: ClipClock, shots: ClipShots, options: { range: Range } & Lengths): ShotAdvice[] {
  const { range } = options;
  // A first look from keyframes may name what the second one takes back.
  if (shots.state === 'scanning') return [];
  const inside = shots.cuts.filter(({ at }) => at > range.from && at < range.to);
  const black = overlapSeconds(clock, shots.black, range);
  const frozen = overlapSeconds(clock, shots.freezes, range);
  const take = longestTake(clock, shots.takes, options);
  const rounded = (seconds: number) => Number(seconds.toFixed(2));
  const lines = [
    ...(inside.length > 0
      ? [line('shots.cut', { number: inside.length, at: formatPosition(clock, inside[0]?.at ?? 0) })]
      : []),
    ...(black > 0 ? [line('shots.black', { seconds: rounded(black) })] : []),
    ...(frozen > 0 ? [line('shots.freeze', { seconds: rounded(frozen) })] : []),
  ];
  // One button is enough: it cures all of them.
  const cured = lines.map((advice, index) =>
    index === 0 && take ? { ...advice, fix: 'trimToTake' as const } : advice,
  );
  return [...cured, ...adviseOnMotion(clock, shots, range)];
}

function adviseOnMotion(clock: ClipClock, { motionBySecond }: ClipShots, range: Range): ShotAdvice[] {
  const first = Math.floor(toSeconds(clock, range.from));
  const own = motionBySecond.slice(first, Math.max(first + 1, Math.ceil(toSeconds(clock, range.to) - 1e-6)));
  if (own.length === 0) return [];
  const level = motionLevelOf(usualOf(own));
  return level === 'steady' ? [] : [line(level === 'fast' ? 'shots.fast' : 'shots.still', {})];
}

function line(rule: string, params: Record<string, string | number>): ShotAdvice {
  const { level, source } = limitsSources[rule] ?? { level: 'advice', source: 'r' };
  return { field: 'video', rule, params, level, source, state: 'warn', fix: null };
}
