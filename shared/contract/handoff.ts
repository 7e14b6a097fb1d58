/** What is handed to an editing program: results as clips of a timeline, and where in an edit their orders came from. */
import { z } from 'zod';
import { idSchema } from './ids.ts';
import { frameRateSchema } from './media.ts';
import { lineOf } from './texts.ts';

/** One media file as a timeline names it. All frames are counted from its first picture, at its own rate. */
export const handoffMediaSchema = z.object({
  /** Absolute, in the form of the system it lies on. */
  path: z.string(),
  rate: frameRateSchema,
  /** How its timecode is counted: labels are dropped at 29.97 and 59.94. */
  isDropFrame: z.boolean(),
  /** The frame that the file's own timecode begins at; 0 when it has none. Programs compare it with the file. */
  startFrames: z.number().int().min(0),
  durationFrames: z.number().int().min(1),
  width: z.number().int(),
  height: z.number().int(),
  sound: z.object({ channels: z.number().int().min(1), rateHz: z.number().int().min(1) }).nullable(),
  /** Null: made of the file's name where a format needs one. */
  reel: z.string().nullable(),
  /** Null: not known, and not named. */
  colorSpace: z.enum(['rec709']).nullable(),
});
export type HandoffMedia = z.infer<typeof handoffMediaSchema>;

/** A note with a place: counted from the first picture of the file, at the file's rate. */
export const handoffMarkerSchema = z.object({
  atFrames: z.number().int().min(0),
  text: z.string(),
  isDone: z.boolean(),
});
export type HandoffMarker = z.infer<typeof handoffMarkerSchema>;

export const handoffClipSchema = z.object({
  itemId: z.string(),
  /** As people call it; the file may be called otherwise. */
  name: z.string(),
  media: handoffMediaSchema,
  /** Half-open [in, out), in frames of the file. */
  inFrames: z.number().int().min(0),
  outFrames: z.number().int().min(1),
  /** Where it begins on the timeline, in frames of the timeline from its first. */
  recordFrames: z.number().int().min(0),
  markers: z.array(handoffMarkerSchema),
});
export type HandoffClip = z.infer<typeof handoffClipSchema>;

export const handoffTimelineSchema = z.object({
  name: z.string(),
  rate: frameRateSchema,
  isDropFrame: z.boolean(),
  /** The timecode of the first frame, as a count of frames: one hour by custom. */
  startFrames: z.number().int().min(0),
  width: z.number().int(),
  height: z.number().int(),
  clips: z.array(handoffClipSchema),
});
export type HandoffTimeline = z.infer<typeof handoffTimelineSchema>;

/** What was ordered of a clip, and what came of it: enough to find the place in an edit that holds that clip. */
export const handoffOrderSchema = z.object({
  itemId: z.string(),
  name: z.string(),
  media: handoffMediaSchema,
  markers: z.array(handoffMarkerSchema),
  source: z.object({
    /** File name with its extension. */
    name: z.string(),
    /** Where it lay when it was ordered; null: not known. */
    path: z.string().nullable(),
    rate: frameRateSchema,
    /** Of the file's own timecode. */
    startFrames: z.number().int().min(0),
    isDropFrame: z.boolean(),
    width: z.number().int(),
    height: z.number().int(),
    /** Half-open, in frames of the source: the result's first frame stands at `inFrames`. */
    inFrames: z.number().int().min(0),
    outFrames: z.number().int().min(1),
  }),
});
export type HandoffOrder = z.infer<typeof handoffOrderSchema>;

export const handoffFormats = ['fcpxml', 'xmeml', 'otio', 'edl', 'edl-premiere', 'csv', 'ale'] as const;
export type HandoffFormat = (typeof handoffFormats)[number];

/** So many finished tasks are remembered, for the timelines that name their copies. */
export const mostCopyTasks = 200;

export const handoffCommands = {
  /**
   * The facts of what is to be handed over, in the order given. The texts are written by whoever asks (`shared/handoff`): a long edit
   * takes seconds to read, and the app has orders to follow meanwhile. Refuses results that are missing, that have no constant rate,
   * and with `timeline` such whose rates do not fit into one timeline; with `copiesOf` those of which no copy was made.
   */
  'handoff.gather': {
    input: z.object({
      ids: z.array(idSchema).min(1).max(1000),
      /** `timeline`: end to end; `orders`: for the places that an edit has for them. */
      as: z.enum(['timeline', 'orders']),
      name: lineOf(200).min(1).optional(),
      /** Tasks of `handoff.conform`: their copies are named in place of the results, the last one's where a result has several. */
      copiesOf: z.array(idSchema).min(1).max(mostCopyTasks).optional(),
    }),
    output: z.object({ timeline: handoffTimelineSchema.nullable(), orders: z.array(handoffOrderSchema) }),
  },
} as const;
