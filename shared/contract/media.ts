/** Assets, their facts, verdicts, plans and prepared takes. Paths never appear here: a page knows ids. */
import { z } from 'zod';
import { limitNames } from '../rules/limits.ts';
import { idSchema, providerTextSchema, textBounds } from './ids.ts';
import { imageInsideSchema } from './imageInside.ts';
import { timelineSchema } from './timeline.ts';

export const frameRateSchema = z.object({ num: z.number().int().positive(), den: z.number().int().positive() });

export const orientationSchema = z.enum(['image', 'video']);
export const qualitySchema = z.enum(['720p', '1080p']);
export const presetSchema = z.enum(['fast', 'best', 'keep']);
export const clipTargetSchema = z.enum(['motion-image', 'motion-video', 'element']);

/**
 * Half-open [from, to). `frames` for constant-rate clips (frame numbers of the source, 0 = the first that a player shows),
 * `seconds` for variable-rate clips (on the clock that starts at the first shown frame).
 */
export const trimSchema = z.discriminatedUnion('unit', [
  z.object({ unit: z.literal('frames'), from: z.number().int().min(0), to: z.number().int().min(1) }),
  z.object({ unit: z.literal('seconds'), from: z.number().min(0), to: z.number().positive() }),
]);
export type Trim = z.infer<typeof trimSchema>;

/** A part of the picture, in pixels as shown (after rotation and sample aspect). */
export const cropSchema = z.object({
  x: z.number().int().min(0),
  y: z.number().int().min(0),
  width: z.number().int().min(1),
  height: z.number().int().min(1),
});
export type Crop = z.infer<typeof cropSchema>;

