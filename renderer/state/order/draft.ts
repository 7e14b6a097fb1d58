/** The order being made on the Create screen: its shape, every edit as a pure reducer, and undo over it. */
import type { MotionRecipe } from '../../../shared/contract/jobs.ts';
import type { CheckResult, Crop, ImageEdit, PreparePlan, Trim } from '../../../shared/contract/media.ts';
import type { Orientation, Preset, Quality } from '../../../shared/rules/limits.ts';
import { type History, recordEdit } from './history.ts';

export type Pad = NonNullable<PreparePlan['pad']>;

export interface Draft {
  videoId: string | null;
  imageId: string | null;
  /** Null: the whole clip. */
  trim: Trim | null;
  /** In shown pixels; null: the whole picture. */
  crop: Crop | null;
  /** What fills the room beside a picture too long and thin for the limits; null: black. */
  pad: Pad | null;
  /** Which of the clip's sound tracks, counted from 1; null: the default one. */
  soundTrack: number | null;
  /** What of the image is used; null: all of it, as it is. */
  imageEdit: ImageEdit | null;
  orientation: Orientation;
  quality: Quality;
  preset: Preset;
  keepSound: boolean;
  prompt: string;
  elementId: string | null;
  watermark: boolean;
  callbackUrl: string;
  project: string;
}

export const emptyDraft: Draft = {
  videoId: null,
  imageId: null,
  trim: null,
  crop: null,
  pad: null,
  soundTrack: null,
  imageEdit: null,
  orientation: 'video',
  quality: '720p',
  preset: 'fast',
  keepSound: true,
  prompt: '',
  elementId: null,
  watermark: false,
  callbackUrl: '',
  project: '',
};

type ClipAndImage = 'videoId' | 'imageId' | 'trim' | 'crop' | 'pad' | 'soundTrack' | 'imageEdit';

/** What of a clip is used, as its take on the shelf says it. */
interface ClipParts {
  trim: Trim | null;
  crop?: Crop | null;
  pad?: Pad | null;
  soundTrack?: number | null;
}

/** `edit` names what is being changed: edits of one name that follow each other are one step of undo. */
export type DraftAction =
  | ({ type: 'setVideo'; videoId: string | null } & ClipParts)
  | { type: 'setImage'; imageId: string | null }
  | { type: 'setTrim'; trim: Trim | null; edit?: string }
  | { type: 'setCrop'; crop: Crop | null; edit?: string }
  | { type: 'setPad'; pad: Pad | null }
  | { type: 'setSoundTrack'; soundTrack: number | null }
  | { type: 'editImage'; imageEdit: ImageEdit | null; edit?: string }
  | { type: 'setElement'; elementId: string | null }
  | { type: 'patch'; patch: Partial<Omit<Draft, ClipAndImage | 'elementId'>>; edit?: string }
  | { type: 'load'; recipe: MotionRecipe }
  | { type: 'putBack'; draft: Draft };

export function draftReducer(draft: Draft, action: DraftAction): Draft {
  switch (action.type) {
    case 'setVideo':
      // Another clip has another picture: nothing of the old one's crop is meant for it.
      return {
        ...draft,
        videoId: action.videoId,
        trim: action.trim,
        crop: action.crop ?? null,
        pad: action.pad ?? null,
        soundTrack: action.soundTrack ?? null,
      };
    case 'setImage':
      return { ...draft, imageId: action.imageId, imageEdit: null };
    case 'setTrim':
      return { ...draft, trim: action.trim };
    case 'setCrop':
      return { ...draft, crop: action.crop };
    case 'setPad':
      return { ...draft, pad: action.pad };
    case 'setSoundTrack':
      return { ...draft, soundTrack: action.soundTrack };
    case 'editImage':
      return { ...draft, imageEdit: tidyEdit(action.imageEdit) };
    case 'setElement':
      return withElementRule({ ...draft, elementId: action.elementId });
    case 'patch':
      return withElementRule({ ...draft, ...action.patch });
    case 'load':
      return draftFromRecipe(action.recipe);
    case 'putBack':
      return action.draft;
  }
}

/** An element is made from a video, and the order must then face as in the video. */
function withElementRule(draft: Draft): Draft {
  return draft.elementId !== null && draft.orientation !== 'video' ? { ...draft, orientation: 'video' } : draft;
}

/** An edit that changes nothing is none. */
function tidyEdit(edit: ImageEdit | null): ImageEdit | null {
  return edit && Object.values(edit).some((value) => value !== undefined) ? edit : null;
}

export function draftFromRecipe(recipe: MotionRecipe): Draft {
  return {
    videoId: recipe.videoId,
    imageId: recipe.imageId,
    trim: recipe.trim ?? null,
    crop: recipe.crop ?? null,
    pad: recipe.pad ?? null,
    soundTrack: recipe.soundTrack ?? null,
    imageEdit: recipe.imageEdit ?? null,
    orientation: recipe.orientation,
    quality: recipe.quality,
    preset: recipe.preset,
    keepSound: recipe.keepSound,
    prompt: recipe.prompt,
    elementId: recipe.elementId ?? null,
    watermark: recipe.watermark,
    callbackUrl: recipe.callbackUrl ?? '',
    project: recipe.project ?? '',
  };
}

