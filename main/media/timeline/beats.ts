/**
 * The beats of a sound, from its onset envelope: the tempo by autocorrelation, then the beats by dynamic programming (Ellis, "Beat tracking
 * by dynamic programming", 2007), and whether there is a steady beat at all.
 */
import type { Beats } from '../../../shared/contract/timeline.ts';
import { peakBetween } from '../../../shared/media/peak.ts';
import { ONSET_STEPS_PER_SECOND, onsetSeconds } from './onsets.ts';

const SLOWEST_BPM = 50;
const FASTEST_BPM = 200;
/** Lets everything else have its turn. */
const aTurn = () => new Promise((resolve) => setImmediate(resolve));

/** People tap along to most music near this; the further off in octaves, the less likely. */
const USUAL_BPM = 120;
const USUAL_OCTAVES = 1.2;
/** What is stressed less than this share of the rest is no beat of its own, when the half period is weighed against the whole one. */
const HALF_PERIOD_SHARE = 0.85;
/** A period is halved up to here: beyond it are the offbeats of a slower beat. */
const FASTEST_HALVED_BPM = 180;
/** How dearly a beat pays for coming early or late. */
const TIGHTNESS = 100;
/** Fewer beats than this are chance. */
const LEAST_BEATS = 6;

/** A tone that is held wavers by less. */
const LEAST_DEVIATION = 0.2;
const LEAST_PERIODICITY = 0.2;
const LEAST_HITS = 0.7;
const MOST_JITTER = 0.06;

const stepsOf = (bpm: number) => (60 / bpm) * ONSET_STEPS_PER_SECOND;

/** Above what is usual around it, smoothed a little, in units of its own deviation. Null: nothing in it stands out. */
export function standingOut(envelope: readonly number[]): Float64Array | null {
  const count = envelope.length;
  const reach = Math.round(ONSET_STEPS_PER_SECOND / 2);
  const sums = new Float64Array(count + 1);
  for (let n = 0; n < count; n += 1) sums[n + 1] = (sums[n] ?? 0) + (envelope[n] ?? 0);
  const sharp = new Float64Array(count);
  for (let n = 0; n < count; n += 1) {
    const [from, to] = [Math.max(0, n - reach), Math.min(count, n + reach + 1)];
    sharp[n] = Math.max(0, (envelope[n] ?? 0) - ((sums[to] ?? 0) - (sums[from] ?? 0)) / (to - from));
  }
  const soft = Float64Array.from(sharp, (value, n) => 0.5 * value + 0.25 * ((sharp[n - 1] ?? 0) + (sharp[n + 1] ?? 0)));
  const mean = soft.reduce((sum, value) => sum + value, 0) / Math.max(1, count);
  const deviation = Math.sqrt(soft.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, count));
  return deviation < LEAST_DEVIATION ? null : soft.map((value) => value / deviation);
}

/** A long clip is gone through in turns of this many steps and lags: others have their turn in between. */
const TURN = 2_000_000;

/** How alike the envelope is to itself `lag` steps later, -1..1, for each lag up to `most`. */
async function selfLikeness(strength: Float64Array, most: number): Promise<Float64Array> {
  const lagsATurn = Math.ceil(TURN / strength.length);
  const mean = strength.reduce((sum, value) => sum + value, 0) / strength.length;
  const likeness = new Float64Array(most + 1);
  for (let lag = 0; lag <= most; lag += 1) {
    if (lag % lagsATurn === 0) await aTurn();
    let sum = 0;
    for (let n = lag; n < strength.length; n += 1)
      sum += ((strength[n] ?? 0) - mean) * ((strength[n - lag] ?? 0) - mean);
    likeness[lag] = sum / Math.max(1, strength.length - lag);
  }
  const whole = likeness[0] ?? 1;
  return likeness.map((value) => value / whole);
}

interface Tempo {
  periodSteps: number;
  /** 0..1: how alike the sound is to itself a period later. */
  periodicity: number;
}

