/**
 * The one home of every limit. Each row: whom it binds, how much, where it comes from, how hard it is.
 * Sources: p = product pages and API reference, d = API documentation, c = behaviour of public clients, r = a rule of Restage.
 * Read on 2026-11-01; limits vary by provider and region, and the server's answer beats this table.
 * Levels: hard = the provider refuses it, ours = Restage refuses it, advice = never blocks.
 */
export type RuleSource = 'p' | 'd' | 'c' | 'r';
export type RuleLevel = 'hard' | 'ours' | 'advice';
export type Orientation = 'image' | 'video';
export type ClipTarget = 'motion-image' | 'motion-video' | 'element';
export type Quality = '720p' | '1080p';
export type Preset = 'fast' | 'best' | 'keep';

/** The limits that a person may find to be others than these, and what they bind. */
export const limitNames = ['minSeconds', 'maxSeconds', 'minSidePx', 'maxSidePx', 'maxBytes'] as const;
export const overrideTargets = ['motion-image', 'motion-video', 'element', 'image'] as const;

/** MB is 10^6 bytes. */
const MB = 1_000_000;

export const uploadMaxBytes = { contract: 100 * MB, ours: 95 * MB } as const;

export interface ClipLimits {
  minSeconds: number;
  maxSeconds: number;
  minSidePx: number;
  maxSidePx: number;
  maxBytes: number;
  formats: readonly string[];
}

export const clipLimits: Readonly<Record<ClipTarget, ClipLimits>> = {
  'motion-image': {
    minSeconds: 3,
    maxSeconds: 10,
    minSidePx: 340,
    maxSidePx: 3850,
    maxBytes: uploadMaxBytes.ours,
    formats: ['mp4', 'mov'],
  },
  'motion-video': {
    minSeconds: 3,
    maxSeconds: 30,
    minSidePx: 340,
    maxSidePx: 3850,
    maxBytes: uploadMaxBytes.ours,
    formats: ['mp4', 'mov'],
  },
  // No minimum is stated for an element's clip; 3 s is what motion control asks for, ours until a refusal teaches better.
  element: {
    minSeconds: 3,
    maxSeconds: 8,
    minSidePx: 720,
    maxSidePx: 2160,
    maxBytes: uploadMaxBytes.ours,
    formats: ['mp4', 'mov', 'webm'],
  },
};

export interface ImageLimits {
  formats: readonly string[];
  maxBytes: number;
  minSidePx: number;
  maxSidePx: number;
  minRatio: number;
  maxRatio: number;
  adviceMinSidePx: number;
  maxDecodePixels: number;
}

export const imageLimits: ImageLimits = {
  formats: ['jpeg', 'png'],
  maxBytes: 10 * MB,
  minSidePx: 300,
  maxSidePx: 65_536,
  minRatio: 1 / 2.5,
  maxRatio: 2.5,
  /** Advice only: other hosts of the model ask for this much [c]. */
  adviceMinSidePx: 340,
  /** Ours: over this an image is not decoded, but sent as it is where the provider's own rules allow that. */
  maxDecodePixels: 100_000_000,
};

/** The limits of one moment: the table, or the table with a person's overrides. */
export interface Limits {
  clips: Readonly<Record<ClipTarget, ClipLimits>>;
  image: ImageLimits;
}

export const tableLimits: Limits = { clips: clipLimits, image: imageLimits };

export const textLimits = {
  promptMax: 2500,
  promptAdviceMax: 2000,
  callbackUrlMax: 2048,
  elementNameMax: 20,
  elementDescriptionMax: 100,
  elementsPerOrder: 1,
} as const;

/** Constant frame rates that go untouched [r]: outside them players and encoders disagree. */
export const untouchedFrameRate = { min: 15, max: 60 } as const;

/** What each way of preparing aims at [r]; `maxShortSidePx` null: as large as the limits allow. */
export const presetTargets: Readonly<Record<Preset, { maxShortSidePx: number | null; maxRate: number }>> = {
  // One file serves a 720p draft and a 1080p final.
  fast: { maxShortSidePx: 1080, maxRate: 30 },
  best: { maxShortSidePx: null, maxRate: untouchedFrameRate.max },
  keep: { maxShortSidePx: null, maxRate: untouchedFrameRate.max },
};

/** A clip whose pictures are larger than this is not decoded [r]: 8K is a third of it. */
export const clipMaxDecodePixels = 100_000_000;

/** Enlarging more than this is said aloud [r]. */
export const upscaleAdviceFactor = 2;

