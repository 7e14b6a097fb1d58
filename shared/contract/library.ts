/** The library of results. */
import { z } from 'zod';
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

const id = z.object({ id: z.string() });
export const libraryCommands = {
  'library.list': {
    input: z.object({
      search: z.string().default(''),
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
  /** Shows the file in the system's file manager (capability `reveal`). */
  'library.reveal': { input: id, output: z.object({}) },
} as const;

export const libraryEvents = { 'library.changed': z.object({}) } as const;
