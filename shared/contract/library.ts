/** The library of results. */
import { z } from 'zod';
import { idSchema, textBounds } from './ids.ts';
import { recipeSchema } from './jobs.ts';

export const libraryItemSchema = z.object({
  id: z.string(),
  jobId: z.string(),
  name: z.string(),
  /** Absolute, for "copy path" and the CLI. */
  file: z.string(),
  sidecar: z.string(),
  state: z.enum(['present', 'missing']),
  createdAt: z.string(),
  width: z.number().int(),
  height: z.number().int(),
  durationSeconds: z.number(),
  /** What was ordered; the result may be shorter and is valid all the same. */
  orderedSeconds: z.number(),
  sizeBytes: z.number(),
  hasAudio: z.boolean(),
  isSandbox: z.boolean(),
  accountId: z.string(),
  taskId: z.string(),
  recipe: recipeSchema,
  videoName: z.string(),
  imageName: z.string().nullable(),
  creditsCharged: z.string().nullable(),
  rating: z.number().int().min(0).max(5),
  tags: z.array(z.string()),
  note: z.string(),
});
export type LibraryItem = z.infer<typeof libraryItemSchema>;

/** A result in the library's trash: out of the library, with its files and its recipe, until it is put back or deleted for good. */
export const trashedItemSchema = libraryItemSchema
  .pick({ id: true, name: true, isSandbox: true, sizeBytes: true })
  .extend({ trashedAt: z.string() });
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
      name: z.string().min(1).max(200).optional(),
      rating: z.number().int().min(0).max(5).optional(),
      tags: z.array(z.string().max(60)).max(50).optional(),
      note: z.string().max(5000).optional(),
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
      /** Recipes that cannot be read, and videos that belong to no recipe: paths, left alone. */
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
