/** Finds by how much one signal lies behind another: correlation over all lags, its peak between two steps, and how sure it is. Pure. */

import { peakBetween } from '../../../shared/media/peak.ts';

export interface Lag {
  /** How many steps `made` is behind `source`, with fractions. */
  steps: number;
  /** Correlation at that lag, 0..1. */
  confidence: number;
}

/** Less overlap than this says nothing, in steps. */
const LEAST_OVERLAP = 12;
/** A signal that wavers by less than this share of its mean has no ups and downs to hold on to. */
const LEAST_WAVER = 0.02;
/** Another lag that is nearly as good: a rhythm that repeats. */
const RIVAL = 0.05;

const meanOf = (values: ArrayLike<number>, from: number, to: number) => {
  let sum = 0;
  for (let i = from; i < to; i += 1) sum += values[i] ?? 0;
  return sum / Math.max(1, to - from);
};

/**
 * Pearson's correlation of `made[i]` with `source[i + offset]` where both are; null where too little overlaps or one of them is flat.
 */
export function correlationAt(source: ArrayLike<number>, made: ArrayLike<number>, offset: number): number | null {
  const from = Math.max(0, -offset);
  const to = Math.min(made.length, source.length - offset);
  if (to - from < LEAST_OVERLAP) return null;
  const [ms, mm] = [meanOf(source, from + offset, to + offset), meanOf(made, from, to)];
  let [xy, xx, yy] = [0, 0, 0];
  for (let i = from; i < to; i += 1) {
    const x = (source[i + offset] ?? 0) - ms;
    const y = (made[i] ?? 0) - mm;
    xy += x * y;
    xx += x * x;
    yy += y * y;
  }
  const count = to - from;
  const isFlat = xx / count < (LEAST_WAVER * ms) ** 2 || yy / count < (LEAST_WAVER * mm) ** 2 || xx * yy === 0;
  return isFlat ? null : xy / Math.sqrt(xx * yy);
}

export interface LagOptions {
  /** `source` begins this many steps before the place where `made` would begin without a lag. */
  lead: number;
  /** How far is looked to either side, in steps. */
  most: number;
  /** Peaks closer than this belong together, in steps. */
  width: number;
  /** Below this no lag is told. */
  least: number;
}

/** Null: nothing to be told, or several lags that are nearly as good. */
export function findLag(source: ArrayLike<number>, made: ArrayLike<number>, options: LagOptions): Lag | null {
  const { lead, most, width, least } = options;
  const at = (lag: number) => correlationAt(source, made, lead - lag) ?? -1;
  const values = new Map<number, number>();
  for (let lag = -most; lag <= most; lag += 1) values.set(lag, at(lag));
  const [best, value] = [...values].reduce((a, b) => (b[1] > a[1] ? b : a));
  if (value < least) return null;
  // A rhythm fits in several places.
  if ([...values].some(([lag, own]) => Math.abs(lag - best) > width && own > value - RIVAL)) return null;
  const steps = best + peakBetween(values.get(best - 1) ?? -1, value, values.get(best + 1) ?? -1);
  return { steps, confidence: value };
}

/** The same again, finely: around a lag that is known roughly. Null where the finer signals do not tell. */
export function refineLag(
  source: ArrayLike<number>,
  made: ArrayLike<number>,
  near: number,
  options: { lead: number; reach: number; least: number },
): Lag | null {
  const centre = Math.round(near);
  let best = { lag: centre, value: -1 };
  const values = new Map<number, number>();
  for (let lag = centre - options.reach; lag <= centre + options.reach; lag += 1) {
    const value = correlationAt(source, made, options.lead - lag) ?? -1;
    values.set(lag, value);
    if (value > best.value) best = { lag, value };
  }
  if (best.value < options.least) return null;
  const steps = best.lag + peakBetween(values.get(best.lag - 1) ?? -1, best.value, values.get(best.lag + 1) ?? -1);
  return { steps, confidence: best.value };
}