const colorSchema = z.string().regex(/^#[0-9a-fA-F]{6}$/);
/** What fills the room beside a picture whose shape no scaling makes legal: its own blur, or a colour. */
export const padSchema = z.union([z.literal('blur'), colorSchema]);

/** What of a clip's picture is used. Absent: all of it, and black where it must be padded. */
const framing = { crop: cropSchema.optional(), pad: padSchema.optional() };

/** What of an image is used: `pad` brings an illegal ratio into range, `background` shows through transparency. */
export const imageEditSchema = z.object({
  ...framing,
  /** Absent: white. `transparent`: sent as it is. */
  background: z.union([z.literal('transparent'), colorSchema]).optional(),
  /** Place, names and the like are sent along; absent: they are left out. */
  keepMetadata: z.boolean().optional(),
});
export type ImageEdit = z.infer<typeof imageEditSchema>;

/** Which of a clip's sound tracks is taken along, counted from 1 in the order of the file; 0: none; absent: the default one, else the first. */
export const soundTrackSchema = z.number().int().min(0);
/** What of a clip is used, its length apart. */
const clipParts = { ...framing, soundTrack: soundTrackSchema.optional() };

/** Two recordings, joined end to end, both claim `seconds` from `atSeconds` on; on the clock that starts at the first shown frame. */
export const overlapSchema = z.object({ atSeconds: z.number(), seconds: z.number() });

export const audioTrackSchema = z.object({
  /** Stream index inside the file. */
  index: z.number().int(),
  codec: z.string(),
  channels: z.number().int(),
  sampleRateHz: z.number(),
  language: z.string().nullable(),
  isDefault: z.boolean(),
  durationSeconds: z.number().nullable(),
  startSeconds: z.number(),
  /** When its last packet ends, on the clock that starts at the first shown frame; absent: not counted. */
  endSeconds: z.number().optional(),
  /** Absent: nowhere. */
  overlaps: z.array(overlapSchema).optional(),
});

/** Where it was recorded; a camera's own track of places and movements; who; with what; words. */
export const clipPrivateKinds = ['place', 'telemetry', 'person', 'device', 'text'] as const;
export type ClipPrivateKind = (typeof clipPrivateKinds)[number];

export const videoFactsSchema = z.object({
  kind: z.literal('video'),
  /** 'mp4' | 'mov' | 'matroska' | 'webm' | 'mpegts' | 'avi' | 'gif' | …: by content, never by extension. */
  container: z.string(),
  sizeBytes: z.number(),
  codec: z.string(),
  profile: z.string().nullable(),
  pixelFormat: z.string(),
  bitDepth: z.number(),
  chroma: z.enum(['4:2:0', '4:2:2', '4:4:4', 'other']),
  scan: z.enum(['progressive', 'interlaced']),
  /** As stored. */
  codedWidth: z.number().int(),
  codedHeight: z.number().int(),
  /** Clockwise, 0 | 90 | 180 | 270. */
  rotationDegrees: z.number(),
  sampleAspect: z.object({ num: z.number().int(), den: z.number().int() }),
  /** As shown: after sample aspect and rotation, rounded. */
  width: z.number().int(),
  height: z.number().int(),
  colorRange: z.string().nullable(),
  colorPrimaries: z.string().nullable(),
  colorTransfer: z.string().nullable(),
  colorSpace: z.string().nullable(),
  isHdr: z.boolean(),
  /** The measured rate for constant-rate clips, the average for variable ones. */
  frameRate: frameRateSchema,
  isConstantRate: z.boolean(),
  /** Counted, not declared; null only when the clip is too long to count cheaply. */
  frameCount: z.number().int().nullable(),
  /** Of the video stream as shown. */
  durationSeconds: z.number(),
  /** Time stamp of the first shown frame against the file's zero. */
  startSeconds: z.number(),
  /** True when something other than decoder delay or audio priming shifts or hides frames. */
  hasEditList: z.boolean(),
  videoStreamIndex: z.number().int(),
  videoStreamCount: z.number().int(),
  bitRate: z.number().nullable(),
  audio: z.array(audioTrackSchema),
  hasCoverArt: z.boolean(),
  sourceTimecode: z.string().nullable(),
  /** The longest stretch between two keyframes; null when not measured. */
  keyframeGapSeconds: z.number().nullable().optional(),
  /** Mirrored left to right before it is turned by `rotationDegrees`. */
  isMirrored: z.boolean().optional(),
  /** From the file's Dolby Vision record: the profile, and what its base layer is compatible with. */
  dolbyVision: z.object({ profile: z.number().int(), compatibility: z.number().int() }).optional(),
  /** True when the file stamps the order of decoding alone: pictures are then found by counting from the beginning. */
  isStampedByOrder: z.boolean().optional(),
  /** Pictures at the beginning that lean on ones which are not in the file: nobody can decode them. */
  undecodableCount: z.number().int().optional(),
  /** The last recording stopped in the middle of a piece: what counts is what came whole. */
  isCutShort: z.boolean().optional(),
  /** Where the pictures' clock goes back: in between no time means one frame. Absent: nowhere. */
  clockOverlaps: z.array(overlapSchema).optional(),
  /** Sound tracks that the file declares and that hold no sound. */
  emptySoundCount: z.number().int().optional(),
  /** What the file tells beside picture and sound; absent in facts of older versions, which are read again before anything is sent. */
  privateKinds: z.array(z.enum(clipPrivateKinds)).optional(),
  /**
   * Where a copy without re-encoding may begin (frames on a clean keyframe, and their time stamps) and end (`null`: anywhere,
   * else these frame counts); absent when no copy is possible or the clip is too long to list them.
   */
  cuts: z
    .object({
      starts: z.array(z.number().int()),
      startsSeconds: z.array(z.number()),
      ends: z.array(z.number().int()).nullable(),
    })
    .nullable()
    .optional(),
});
export type VideoFacts = z.infer<typeof videoFactsSchema>;

export const imageFactsSchema = z.object({
  kind: z.literal('image'),
  /** 'jpeg' | 'png' | 'webp' | 'gif' | 'tiff' | 'avif' | 'heif' | 'svg' | …: by content. */
  format: z.string(),
  sizeBytes: z.number(),
  /** As shown: after EXIF orientation. */
  width: z.number().int(),
  height: z.number().int(),
  exifOrientation: z.number().int(),
  hasAlpha: z.boolean(),
  colorSpace: z.string().nullable(),
  bitsPerSample: z.number().nullable(),
  pages: z.number().int(),
  /** What lies in the file beside plain pixels; absent in facts of older versions, which are read again before anything is sent. */
  inside: imageInsideSchema.optional(),
});
export type ImageFacts = z.infer<typeof imageFactsSchema>;

export const assetSchema = z.object({
  id: z.string(),
  /** File name for display only. */
  name: z.string(),
  addedAt: z.string(),
  facts: z.discriminatedUnion('kind', [videoFactsSchema, imageFactsSchema]),
  /** False when the file is not where it was, and no original of it was kept. */
  isPresent: z.boolean(),
  /** True: it is not where it was, and the original that the library kept is taken. */
  isKeptOriginal: z.boolean().optional(),
});
export type Asset = z.infer<typeof assetSchema>;

export const reasonSchema = z.object({
  field: z.string(),
  rule: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});

/** One line of the checks: the rule, what was found (in `params`), and what happens. */
export const verdictSchema = reasonSchema.extend({
  level: z.enum(['hard', 'ours', 'advice']),
  source: z.enum(['p', 'd', 'c', 'r']),
  /** pass · fixed: done by preparing · blocked: needs the person · warn: advice. */
  state: z.enum(['pass', 'fixed', 'blocked', 'warn']),
  /** What a Fix button may do, where one click helps. */
  fix: z.enum(['trimToMax', 'extendToMin', 'switchToVideo', 'cropImage', 'padImage', 'shortenPrompt']).nullable(),
  /** The limit is a person's own (Settings); `table`: what it would be without. */
  override: z
    .object({ date: z.string(), note: z.string(), table: z.number(), value: z.number(), name: z.enum(limitNames) })
    .optional(),
});
export type Verdict = z.infer<typeof verdictSchema>;

/** One thing that preparing does, as i18n key under `plan.<id>` with its parameters. */
export const planStepSchema = z.object({
  id: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
export type PlanStep = z.infer<typeof planStepSchema>;

export const preparePlanSchema = z.object({
  kind: z.enum(['untouched', 'remux', 'reencode']),
  target: clipTargetSchema,
  preset: presetSchema,
  trim: trimSchema,
  ...clipParts,
  /** Only where a person has overridden some of the target's limits: the plan is made and verified by these. */
  limits: z
    .object({
      minSeconds: z.number(),
      maxSeconds: z.number(),
      minSidePx: z.number(),
      maxSidePx: z.number(),
      maxBytes: z.number(),
    })
    .optional(),
  steps: z.array(planStepSchema),
  output: z.object({
    width: z.number().int(),
    height: z.number().int(),
    frameRate: frameRateSchema,
    frameCount: z.number().int(),
    durationSeconds: z.number(),
    hasAudio: z.boolean(),
    predictedBytes: z.number(),
  }),
});
export type PreparePlan = z.infer<typeof preparePlanSchema>;

export const checkInputSchema = z.object({
  videoId: idSchema.optional(),
  imageId: idSchema.optional(),
  elementClipId: idSchema.optional(),
  trim: trimSchema.optional(),
  orientation: orientationSchema.default('video'),
  quality: qualitySchema.optional(),
  preset: presetSchema.default('fast'),
  ...clipParts,
  imageEdit: imageEditSchema.optional(),
  prompt: z.string().max(textBounds.prompt).optional(),
  elementId: providerTextSchema.optional(),
  callbackUrl: z.string().max(textBounds.url).optional(),
});

/** Credits on the wire: exact decimal strings. */
export const creditRangeSchema = z.object({ low: z.string(), high: z.string() });

export const checkResultSchema = z.object({
  verdicts: z.array(verdictSchema),
  isLegal: z.boolean(),
  /** Null when there is no clip, or when the clip cannot be made legal (a verdict says why). */
  plan: preparePlanSchema.nullable(),
  price: creditRangeSchema.nullable(),
});
export type CheckResult = z.infer<typeof checkResultSchema>;

export const preparedSchema = z.object({
  id: z.string(),
  assetId: z.string(),
  assetName: z.string(),
  plan: preparePlanSchema,
  sha256: z.string(),
  sizeBytes: z.number(),
  createdAt: z.string(),
  /** On the shelf by a person's wish; false: made for a job only. */
  isKept: z.boolean(),
});
export type Prepared = z.infer<typeof preparedSchema>;

export const clipOrderSchema = z.object({
  assetId: idSchema,
  target: clipTargetSchema,
  trim: trimSchema.optional(),
  preset: presetSchema.default('fast'),
  ...clipParts,
});

const id = z.object({ id: idSchema });
export const mediaCommands = {
  'assets.get': { input: id, output: assetSchema },
  'assets.list': {
    input: z.object({
      kind: z.enum(['video', 'image']).optional(),
      limit: z.number().int().min(1).max(1000).default(50),
    }),
    output: z.array(assetSchema),
  },
  /** The first picture of a clip that is a picture too (animated GIF), as a character image of its own; an image answers itself. */
  'assets.still': { input: id, output: assetSchema },
  /** A result of the library as a clip: the same file, where it lies. */
  'assets.ofResult': { input: id, output: assetSchema },
  'media.check': { input: checkInputSchema, output: checkResultSchema },
  /** Starts the filmstrip and waveform if need be and answers what is there; `media.timelineChanged` tells of more. */
  'media.timeline': { input: id, output: timelineSchema },
  /** Stops what is still being made for a clip that nobody looks at any more; asking again goes on from what is complete. */
  'media.timelineStop': { input: id, output: z.object({}) },
  /** Makes (once) an H.264 copy that Chromium can show; answers when it is playable at media URL `proxy/<id>`. */
  'media.proxy': { input: id, output: z.object({ isReady: z.boolean() }) },
  /** Prepares now, offline and free, and puts the take on the shelf. Progress comes as `media.prepareProgress`. */
  'prepared.make': { input: clipOrderSchema, output: preparedSchema },
  'prepared.cancel': { input: clipOrderSchema, output: z.object({}) },
  'prepared.list': { input: z.object({}), output: z.array(preparedSchema) },
  'prepared.remove': { input: id, output: z.object({}) },
} as const;

export const mediaEvents = {
  'media.timelineChanged': z.object({ assetId: z.string(), timeline: timelineSchema }),
  'media.prepareProgress': z.object({ assetId: z.string(), ratio: z.number().nullable() }),
  'prepared.changed': z.object({}),
} as const;
