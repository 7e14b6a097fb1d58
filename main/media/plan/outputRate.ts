/** Decides the frame rate and the exact number of pictures of the prepared file. Pure. */
import type { Trim, VideoFacts } from '../../../shared/contract/media.ts';
import { type ClipLimits, type Preset, presetTargets, untouchedFrameRate } from '../../../shared/rules/limits.ts';
import { type FrameRate, framesCovering, framesWithin, rateToNumber } from '../../../shared/time/timecode.ts';
import { trimSeconds } from '../../../shared/time/trim.ts';
import { reduceRate } from '../facts/rate.ts';

export interface OutputRate {
  rate: FrameRate;
  /** Every n-th picture of a constant-rate source is taken. */
  divide: number;
  /** Every picture of a constant-rate source is shown n times. */
  multiply: number;
}

/** 59.94 is within "60", 29.97 within "30". */
const SLACK = 1.001;
const SMOOTH_RATE = 20;

const variableTargets: readonly FrameRate[] = [
  { num: 24, den: 1 },
  { num: 25, den: 1 },
  { num: 30, den: 1 },
  { num: 50, den: 1 },
  { num: 60, den: 1 },
];

function forVariable(average: number, maxRate: number): FrameRate {
  const allowed = variableTargets.filter((rate) => rateToNumber(rate) <= maxRate * SLACK);
  const last = allowed.at(-1) ?? { num: 30, den: 1 };
  // A sparse clip (a screen recording) has bursts: below 20 on average says nothing about them.
  if (average < 20) return { num: 30, den: 1 };
  return allowed.find((rate) => rateToNumber(rate) >= average * 0.98) ?? last;
}

export function chooseRate(facts: Pick<VideoFacts, 'frameRate' | 'isConstantRate'>, preset: Preset): OutputRate {
  const source = rateToNumber(facts.frameRate);
  const { maxRate } = presetTargets[preset];
  if (!facts.isConstantRate) return { rate: forVariable(source, maxRate), divide: 1, multiply: 1 };
  if (source < untouchedFrameRate.min) {
    const multiply = Math.ceil(untouchedFrameRate.min / source - 1e-9);
    const rate = reduceRate({ num: facts.frameRate.num * multiply, den: facts.frameRate.den });
    return { rate, divide: 1, multiply };
  }
  const preferred = Math.ceil(source / (maxRate * SLACK));
  const least = Math.ceil(source / (untouchedFrameRate.max * SLACK));
  // Thinning for a smaller file stops where motion would stutter: 31 fps stays, it would become 15.5.
  const divide = source / preferred >= SMOOTH_RATE ? preferred : least;
  const rate = reduceRate({ num: facts.frameRate.num, den: facts.frameRate.den * divide });
  return { rate, divide, multiply: 1 };
}

/** Floors at the longest allowed length, ceils at the shortest. */
export function countFrames(facts: VideoFacts, trim: Trim, output: OutputRate, limits: ClipLimits): number {
  const { duration } = trimSeconds(facts, trim);
  const count =
    trim.unit === 'frames'
      ? Math.floor(((trim.to - trim.from) * output.multiply) / output.divide)
      : framesWithin(duration, output.rate);
  const most = framesWithin(limits.maxSeconds, output.rate);
  const least = framesCovering(limits.minSeconds, output.rate);
  return Math.max(1, Math.min(most, Math.max(least, count)));
}
