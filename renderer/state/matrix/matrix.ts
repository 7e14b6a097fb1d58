/** Characters × clips: the recipe of every cell, what became of it, and what cells cost together. Pure. */
import type { Job, MotionRecipe } from '../../../shared/contract/jobs.ts';
import type { Asset, Crop, ImageEdit, Prepared, Trim } from '../../../shared/contract/media.ts';
import { creditsToString, parseCredits } from '../../../shared/money/pricing.ts';
import { clipTargetFor, type Limits, type Orientation, type Preset } from '../../../shared/rules/limits.ts';
import { type Draft, type Pad, recipeOf } from '../order/draft.ts';
import type { JobGroup } from '../queue/jobCounts.ts';
import { clockOf, initialRange, rangeOf, toSeconds, trimOf } from '../trim/trim.ts';

/** A column: a clip with everything that preparing it decides. */
export interface MatrixClip {
  key: string;
  assetId: string;
  name: string;
  seconds: number;
  trim: Trim | null;
  crop: Crop | null;
  pad: Pad | null;
  soundTrack: number | null;
  preset: Preset;
  orientation: Orientation;
}

/** Null for a take that was prepared for an element: no motion can be ordered with it. */
export function clipOfTake(take: Prepared): MatrixClip | null {
  const { target, trim, preset, crop = null, pad = null, soundTrack = null, output } = take.plan;
  if (target === 'element') return null;
  const orientation = target === 'motion-image' ? 'image' : 'video';
  const { assetId, assetName: name } = take;
  const seconds = output.durationSeconds;
  return { key: take.id, assetId, name, seconds, trim, crop, pad, soundTrack, preset, orientation };
}

/** A clip as it came: as the form has it when it is the form's, else all of it, or as much as may be sent. */
export function clipOfAsset(asset: Asset, draft: Draft, limits: Limits): MatrixClip | null {
  if (asset.facts.kind !== 'video') return null;
  const clock = clockOf(asset.facts);
  const { orientation, preset } = draft;
  const isOfForm = asset.id === draft.videoId;
  const { maxSeconds } = limits.clips[clipTargetFor(orientation)];
  const trim = isOfForm ? draft.trim : (trimOf(clock, initialRange(clock, maxSeconds)) ?? null);
  const { from, to } = rangeOf(clock, trim);
  return {
    key: asset.id,
    assetId: asset.id,
    name: asset.name,
    seconds: toSeconds(clock, to - from),
    trim,
    crop: isOfForm ? draft.crop : null,
    pad: isOfForm ? draft.pad : null,
    soundTrack: isOfForm ? draft.soundTrack : null,
    preset,
    orientation,
  };
}

/** What may differ from cell to cell. */
export interface CellSettings extends Pick<Draft, 'orientation' | 'quality' | 'keepSound' | 'prompt'> {
  /** So many orders of the same. */
  takes: number;
}
export type CellChanges = Partial<CellSettings>;

export interface Cell {
  key: string;
  imageId: string;
  clipKey: string;
  /** Without changes it would be this. */
  usual: CellSettings;
  recipe: MotionRecipe;
}

export const cellKey = (imageId: string, clipKey: string): string => `${imageId} ${clipKey}`;

export interface Layout {
  imageIds: readonly string[];
  clips: readonly MatrixClip[];
  changes: MatrixChanges;
  /** What of a row's image is used; left out: as the form has it. */
  imageEdits?: Readonly<Record<string, ImageEdit | null>>;
}

/** What the clip decides comes from its column, what a person changed from the cell, all else from the form. */
export function cellsOf(draft: Draft, { imageIds, clips, changes, imageEdits = {} }: Layout): Cell[] {
  const { quality, keepSound, prompt } = draft;
  return imageIds.flatMap((imageId) =>
    clips.flatMap(({ key: clipKey, assetId, trim, crop, pad, soundTrack, preset, orientation }) => {
      const key = cellKey(imageId, clipKey);
      const usual = { orientation, quality, keepSound, prompt, takes: 1 };
      const settings = { ...usual, ...changes[key] };
      const recipe = recipeOf({
        ...draft,
        ...settings,
        videoId: assetId,
        imageId,
        trim,
        crop,
        pad,
        soundTrack,
        preset,
        // What was cut in the form was cut for its own image, and for no other.
        imageEdit: imageEdits[imageId] ?? (imageId === draft.imageId ? draft.imageEdit : null),
        // An element faces as in the video: what faces as in the image goes without it.
        elementId: settings.orientation === 'image' ? null : draft.elementId,
      });
      return recipe ? [{ key, imageId, clipKey, usual, recipe }] : [];
    }),
  );
}

/** Jobs of one account by image and clip, newest first: a matrix asks for each of its cells with every change of a job. */
export function jobsByPair(jobs: readonly Job[], accountId: string | undefined): ReadonlyMap<string, Job[]> {
  const pairs = new Map<string, Job[]>();
  for (const job of jobs) {
    if (job.recipe.kind !== 'motion' || job.accountId !== accountId) continue;
    const key = pairKey(job.recipe);
    pairs.set(key, [...(pairs.get(key) ?? []), job]);
  }
  for (const same of pairs.values()) same.sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  return pairs;
}

const pairKey = ({ imageId, videoId }: Pick<MotionRecipe, 'imageId' | 'videoId'>): string => `${imageId} ${videoId}`;

const sameText = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** The newest job of the same image with the same part of the same clip, however it was ordered. */
export function jobOf({ recipe }: Cell, pairs: ReadonlyMap<string, Job[]>): Job | null {
  const isSame = (job: Job) =>
    job.recipe.kind === 'motion' &&
    sameText([job.recipe.crop, job.recipe.soundTrack], [recipe.crop, recipe.soundTrack]) &&
    [job.recipe.trim, job.plan?.trim].some((trim) => sameText(trim, recipe.trim));
  return pairs.get(pairKey(recipe))?.find(isSame) ?? null;
}

/** A gap: nothing was ordered, or what was ordered came to nothing. */
export const isGap = (group: JobGroup | null): boolean => group === null || group === 'failed' || group === 'ended';
/** What is on its way is not ordered a second time from here. */
export const isOnItsWay = (group: JobGroup | null): boolean => group === 'waiting' || group === 'running';

export type MatrixChanges = Readonly<Record<string, CellChanges>>;

export interface Price {
  low: string;
  high: string;
}

export function sumPrices(prices: readonly Price[]): Price {
  const sum = (side: keyof Price) =>
    creditsToString(prices.reduce((total, price) => total + parseCredits(price[side]), 0n));
  return { low: sum('low'), high: sum('high') };
}

/** What so many takes of one order cost together. */
export const timesTakes = (price: Price, takes: number): Price => sumPrices(Array.from({ length: takes }, () => price));

/** The cell that an arrow key leads to: row and column, within the matrix. */
export function neighbourCell(
  from: { row: number; column: number },
  key: string,
  size: { rows: number; columns: number },
): { row: number; column: number } | null {
  const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[key];
  if (!step) return null;
  const to = { row: from.row + (step[0] ?? 0), column: from.column + (step[1] ?? 0) };
  const isInside = to.row >= 0 && to.row < size.rows && to.column >= 0 && to.column < size.columns;
  return isInside ? to : null;
}