/** The recipe to order, or null while the clip or the character is missing. */
export function recipeOf(draft: Draft): MotionRecipe | null {
  if (draft.videoId === null || draft.imageId === null) return null;
  return {
    kind: 'motion',
    videoId: draft.videoId,
    imageId: draft.imageId,
    ...(draft.trim ? { trim: draft.trim } : {}),
    ...clipPartsOf(draft),
    ...(draft.imageEdit ? { imageEdit: draft.imageEdit } : {}),
    orientation: draft.orientation,
    quality: draft.quality,
    preset: draft.preset,
    keepSound: draft.keepSound,
    prompt: draft.prompt,
    ...(draft.elementId ? { elementId: draft.elementId } : {}),
    watermark: draft.watermark,
    ...(draft.callbackUrl.trim() ? { callbackUrl: draft.callbackUrl.trim() } : {}),
    ...(draft.project.trim() ? { project: draft.project.trim() } : {}),
  };
}

/** What of the clip is used, its length apart, as orders and checks say it. */
export function clipPartsOf({ crop, pad, soundTrack }: Pick<Draft, 'crop' | 'pad' | 'soundTrack'>): {
  crop?: Crop;
  pad?: Pad;
  soundTrack?: number;
} {
  return { ...(crop ? { crop } : {}), ...(pad ? { pad } : {}), ...(soundTrack === null ? {} : { soundTrack }) };
}

/** Everything an order needs is there, and no check blocks it. */
export function isReady(draft: Draft, check: CheckResult | undefined): boolean {
  return recipeOf(draft) !== null && check?.isLegal === true && check.plan !== null;
}

export type DraftHistory = History<Draft>;

export function editDraft(history: DraftHistory, action: DraftAction): DraftHistory {
  const edit = 'edit' in action ? (action.edit ?? null) : null;
  return recordEdit(history, draftReducer(history.present, action), edit);
}

/** What was stored, made whole again: unknown fields dropped, missing or mistyped ones as in an empty form. */
export function reviveDraft(stored: unknown): Draft {
  if (typeof stored !== 'object' || stored === null) return emptyDraft;
  const source = stored as Record<string, unknown>;
  const text = (key: string) => (typeof source[key] === 'string' ? source[key] : null);
  const flag = (key: string, fallback: boolean) => (typeof source[key] === 'boolean' ? source[key] : fallback);
  const oneOf = <T extends string>(key: string, values: readonly T[], fallback: T): T =>
    values.find((value) => value === source[key]) ?? fallback;
  return withElementRule({
    videoId: text('videoId'),
    imageId: text('imageId'),
    trim: reviveTrim(source.trim),
    crop: reviveCrop(source.crop),
    pad: revivePad(source.pad),
    soundTrack: isCount(source.soundTrack, 0) ? source.soundTrack : null,
    imageEdit: reviveImageEdit(source.imageEdit),
    orientation: oneOf('orientation', ['image', 'video'], emptyDraft.orientation),
    quality: oneOf('quality', ['720p', '1080p'], emptyDraft.quality),
    preset: oneOf('preset', ['fast', 'best', 'keep'], emptyDraft.preset),
    keepSound: flag('keepSound', emptyDraft.keepSound),
    prompt: text('prompt') ?? '',
    elementId: text('elementId'),
    watermark: flag('watermark', emptyDraft.watermark),
    callbackUrl: text('callbackUrl') ?? '',
    project: text('project') ?? '',
  });
}

function reviveTrim(stored: unknown): Trim | null {
  if (typeof stored !== 'object' || stored === null) return null;
  const { unit, from, to } = stored as Record<string, unknown>;
  if (unit !== 'frames' && unit !== 'seconds') return null;
  if (typeof from !== 'number' || typeof to !== 'number' || !(from >= 0) || !(to > from)) return null;
  return { unit, from, to };
}

const isCount = (value: unknown, least: number): value is number => Number.isInteger(value) && Number(value) >= least;

function reviveCrop(stored: unknown): Crop | null {
  if (typeof stored !== 'object' || stored === null) return null;
  const { x, y, width, height } = stored as Record<string, unknown>;
  if (!isCount(x, 0) || !isCount(y, 0) || !isCount(width, 1) || !isCount(height, 1)) return null;
  return { x, y, width, height };
}

function revivePad(stored: unknown): Pad | null {
  return typeof stored === 'string' && /^(blur|#[0-9a-fA-F]{6})$/.test(stored) ? stored : null;
}

function reviveImageEdit(stored: unknown): ImageEdit | null {
  if (typeof stored !== 'object' || stored === null) return null;
  const source = stored as Record<string, unknown>;
  const [crop, pad] = [reviveCrop(source.crop), revivePad(source.pad)];
  const background = source.background === 'transparent' ? 'transparent' : revivePad(source.background);
  return tidyEdit({
    ...(crop ? { crop } : {}),
    ...(pad ? { pad } : {}),
    ...(background && background !== 'blur' ? { background } : {}),
    ...(source.keepMetadata === true ? { keepMetadata: true } : {}),
  });
}
