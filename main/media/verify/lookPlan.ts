/** Which pictures of a result are compared with the source, and what the source shows at their time. Pure. */
import type { PreparePlan, VideoFacts } from '../../../shared/contract/media.ts';
import { rateToNumber } from '../../../shared/time/timecode.ts';
import { trimSeconds } from '../../../shared/time/trim.ts';
import { chooseRate } from '../plan/outputRate.ts';

/** Pictures between the first and the last that are looked at beside those around changes. */
const BETWEEN = 3;
const MOST_LOOKS = 12;
/** Neighbours on either side. */
export const NEIGHBOURS = 2;

export interface Look {
  /** Picture of the result, from 0. */
  frame: number;
  /** When the source shows it, on the clip's clock, and its number where pictures are counted. */
  seconds: number;
  sourceFrame: number;
}

/** The place in the source of the result's picture `frame`. */
export function sourcePlace(facts: VideoFacts, plan: PreparePlan, frame: number): Look {
  const { from } = trimSeconds(facts, plan.trim);
  const rate = rateToNumber(facts.frameRate);
  if (!facts.isConstantRate) {
    const seconds = from + frame / rateToNumber(plan.output.frameRate);
    return { frame, seconds, sourceFrame: Math.floor(seconds * rate + 1e-6) };
  }
  const { divide, multiply } = plan.kind === 'reencode' ? chooseRate(facts, plan.preset) : { divide: 1, multiply: 1 };
  const first = Math.round(from * rate);
  const sourceFrame = first + Math.floor(frame / multiply + 1e-9) * divide;
  return { frame, seconds: sourceFrame / rate, sourceFrame };
}

/** First, last, both sides of every change, and some between: in order, none twice. */
export function chooseLooks(facts: VideoFacts, plan: PreparePlan, changeSeconds: readonly number[]): Look[] {
  const { frameCount, frameRate } = plan.output;
  const { from } = trimSeconds(facts, plan.trim);
  const last = frameCount - 1;
  const atChange = changeSeconds.flatMap((seconds) => {
    const frame = Math.round((seconds - from) * rateToNumber(frameRate));
    return [frame - 1, frame + 1];
  });
  const between = Array.from({ length: BETWEEN }, (_, i) => Math.round((last * (i + 1)) / (BETWEEN + 1)));
  const wanted = [0, last, ...atChange, ...between].filter((frame) => frame >= 0 && frame <= last);
  const chosen = [...new Set(wanted)].slice(0, MOST_LOOKS).sort((a, b) => a - b);
  return chosen.map((frame) => sourcePlace(facts, plan, frame));
}

export interface SmallPicture {
  /** On the clip's clock; NaN where the source has none. */
  seconds: number;
  number: number;
  /** 4:2:0: brightness, then both colour differences at half the sides. */
  bytes: Uint8Array;
}

export interface LookResult {
  /** `told`: nearest of its neighbours. `still`: its neighbours look the same. `absent`: not in the source's stretch. */
  state: 'told' | 'still' | 'wrong' | 'absent';
  /** Not the place in time but the colours are wrong. */
  isColor?: boolean;
  frame: number;
  /** Mean difference in levels to the picture that was meant, and to the nearest neighbour. */
  own: number;
  other: number;
}

function difference(a: Uint8Array, b: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += Math.abs((a[i] ?? 0) - (b[i] ?? 0));
  return sum / Math.max(1, a.length);
}

/** More than an encoder's losses in a small picture: it shows something else. */
const OTHER_PICTURE = 10;
/** A neighbour must be nearer by this much before it counts as the one that was taken. */
const CLEAR_SHARE = 0.1;
const CLEAR_LEVELS = 0.15;

/** Colour differences are compared in patches of this side; noise is gone at this size. */
const PATCH_PX = 4;
const OTHER_COLOR = 6;
/** An encoder's losses at a hard edge are a few patches of a picture. */
const PATCH_SHARE = 0.05;

/** True when the colours of a good part of the picture are others, whatever its shapes. Sides are those of the small picture. */
export function hasOtherColors(a: Uint8Array, b: Uint8Array, width: number, height: number): boolean {
  const [wide, high] = [width / 2, height / 2];
  const [across, down] = [Math.floor(wide / PATCH_PX), Math.floor(high / PATCH_PX)];
  let other = 0;
  for (let patch = 0; patch < across * down; patch += 1) {
    const left = (patch % across) * PATCH_PX;
    const top = Math.floor(patch / across) * PATCH_PX;
    const isOther = [0, 1].some((plane) => {
      let sum = 0;
      for (let i = 0; i < PATCH_PX * PATCH_PX; i += 1) {
        const at =
          width * height + plane * wide * high + (top + Math.floor(i / PATCH_PX)) * wide + left + (i % PATCH_PX);
        sum += (a[at] ?? 0) - (b[at] ?? 0);
      }
      return Math.abs(sum) / (PATCH_PX * PATCH_PX) > OTHER_COLOR;
    });
    if (isOther) other += 1;
  }
  return other > across * down * PATCH_SHARE;
}

/** Compares one picture of the result with what the source shows around its time, `candidates` in order of showing. */
export function judgeLook(
  frame: number,
  made: Uint8Array,
  candidates: readonly SmallPicture[],
  own: number,
  sides: { width: number; height: number },
): LookResult {
  const meant = candidates[own];
  if (!meant) return { state: 'absent', frame, own: Number.NaN, other: Number.NaN };
  const ownDifference = difference(made, meant.bytes);
  const others = candidates.filter((_, i) => i !== own).map(({ bytes }) => difference(made, bytes));
  const other = Math.min(...others, Number.POSITIVE_INFINITY);
  const clear = Math.min(ownDifference, other) * CLEAR_SHARE + CLEAR_LEVELS;
  const result = { frame, own: Number(ownDifference.toFixed(2)), other: Number(other.toFixed(2)) };
  if (ownDifference > OTHER_PICTURE || ownDifference - other > clear) return { ...result, state: 'wrong' };
  if (hasOtherColors(made, meant.bytes, sides.width, sides.height)) return { ...result, state: 'wrong', isColor: true };
  return { ...result, state: other - ownDifference > clear ? 'told' : 'still' };
}
