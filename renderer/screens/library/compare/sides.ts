/** What can stand on the common clock: a result, its reference from the ordered in point on, and the character as a still. Pure. */
import type { MotionRecipe } from '../../../../shared/contract/jobs.ts';
import type { LibraryItem } from '../../../../shared/contract/library.ts';
import type { Asset, Crop, Trim, VideoFacts } from '../../../../shared/contract/media.ts';
import type { Picture } from '../../../../shared/media/crop.ts';
import { type FrameRate, framesToSeconds } from '../../../../shared/time/timecode.ts';
import type { ClipClock } from '../../../state/trim/trim.ts';
import { type Lane, lengthOf } from './clock.ts';
import { wholeOf } from './layout.ts';

export const referenceKey = 'reference';
export const characterKey = 'character';

export type SideState =
  | 'loading'
  | 'ready'
  /** A copy is made that Chromium can show. */
  | 'making'
  /** Its file is away. */
  | 'missing'
  /** Nobody knows this clip or image here (any more). */
  | 'unknown'
  | 'failed';

export interface Side {
  /** `reference`, `character`, or the id of a result. */
  key: string;
  kind: 'reference' | 'character' | 'result';
  name: string;
  src: string;
  /** The whole picture, and the part of it that was used. */
  picture: Picture;
  part: Crop;
  /** Null: a still. */
  lane: Lane | null;
  /** Null: variable, or not known. */
  rate: FrameRate | null;
  hasSound: boolean;
  state: SideState;
  /** The take's number within its shot; null: none. */
  take: number | null;
  /** For a video element: its picture cannot be shown. */
  onUnshowable: () => void;
}

/** The part of the reference that was ordered: the result's zero is its in point. */
export function referenceLane(facts: VideoFacts, trim: Trim | undefined): Lane {
  if (!trim) return { startSeconds: 0, lengthSeconds: facts.durationSeconds, offsetSeconds: 0 };
  const inSeconds = (ticks: number) => (trim.unit === 'frames' ? framesToSeconds(ticks, facts.frameRate) : ticks);
  const startSeconds = inSeconds(trim.from);
  return { startSeconds, lengthSeconds: inSeconds(trim.to) - startSeconds, offsetSeconds: 0 };
}

interface Shown {
  src: string;
  state: SideState;
  onUnshowable: () => void;
}

export function referenceSide(asset: Asset, facts: VideoFacts, recipe: MotionRecipe, shown: Shown): Side {
  return {
    key: referenceKey,
    kind: 'reference',
    name: asset.name,
    picture: { width: facts.width, height: facts.height },
    part: recipe.crop ?? wholeOf(facts),
    lane: referenceLane(facts, recipe.trim),
    rate: facts.isConstantRate ? facts.frameRate : null,
    hasSound: facts.audio.length > 0,
    take: null,
    ...shown,
  };
}

export function characterSide(asset: Asset, recipe: MotionRecipe, shown: Shown): Side {
  const { facts } = asset;
  const picture = { width: facts.width, height: facts.height };
  return {
    key: characterKey,
    kind: 'character',
    name: asset.name,
    picture,
    part: recipe.imageEdit?.crop ?? wholeOf(picture),
    lane: null,
    rate: null,
    hasSound: false,
    take: null,
    ...shown,
  };
}

export function resultSide(item: LibraryItem, shown: Shown): Side {
  const picture = { width: Math.max(1, item.width), height: Math.max(1, item.height) };
  return {
    key: item.id,
    kind: 'result',
    name: item.name,
    picture,
    part: wholeOf(picture),
    lane: { startSeconds: 0, lengthSeconds: item.durationSeconds, offsetSeconds: 0 },
    rate: null,
    hasSound: item.hasAudio,
    take: item.take,
    ...shown,
  };
}

/** Nothing of it is known but what it was called. */
export function absentSide(kind: 'reference' | 'character', name: string, state: 'loading' | 'unknown'): Side {
  const picture = { width: 16, height: 9 };
  return {
    key: kind === 'reference' ? referenceKey : characterKey,
    kind,
    name,
    src: '',
    picture,
    part: wholeOf(picture),
    lane: null,
    rate: null,
    hasSound: false,
    state,
    take: null,
    onUnshowable: () => undefined,
  };
}

const usualRate: FrameRate = { num: 30, den: 1 };

/**
 * The clock of a view counts the frames of its first result: by the rate of the frames that were painted, until then by the reference's,
 * which results keep as a rule.
 */
export function clockOfSides(
  sides: readonly Side[],
  measured: Readonly<Record<string, FrameRate>>,
  offsets: Readonly<Record<string, number>> = {},
): { clock: ClipClock; lanes: Record<string, Lane> } {
  const first = sides.find(({ kind }) => kind === 'result');
  const reference = sides.find(({ kind }) => kind === 'reference');
  const rate = (first && measured[first.key]) ?? reference?.rate ?? (reference && measured[reference.key]) ?? usualRate;
  const lanes = Object.fromEntries(
    sides.flatMap(({ key, lane }) =>
      lane ? [[key, { ...lane, offsetSeconds: framesToSeconds(offsets[key] ?? 0, rate) }] as const] : [],
    ),
  );
  // A container's length is that of its longest track, which may end between two frames.
  const length = Math.max(1, Math.round((lengthOf(Object.values(lanes)) * rate.num) / rate.den));
  return { clock: { unit: 'frames', rate, length }, lanes };
}
