/** Measures a clip's frame rate from the time stamps of its pictures; declared rates are only candidates. Pure. */
import { type FrameRate, rateToNumber } from '../../../shared/time/timecode.ts';

const standardRates: readonly FrameRate[] = [
  { num: 24_000, den: 1001 },
  { num: 24, den: 1 },
  { num: 25, den: 1 },
  { num: 30_000, den: 1001 },
  { num: 30, den: 1 },
  { num: 48, den: 1 },
  { num: 50, den: 1 },
  { num: 60_000, den: 1001 },
  { num: 60, den: 1 },
  { num: 100, den: 1 },
  { num: 120_000, den: 1001 },
  { num: 120, den: 1 },
  { num: 240, den: 1 },
  ...[8, 10, 12, 12.5, 15, 20].map((fps) => ({ num: fps * 2, den: 2 })),
].map(reduceRate);

export interface MeasuredRate {
  rate: FrameRate;
  isConstant: boolean;
}

export function reduceRate(rate: FrameRate): FrameRate {
  let [a, b] = [rate.num, rate.den];
  while (b !== 0) [a, b] = [b, a % b];
  return { num: rate.num / a, den: rate.den / a };
}

/** '30000/1001' → a rate; null for '0/0' and nonsense. */
export function parseRate(text: string | undefined): FrameRate | null {
  const match = /^(\d+)\/(\d+)$/.exec(text ?? '');
  const rate = { num: Number(match?.[1] ?? 0), den: Number(match?.[2] ?? 0) };
  return Number.isSafeInteger(rate.num) && rate.num > 0 && rate.den > 0 ? reduceRate(rate) : null;
}

/** Every picture within a tenth of a frame of its place, or within 1.1 ms: what containers with millisecond stamps round by. */
function fits(sortedSeconds: Float64Array, rate: FrameRate): boolean {
  const frame = rate.den / rate.num;
  const tolerance = Math.max(0.0011, frame * 0.1);
  const first = sortedSeconds[0] ?? 0;
  return sortedSeconds.every((seconds, i) => Math.abs(seconds - first - i * frame) <= tolerance);
}

function average(sortedSeconds: Float64Array): FrameRate | null {
  const span = (sortedSeconds.at(-1) ?? 0) - (sortedSeconds[0] ?? 0);
  if (sortedSeconds.length < 2 || span <= 0) return null;
  return reduceRate({ num: Math.max(1, Math.round(((sortedSeconds.length - 1) / span) * 1000)), den: 1000 });
}

/** Variable clips answer their average. `declared` are candidates from the header, tried after the standard rates. */
export function measureRate(stampsSeconds: readonly number[], declared: readonly (FrameRate | null)[]): MeasuredRate {
  // A million stamps in a tenth of a second: the array of numbers sorts without a callback.
  const sorted = Float64Array.from(stampsSeconds).sort();
  const mean = average(sorted);
  const known = declared.filter((rate) => rate !== null);
  if (!mean) return { rate: known[0] ?? { num: 25, den: 1 }, isConstant: known.length > 0 };
  const near = (rate: FrameRate) => Math.abs(rateToNumber(rate) / rateToNumber(mean) - 1) < 0.02;
  const byCloseness = (a: FrameRate, b: FrameRate) =>
    Math.abs(rateToNumber(a) - rateToNumber(mean)) - Math.abs(rateToNumber(b) - rateToNumber(mean));
  const candidates = [...standardRates.filter(near).sort(byCloseness), ...known.filter(near), mean];
  const constant = candidates.find((rate) => fits(sorted, rate));
  return constant ? { rate: constant, isConstant: true } : { rate: mean, isConstant: false };
}
