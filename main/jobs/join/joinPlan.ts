/** How the results of back-to-back parts become one video: each as long as its part of the original, copied where that is possible. Pure. */
import type { VideoFacts } from '../../../shared/contract/media.ts';
import { rateToNumber } from '../../../shared/time/timecode.ts';

export interface PartToJoin {
  path: string;
  facts: VideoFacts;
  /** Of the original, from the beginning of the whole. */
  fromSeconds: number;
  toSeconds: number;
}

export interface JoinPlan {
  width: number;
  height: number;
  frameRate: VideoFacts['frameRate'];
  /** How many frames each part fills. */
  frames: number[];
  /** How many of them the part does not have: its last picture is held. */
  heldFrames: number[];
  frameCount: number;
  seconds: number;
  /** All are of one kind and exactly as long as they have to be: nothing is encoded again. */
  isCopy: boolean;
}

const even = (side: number) => Math.max(2, Math.floor(side / 2) * 2);

/** Sizes and rate are those of the first part. */
export function planJoin(parts: readonly PartToJoin[]): JoinPlan | null {
  const [first] = parts;
  if (!first) return null;
  const { frameRate } = first.facts;
  const fps = rateToNumber(frameRate);
  const edge = (seconds: number) => Math.round(seconds * fps);
  const frames = parts.map(({ fromSeconds, toSeconds }) => edge(toSeconds) - edge(fromSeconds));
  const has = parts.map(({ facts }) => Math.round(facts.durationSeconds * fps));
  const frameCount = frames.reduce((sum, count) => sum + count, 0);
  const kindOf = ({ facts }: PartToJoin) =>
    JSON.stringify([facts.codec, facts.width, facts.height, facts.pixelFormat, facts.frameRate, facts.rotationDegrees]);
  const isAlike = parts.every(
    (part, index) =>
      kindOf(part) === kindOf(first) &&
      part.facts.isConstantRate &&
      part.facts.frameCount === frames[index] &&
      Math.abs(part.facts.startSeconds) < 1 / fps / 4,
  );
  return {
    width: even(first.facts.width),
    height: even(first.facts.height),
    ...{ frameRate, frames, frameCount, seconds: frameCount / fps },
    heldFrames: frames.map((count, index) => Math.max(0, count - (has[index] ?? 0))),
    isCopy: isAlike && first.facts.codec === 'h264' && first.facts.rotationDegrees === 0,
  };
}
