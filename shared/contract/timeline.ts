/** What the timeline shows of a clip: pictures, sound, and what is seen in it. */
import { z } from 'zod';

const rangeSchema = z.object({ from: z.number(), to: z.number() });

/** What is seen in a clip, in seconds on the clock that starts at its first shown frame; ranges are half-open. */
export const shotsSchema = z.object({
  /** The first picture of the new shot; confidence 0.5 (just so) to 1. */
  cuts: z.array(z.object({ seconds: z.number(), confidence: z.number() })),
  black: z.array(rangeSchema),
  freezes: z.array(rangeSchema),
  /** Stretches without cut, black or freeze that are long enough to be ordered. */
  takes: z.array(rangeSchema),
  /** `fast` is fast or shaky; score 0..1. */
  motion: z.object({ level: z.enum(['still', 'steady', 'fast']), score: z.number() }),
  /** The same score for each second of the clip. */
  motionBySecond: z.array(z.number()),
});
export type Shots = z.infer<typeof shotsSchema>;

/** The beats of a clip's sound, in seconds on the same clock. */
export const beatsSchema = z.object({ bpm: z.number(), seconds: z.array(z.number()) });
export type Beats = z.infer<typeof beatsSchema>;

export const timelineSchema = z.object({
  /** URL templates: `{n}` = 0-based picture; pictures are spread evenly over the clip. */
  filmstrip: z.object({ count: z.number().int(), doneCount: z.number().int(), width: z.number(), height: z.number() }),
  /** 0..1 peaks, evenly spread; null: no sound; empty while being made. */
  peaks: z.array(z.number()).nullable(),
  /** Null: the sound has no steady beat (or there is none); absent: not known yet. */
  beats: beatsSchema.nullable().optional(),
  /** Pictures and peaks are complete. */
  isDone: z.boolean(),
  /** Absent until it is known, which comes after the rest; `cutsAreCoarse`: keyframes alone were compared so far. */
  ...shotsSchema.partial().shape,
  cutsAreCoarse: z.boolean().optional(),
  /** The look for shots has ended: what is absent now stays absent (too large to look through, or not readable). */
  isScanned: z.boolean().optional(),
});
export type Timeline = z.infer<typeof timelineSchema>;
