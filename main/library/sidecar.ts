/** The recipe beside every result: enough to find it, understand it, and order it again without the databases. */
import { z } from 'zod';
import { recipeSchema } from '../../shared/contract/jobs.ts';
import { libraryLimits, resultIdSchema, storedItemSchema } from '../../shared/contract/library.ts';
import { preparePlanSchema } from '../../shared/contract/media.ts';
import { jsonDepth, readBoundedJson } from '../storage/ownFiles.ts';

const sourceSchema = z.object({ name: z.string(), path: z.string(), assetId: z.string(), sizeBytes: z.number() });

export const sidecarSchema = z.object({
  restage: z.literal(1),
  /** The library's own record; `file` and `sidecar` are names beside this file, so that a folder can be moved. */
  item: storedItemSchema,
  /** The result's bytes, by which it is found again under another name. */
  file: z.object({ sha256: z.string(), sizeBytes: z.number() }).optional(),
  recipe: recipeSchema,
  sources: z.object({ video: sourceSchema, image: sourceSchema.nullable() }),
  prepared: z.object({ sha256: z.string(), sizeBytes: z.number(), plan: preparePlanSchema }).nullable(),
  order: z.object({
    jobId: resultIdSchema,
    orderId: z.string(),
    orderName: z.string().nullable(),
    createdAt: z.string(),
    retryOf: z.string().nullable(),
  }),
  provider: z.object({
    accountId: z.string(),
    isSandbox: z.boolean(),
    taskId: z.string(),
    /** The exact body that was sent. */
    request: z.unknown(),
    /** The task as the server told it last, raw. */
    task: z.unknown(),
    submittedAt: z.string().nullable(),
    completedAt: z.string().nullable(),
  }),
  price: z.object({
    estimateLow: z.string(),
    estimateHigh: z.string(),
    chargeState: z.string(),
    chargedCredits: z.string().nullable(),
  }),
});
export type Sidecar = z.infer<typeof sidecarSchema>;

export const SIDECAR_SUFFIX = '.restage.json';

/** A recipe of ours has some thousand bytes; with it goes what the server said, as it said it. */
const bounds = { maxBytes: 1_000_000, maxDepth: 64 };

/** Null: not there, not to be understood, or not a file that Restage would write (a link, a pipe, too large, too deep). */
export function readSidecar(file: string): Sidecar | null {
  const parsed = sidecarSchema.safeParse(readBoundedJson(file, bounds));
  return parsed.success ? parsed.data : null;
}

/** What we write ourselves is read again by the same limits: a name longer than any is cut, the result is kept. */
export function withinLimits(item: Sidecar['item']): Sidecar['item'] {
  const { nameLength, textLength } = libraryLimits;
  const recipe = Object.fromEntries(
    Object.entries(item.recipe).map(([key, value]) => [key, typeof value === 'string' ? value.slice(0, 5000) : value]),
  ) as typeof item.recipe;
  return {
    ...item,
    recipe,
    name: item.name.slice(0, nameLength),
    videoName: item.videoName.slice(0, nameLength),
    imageName: item.imageName?.slice(0, nameLength) ?? null,
    taskId: item.taskId.slice(0, textLength),
  };
}

/** The server's own words are left out where they would make the recipe too large to be read again. */
export function sidecarText(sidecar: Sidecar): string {
  const text = `${JSON.stringify(sidecar, null, 2)}\n`;
  const isReadable = Buffer.byteLength(text) <= bounds.maxBytes && jsonDepth(Buffer.from(text)) <= bounds.maxDepth;
  if (isReadable || sidecar.provider.task === null) return text;
  return sidecarText({ ...sidecar, provider: { ...sidecar.provider, task: null } });
}
