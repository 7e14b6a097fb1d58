/** Copies of results for the timeline: what is made of them, what was made, and what a person has to know about it. */
import { z } from 'zod';
import { conformPresetIds } from '../handoff/conformPresets.ts';
import { conformRateNames } from '../handoff/conformRate.ts';
import { idSchema } from './ids.ts';
import { frameRateSchema, reasonSchema } from './media.ts';

export const conformLimits = { items: 1000, sidePx: 8192, offsetMs: 10_000 } as const;

const side = z.number().int().min(2).max(conformLimits.sidePx);

/** What a copy is to be like. The page names no folder: copies lie in `Conformed` in the library folder. */
export const conformOptionsSchema = z.object({
  preset: z.enum(conformPresetIds),
  /** `reference`: the clip's own, where it has one; `result`: as the result came. */
  rate: z.enum(['reference', 'result', ...conformRateNames]).default('reference'),
  /** Every picture once, played at the new rate (up to 5 % faster or slower), in place of repeating or dropping some. */
  isRestamped: z.boolean().default(false),
  /** Of the sequence; absent: the result's own. Both sides are even. */
  size: z.object({ width: side, height: side }).optional(),
  /** `pad`: bars up to the sequence's size; `scale`: as large as fits in it, without bars. */
  fit: z.enum(['scale', 'pad']).default('pad'),
  sound: z.enum(['original', 'result', 'none']).default('original'),
  /** Milliseconds by which the sound comes later than by the order's trim; absent: found by comparing, 0 where that tells nothing. */
  soundOffsetMs: z.number().min(-conformLimits.offsetMs).max(conformLimits.offsetMs).optional(),
  /** Names of files in plain ASCII. The name of the clip inside stays as it is. */
  isAscii: z.boolean().default(false),
  /** A note in the copy's metadata that it was generated, and how. */
  hasProvenance: z.boolean().default(false),
});
export type ConformOptions = z.infer<typeof conformOptionsSchema>;

export const conformInputSchema = conformOptionsSchema.extend({
  ids: z.array(idSchema).min(1).max(conformLimits.items),
  /** Minted by the caller: progress and cancelling name it. */
  taskId: idSchema,
});
export type ConformInput = z.infer<typeof conformInputSchema>;

/** Something about a copy that a person has to know, as i18n key under `conform.notes.<id>` with its parameters. */
export const conformNoteSchema = z.object({
  id: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
export type ConformNote = z.infer<typeof conformNoteSchema>;

/** How the sound was placed. `confidence` 0..1 is that of the comparison; null: nothing was compared. */
const soundPlaceSchema = z.object({
  from: z.enum(['original', 'prepared', 'result', 'none']),
  offsetMs: z.number(),
  /** asked: by the caller; sound, picture: by comparing; trim: by the order alone. */
  by: z.enum(['asked', 'sound', 'picture', 'trim']),
  confidence: z.number().nullable(),
});
export type SoundPlace = z.infer<typeof soundPlaceSchema>;

const copySchema = z.object({
  width: z.number().int(),
  height: z.number().int(),
  frameRate: frameRateSchema,
  frameCount: z.number().int(),
  /** Pictures shown twice, and pictures of the result that are in none, by the exact time of each. */
  repeated: z.number().int(),
  dropped: z.number().int(),
  /** HH:MM:SS:FF, `;` before FF for drop-frame; null: the reference has none. */
  timecode: z.string().nullable(),
  notes: z.array(conformNoteSchema),
});
export type ConformCopy = z.infer<typeof copySchema>;

export const conformedSchema = copySchema.extend({
  file: z.string(),
  sizeBytes: z.number(),
  sha256: z.string(),
  sound: soundPlaceSchema,
});
export type Conformed = z.infer<typeof conformedSchema>;

const errorSchema = z.object({ code: z.string(), reasons: z.array(reasonSchema), detail: z.string().optional() });

/** One per id, in the order asked. `reused`: it lay there from before, unchanged. */
export const conformOutcomeSchema = z.discriminatedUnion('state', [
  z.object({ id: z.string(), state: z.enum(['made', 'reused']), copy: conformedSchema }),
  z.object({ id: z.string(), state: z.literal('failed'), error: errorSchema }),
  z.object({ id: z.string(), state: z.literal('cancelled') }),
]);
export type ConformOutcome = z.infer<typeof conformOutcomeSchema>;

export const conformAnswerSchema = z.object({ folder: z.string(), items: z.array(conformOutcomeSchema) });
export type ConformAnswer = z.infer<typeof conformAnswerSchema>;

export const conformPlanSchema = z.object({
  folder: z.string(),
  items: z.array(
    z.discriminatedUnion('state', [
      z.object({
        id: z.string(),
        /** `there`: made before and unchanged, nothing will be done. */
        state: z.enum(['new', 'there']),
        name: z.string(),
        estimatedBytes: z.number(),
        copy: copySchema,
      }),
      z.object({ id: z.string(), state: z.literal('refused'), error: errorSchema }),
    ]),
  ),
  neededBytes: z.number(),
  /** Null: the system does not say. */
  freeBytes: z.number().nullable(),
});
export type ConformPlan = z.infer<typeof conformPlanSchema>;

export const conformCommands = {
  /** What would be made, without making it. */
  'handoff.conformPlan': {
    input: conformOptionsSchema.extend({ ids: conformInputSchema.shape.ids }),
    output: conformPlanSchema,
  },
  /** Makes the copies one after another and answers when all are there; what cannot be made does not stop the others. */
  'handoff.conform': { input: conformInputSchema, output: conformAnswerSchema },
  /** Ends a task after what is finished; of the copy under way nothing stays. */
  'handoff.conformCancel': { input: z.object({ taskId: idSchema }), output: z.object({}) },
} as const;

export const conformEvents = {
  'handoff.conformProgress': z.object({
    taskId: z.string(),
    id: z.string(),
    /** Results that are finished, of all. */
    done: z.number().int(),
    total: z.number().int(),
    /** Of this one, 0..1; null: not known yet. */
    ratio: z.number().nullable(),
  }),
} as const;