async function findTempo(strength: Float64Array): Promise<Tempo | null> {
  const [shortest, longest] = [Math.floor(stepsOf(FASTEST_BPM)), Math.ceil(stepsOf(SLOWEST_BPM))];
  if (strength.length < 2 * longest) return null;
  const likeness = await selfLikeness(strength, longest + 1);
  const at = (lag: number) => Math.max(likeness[lag - 1] ?? 0, likeness[lag] ?? 0, likeness[lag + 1] ?? 0);
  const usual = (lag: number) => Math.exp(-0.5 * (Math.log2(stepsOf(USUAL_BPM) / lag) / USUAL_OCTAVES) ** 2);
  let best = shortest;
  for (let lag = shortest; lag <= longest; lag += 1)
    if ((likeness[lag] ?? 0) * usual(lag) > (likeness[best] ?? 0) * usual(best)) best = lag;
  const half = Math.round(best / 2);
  if (half >= stepsOf(FASTEST_HALVED_BPM) - 1 && at(half) > HALF_PERIOD_SHARE * at(best)) best = half;
  for (const lag of [best - 1, best + 1]) if ((likeness[lag] ?? 0) > (likeness[best] ?? 0)) best = lag;
  const [before, top, after] = [likeness[best - 1] ?? 0, likeness[best] ?? 0, likeness[best + 1] ?? 0];
  return { periodSteps: best + peakBetween(before, top, after), periodicity: top };
}

/** The steps of the beats: each as strong as can be, and a period after the last one as nearly as can be. */
async function followBeats(strength: Float64Array, periodSteps: number): Promise<number[]> {
  const count = strength.length;
  const [nearest, furthest] = [Math.round(periodSteps * 0.7), Math.round(periodSteps * 1.5)];
  const costs = Float64Array.from({ length: furthest + 1 }, (_, gap) =>
    gap < nearest ? 0 : TIGHTNESS * Math.log(gap / periodSteps) ** 2,
  );
  const scores = new Float64Array(count);
  const from = new Int32Array(count).fill(-1);
  const stepsATurn = Math.ceil(TURN / furthest);
  for (let n = 0; n < count; n += 1) {
    if (n % stepsATurn === 0) await aTurn();
    let best = 0;
    for (let gap = nearest; gap <= Math.min(furthest, n); gap += 1) {
      const score = (scores[n - gap] ?? 0) - (costs[gap] ?? 0);
      if (score > best) {
        best = score;
        from[n] = n - gap;
      }
    }
    scores[n] = best + (strength[n] ?? 0);
  }
  let last = count - 1;
  for (let n = Math.max(0, count - furthest); n < count; n += 1) if ((scores[n] ?? 0) > (scores[last] ?? 0)) last = n;
  const beats: number[] = [];
  for (let at = last; at >= 0; at = from[at] ?? -1) beats.push(at);
  return beats.reverse();
}

/** To fractions of a step: the top of the strength around the beat. */
function finely(strength: Float64Array, step: number): number {
  const [before, top, after] = [strength[step - 1] ?? 0, strength[step] ?? 0, strength[step + 1] ?? 0];
  return top < before || top < after ? step : step + peakBetween(before, top, after);
}

/** A beat that nothing is heard on, at either end, is a wish. */
function withoutSilentEnds(beats: readonly number[], isHeard: (step: number) => boolean): number[] {
  const first = beats.findIndex(isHeard);
  return first < 0 ? [] : beats.slice(first, beats.findLastIndex(isHeard) + 1);
}

/** Null: no steady beat. `seconds` on the clock of the samples, `bpm` by their mean distance. */
export async function findBeats(envelope: readonly number[]): Promise<Beats | null> {
  const strength = standingOut(envelope);
  const tempo = strength && (await findTempo(strength));
  if (!strength || !tempo || tempo.periodicity < LEAST_PERIODICITY) return null;
  const isHeard = (step: number) =>
    Math.max(...[-2, -1, 0, 1, 2].map((off) => strength[Math.round(step) + off] ?? 0)) >= 1;
  const steps = withoutSilentEnds(await followBeats(strength, tempo.periodSteps), isHeard);
  if (steps.length < LEAST_BEATS) return null;
  const fine = steps.map((step) => finely(strength, step));
  const period = ((fine.at(-1) ?? 0) - (fine[0] ?? 0)) / (fine.length - 1);
  const jitter = Math.sqrt(
    fine.slice(1).reduce((sum, step, n) => sum + (step - (fine[n] ?? 0) - period) ** 2, 0) / (fine.length - 1),
  );
  const hits = steps.filter(isHeard).length / steps.length;
  if (hits < LEAST_HITS || jitter > MOST_JITTER * period) return null;
  return {
    bpm: Number(((60 * ONSET_STEPS_PER_SECOND) / period).toFixed(1)),
    seconds: fine.map((step) => Number(onsetSeconds(step).toFixed(3))),
  };
}
