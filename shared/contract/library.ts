/** A result of the library: its record as everybody sees it and as it is stored. Commands are in libraryCommands.ts. */
import { z } from 'zod';
import { libraryLimits } from '../library/libraryLimits.ts';
import { textBounds } from './ids.ts';
import { recipeSchema } from './jobs.ts';

/**
 * What a result is called by: in the index, in addresses, and as a folder in the trash. Sidecars of strangers name themselves too, so
 * there is one grammar, and no id is ever a path, a name that a system keeps for itself, or long.
 */
export const resultIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,79}$/)
  .refine((id) => !/^(con|prn|aux|nul|com[0-9]|lpt[0-9])$/i.test(id));

const name = z.string().max(libraryLimits.nameLength);
const filePath = z.string().max(libraryLimits.pathLength);
const shortText = z.string().max(libraryLimits.textLength);

/** A remark about a result, at a moment of it or of the whole; exports write those with a time as markers. */
export const libraryNoteSchema = z.object({
  id: resultIdSchema,
  /** From the result's first frame; null: of the whole. */
  atSeconds: z.number().min(0).nullable(),
  text: z.string().max(libraryLimits.noteLength),
  isDone: z.boolean(),
});
export type LibraryNote = z.infer<typeof libraryNoteSchema>;

/** none: nobody has looked yet. */
export const libraryFlags = ['none', 'pick', 'reject'] as const;
export type LibraryFlag = (typeof libraryFlags)[number];

/** Fields with a default came later: records of older versions are read with it. */
export const libraryItemSchema = z.object({
  id: resultIdSchema,
  /** Null, as `accountId`, `taskId` and `recipe`: a video that was imported; nobody ordered it here. */
  jobId: resultIdSchema.nullable(),
  name,
  /** Absolute, for "copy path" and the CLI. */
  file: filePath,
  sidecar: filePath,
  /** As it was seen last; nothing is looked up when a list is asked for. */
  state: z.enum(['present', 'missing']),
  createdAt: shortText,
  width: z.number().int(),
  height: z.number().int(),
  durationSeconds: z.number(),
  /** What was ordered; the result may be shorter and is valid all the same. */
  orderedSeconds: z.number(),
  sizeBytes: z.number(),
  hasAudio: z.boolean(),
  isSandbox: z.boolean(),
  accountId: shortText.nullable(),
  taskId: shortText.nullable(),
  recipe: recipeSchema.nullable(),
  videoName: name,
  imageName: name.nullable(),
  creditsCharged: shortText.nullable(),
  rating: z.number().int().min(0).max(5),
  flag: z.enum(libraryFlags).default('none'),
  /** Out of sight, without being thrown away. */
  isHidden: z.boolean().default(false),
  tags: z.array(z.string().max(60)).max(50),
  project: z.string().max(textBounds.name).nullable().default(null),
  /** About the whole; what belongs to a moment is in `notes`. */
  note: z.string().max(5000),
  notes: z.array(libraryNoteSchema).max(libraryLimits.notes).default([]),
  /** Results of the same clip, the same part of it and the same character have one; null: nothing was ordered. */
  shotId: shortText.nullable().default(null),
  /** Its number among the results of its shot, by creation; null: in no shot. */
  take: z.number().int().nullable().default(null),
  /** Whether the file carries signed provenance (a C2PA box); null: nobody has looked. */
  hasProvenance: z.boolean().nullable().default(null),
});

/** As it is stored: the record without what is looked up or counted, and no longer than `libraryLimits` say. */
export const storedItemSchema = libraryItemSchema
  .omit({ state: true, take: true })
  .refine((item) => JSON.stringify(item).length <= libraryLimits.recordLength);
export type StoredItem = z.infer<typeof storedItemSchema>;
export type LibraryItem = z.infer<typeof libraryItemSchema>;

/** A result in the library's trash: out of the library, with its files and its recipe, until it is put back or deleted for good. */
export const trashedItemSchema = libraryItemSchema
  .pick({ id: true, name: true, isSandbox: true, sizeBytes: true })
  .extend({ trashedAt: shortText });
export type TrashedItem = z.infer<typeof trashedItemSchema>;
