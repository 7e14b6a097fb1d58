/** Trims by the rules of the contract: floors at the longest allowed length, ceils at the shortest; half-open [from, to). */
import type { Trim, VideoFacts } from '../contract/media.ts';
import { type ClipTarget, clipLimits } from '../rules/limits.ts';
import { frameAt, framesCovering, framesToSeconds, framesWithin } from './timecode.ts';

/** What trimming needs to know of a clip. */
export type TrimFacts = Pick<VideoFacts, 'frameRate' | 'isConstantRate' | 'frameCount' | 'durationSeconds'>;

const EPSILON_SECONDS = 1e-6;

export function totalFrames(facts: TrimFacts): number {
  return facts.isConstantRate && facts.frameCount !== null
    ? facts.frameCount
    : framesWithin(facts.durationSeconds, facts.frameRate);
}

export function wholeClip(facts: TrimFacts): Trim {
  return facts.isConstantRate
    ? { unit: 'frames', from: 0, to: Math.max(1, totalFrames(facts)) }
    : { unit: 'seconds', from: 0, to: facts.durationSeconds };
}

/** The same trim in the unit that this clip is trimmed by. */
export function toClipUnit(facts: TrimFacts, trim: Trim): Trim {
  const { frameRate } = facts;
  if (facts.isConstantRate && trim.unit === 'seconds') {
    const from = frameAt(trim.from, frameRate);
    return { unit: 'frames', from, to: from + framesWithin(trim.to - trim.from, frameRate) };
  }
  if (!facts.isConstantRate && trim.unit === 'frames') {
    const [from, to] = [framesToSeconds(trim.from, frameRate), framesToSeconds(trim.to, frameRate)];
    return { unit: 'seconds', from, to };
  }
  return trim;
}

export function trimSeconds(facts: TrimFacts, trim: Trim): { from: number; to: number; duration: number } {
  const scale = (value: number) => (trim.unit === 'frames' ? framesToSeconds(value, facts.frameRate) : value);
  return { from: scale(trim.from), to: scale(trim.to), duration: scale(trim.to - trim.from) };
}

export function isWholeClip(facts: TrimFacts, trim: Trim): boolean {
  const whole = wholeClip(facts);
  const slack = trim.unit === 'frames' ? 0 : EPSILON_SECONDS;
  return whole.unit === trim.unit && trim.from <= slack && trim.to >= whole.to - slack;
}

/**
 * Requested seconds as a Trim: "10 s" at 29.97 is 299 frames, "3 s" is 90. Nothing is cut that was not asked for:
 * an out point past the end, or a length past the limit, stays as it is, and a verdict says so.
 */
export function trimFromSeconds(
  facts: TrimFacts,
  fromSeconds: number | undefined,
  toSeconds: number | undefined,
  target: ClipTarget,
): Trim {
  const whole = wholeClip(facts);
  if (!facts.isConstantRate) return { unit: 'seconds', from: fromSeconds ?? 0, to: toSeconds ?? whole.to };
  const { frameRate } = facts;
  const from = frameAt(fromSeconds ?? 0, frameRate);
  if (toSeconds === undefined) return { unit: 'frames', from, to: whole.to };
  const length = toSeconds - (fromSeconds ?? 0);
  const { minSeconds } = clipLimits[target];
  const least = length >= minSeconds - EPSILON_SECONDS ? framesCovering(minSeconds, frameRate) : 0;
  const to = from + Math.max(framesWithin(length, frameRate), least);
  // Rounding alone must not push an out point at the clip's end past it.
  const isAtEnd = toSeconds <= facts.durationSeconds + frameRate.den / frameRate.num;
  return { unit: 'frames', from, to: isAtEnd ? Math.min(to, Math.max(whole.to, from)) : to };
}

/** The longest allowed trim that begins where this one does; not past the end of the clip. */
export function trimToMax(facts: TrimFacts, trim: Trim | undefined, target: ClipTarget): Trim {
  const own = toClipUnit(facts, trim ?? wholeClip(facts));
  const { maxSeconds } = clipLimits[target];
  const longest = own.unit === 'frames' ? framesWithin(maxSeconds, facts.frameRate) : maxSeconds;
  return { ...own, to: Math.min(own.to, own.from + longest, wholeClip(facts).to) };
}

/** Lengthened to the shortest allowed: the out point moves first, the in point when the clip ends before. */
export function extendToMin(facts: TrimFacts, trim: Trim | undefined, target: ClipTarget): Trim {
  const own = toClipUnit(facts, trim ?? wholeClip(facts));
  const { minSeconds } = clipLimits[target];
  const shortest = own.unit === 'frames' ? framesCovering(minSeconds, facts.frameRate) : minSeconds;
  const to = Math.min(wholeClip(facts).to, Math.max(own.to, own.from + shortest));
  return { ...own, from: Math.max(0, Math.min(own.from, to - shortest)), to };
}