export const limitsSources: Readonly<Record<string, { source: RuleSource; level: RuleLevel }>> = {
  'clip.durationMin': { source: 'p', level: 'hard' },
  'clip.durationMax': { source: 'p', level: 'hard' },
  'clip.sideMin': { source: 'p', level: 'hard' },
  'clip.sideMax': { source: 'p', level: 'hard' },
  'clip.bytes': { source: 'p', level: 'hard' },
  'clip.format': { source: 'p', level: 'hard' },
  // What goes untouched is narrower than what the contract allows: anything else is read differently by different decoders.
  'clip.codec': { source: 'r', level: 'ours' },
  'clip.color': { source: 'r', level: 'ours' },
  'clip.scan': { source: 'r', level: 'ours' },
  'clip.frameRate': { source: 'r', level: 'ours' },
  'clip.upright': { source: 'r', level: 'ours' },
  'clip.evenSides': { source: 'r', level: 'ours' },
  'clip.start': { source: 'r', level: 'ours' },
  'clip.sound': { source: 'r', level: 'ours' },
  'clip.soundTrack': { source: 'r', level: 'ours' },
  'clip.colorUnknown': { source: 'r', level: 'ours' },
  'clip.colorTool': { source: 'r', level: 'ours' },
  'clip.dolbyVision': { source: 'r', level: 'ours' },
  'clip.changes': { source: 'r', level: 'ours' },
  'clip.soundEmpty': { source: 'r', level: 'ours' },
  'clip.clock': { source: 'r', level: 'ours' },
  'clip.soundOverlap': { source: 'r', level: 'ours' },
  'clip.soundLength': { source: 'r', level: 'advice' },
  'clip.transparency': { source: 'r', level: 'ours' },
  'clip.soundDamaged': { source: 'r', level: 'ours' },
  'clip.content': { source: 'r', level: 'ours' },
  'clip.streams': { source: 'r', level: 'ours' },
  'clip.metadata': { source: 'r', level: 'ours' },
  'clip.shape': { source: 'r', level: 'ours' },
  'clip.pixels': { source: 'r', level: 'ours' },
  'clip.upscale': { source: 'r', level: 'advice' },
  'shots.cut': { source: 'r', level: 'advice' },
  'shots.black': { source: 'r', level: 'advice' },
  'shots.freeze': { source: 'r', level: 'advice' },
  'shots.fast': { source: 'r', level: 'advice' },
  'shots.still': { source: 'r', level: 'advice' },
  'crop.range': { source: 'r', level: 'ours' },
  'trim.range': { source: 'r', level: 'ours' },
  'file.missing': { source: 'r', level: 'ours' },
  'file.folder': { source: 'r', level: 'ours' },
  'file.permission': { source: 'r', level: 'ours' },
  'file.empty': { source: 'r', level: 'ours' },
  'file.truncated': { source: 'r', level: 'ours' },
  'file.noIndex': { source: 'r', level: 'ours' },
  'file.audioOnly': { source: 'r', level: 'ours' },
  'file.notMedia': { source: 'r', level: 'ours' },
  'file.noPictures': { source: 'r', level: 'ours' },
  'file.unknownCodec': { source: 'r', level: 'ours' },
  'file.encrypted': { source: 'r', level: 'ours' },
  'file.changed': { source: 'r', level: 'ours' },
  'file.clock': { source: 'r', level: 'ours' },
  'file.cutShort': { source: 'r', level: 'ours' },
  'file.pictureFormat': { source: 'r', level: 'ours' },
  'file.damaged': { source: 'r', level: 'ours' },
  'file.notVideo': { source: 'r', level: 'ours' },
  'file.notImage': { source: 'r', level: 'ours' },
  'image.format': { source: 'p', level: 'hard' },
  'image.bytes': { source: 'p', level: 'hard' },
  'image.sideMin': { source: 'p', level: 'hard' },
  'image.sideMax': { source: 'p', level: 'hard' },
  'image.ratio': { source: 'p', level: 'hard' },
  'image.sideAdvice': { source: 'c', level: 'advice' },
  'image.pixels': { source: 'r', level: 'ours' },
  'image.upright': { source: 'r', level: 'ours' },
  'image.color': { source: 'r', level: 'ours' },
  'image.transparency': { source: 'r', level: 'ours' },
  'image.first': { source: 'r', level: 'ours' },
  'image.damage': { source: 'r', level: 'ours' },
  'image.metadata': { source: 'r', level: 'ours' },
  'image.extra': { source: 'r', level: 'ours' },
  'image.upscale': { source: 'r', level: 'advice' },
  'prompt.length': { source: 'p', level: 'hard' },
  'prompt.lengthAdvice': { source: 'p', level: 'advice' },
  'callbackUrl.form': { source: 'p', level: 'hard' },
  'element.orientation': { source: 'p', level: 'hard' },
  'element.name': { source: 'p', level: 'hard' },
  'element.description': { source: 'p', level: 'hard' },
};

export function clipTargetFor(orientation: Orientation): ClipTarget {
  return orientation === 'image' ? 'motion-image' : 'motion-video';
}
