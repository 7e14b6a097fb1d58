/** The library of results. */
import { z } from 'zod';
import { idSchema, textBounds } from './ids.ts';
import { recipeSchema } from './jobs.ts';
import { lineOf, linesOf } from './texts.ts';

/**
 * What a result is called by: in the index, in addresses, and as a folder in the trash. Sidecars of strangers name themselves too, so
 * there is one grammar, and no id is ever a path, a name that a system keeps for itself, or long.
 */
export const resultIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,79}$/)
  .refine((id) => !/^(con|prn|aux|nul|com[0-9]|lpt[0-9])$/i.test(id));

/** No name, prompt or path of a person comes near; the whole record of a result is kept small, since lists hold a thousand of them. */
export const libraryLimits = { nameLength: 300, pathLength: 4096, textLength: 200, recordLength: 32_000 } as const;

const name = z.string().max(libraryLimits.nameLength);
const filePath = z.string().max(libraryLimits.pathLength);
const shortText = z.string().max(libraryLimits.textLength);

export const libraryItemSchema = z.object({
  id: resultIdSchema,
  jobId: resultIdSchema,
  name,
  /** Absolute, for "copy path" and the CLI. */
  file: filePath,
  sidecar: filePath,
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
  accountId: shortText,
  taskId: shortText,
  recipe: recipeSchema,
  videoName: name,
  imageName: name.nullable(),
  creditsCharged: shortText.nullable(),
  rating: z.number().int().min(0).max(5),
  tags: z.array(z.string().max(60)).max(50),
  note: z.string().max(5000),
});

/** As it is stored: the record without what is looked up each time, and no longer than `libraryLimits` say. */
export const storedItemSchema = libraryItemSchema
  .omit({ state: true })
  .refine((item) => JSON.stringify(item).length <= libraryLimits.recordLength);
export type LibraryItem = z.infer<typeof libraryItemSchema>;

/** A result in the library's trash: out of the library, with its files and its recipe, until it is put back or deleted for good. */
export const trashedItemSchema = libraryItemSchema
  .pick({ id: true, name: true, isSandbox: true, sizeBytes: true })
  .extend({ trashedAt: shortText });
export type TrashedItem = z.infer<typeof trashedItemSchema>;

const id = z.object({ id: idSchema });
const ids = z.object({ ids: z.array(idSchema).min(1).max(1000) });
export const libraryCommands = {
  'library.list': {
    input: z.object({
      search: z.string().max(textBounds.name).default(''),
      limit: z.number().int().min(1).max(1000).default(200),
      offset: z.number().int().min(0).default(0),
    }),
    output: z.object({ items: z.array(libraryItemSchema), total: z.number().int() }),
  },
  'library.get': { input: id, output: libraryItemSchema },
  'library.update': {
    input: id.extend({
      name: lineOf(200).min(1).optional(),
      rating: z.number().int().min(0).max(5).optional(),
      tags: z.array(lineOf(60)).max(50).optional(),
      note: linesOf(5000).optional(),
    }),
    output: libraryItemSchema,
  },
  /** Reads every recipe of the library folders anew, and looks for moved files by their content. Nothing is deleted or forgotten. */
  'library.rebuild': {
    input: z.object({}),
    output: z.object({
      present: z.number().int(),
      missing: z.number().int(),
      /** Found again elsewhere. */
      moved: z.number().int(),
      /** What cannot be read or is not what it says (a link, a text too large), and videos that belong to no recipe: paths, left alone. */
      damaged: z.array(z.string()),
      strays: z.array(z.string()),
    }),
  },
  /** Out of the library; a trash on the same volume keeps all of it. */
  'library.trash': { input: ids, output: z.object({ items: z.array(trashedItemSchema) }) },
  /** Under the old name, or with a number behind it where that is taken by now. */
  'library.putBack': { input: ids, output: z.object({ items: z.array(libraryItemSchema) }) },
  /** Newest first. */
  'library.trashed': { input: z.object({}), output: z.object({ items: z.array(trashedItemSchema) }) },
  /** Deletes for good: the one thing in the library that cannot be undone. */
  'library.emptyTrash': { input: ids, output: z.object({ removed: z.number().int() }) },
  /** Shows the file in the system's file manager (capability `reveal`). */
  'library.reveal': { input: id, output: z.object({}) },
} as const;

export const libraryEvents = { 'library.changed': z.object({}) } as const;
