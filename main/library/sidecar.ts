/** The recipe beside every result: enough to find it, understand it, and order it again without the databases. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { recipeSchema } from '../../shared/contract/jobs.ts';
import { libraryItemSchema } from '../../shared/contract/library.ts';
import { preparePlanSchema } from '../../shared/contract/media.ts';

const sourceSchema = z.object({ name: z.string(), path: z.string(), assetId: z.string(), sizeBytes: z.number() });

export const sidecarSchema = z.object({
  restage: z.literal(1),
  /** The library's own record; `file` and `sidecar` are names beside this file, so that a folder can be moved. */
  item: libraryItemSchema.omit({ state: true }),
  /** The result's bytes, by which it is found again under another name. */
  file: z.object({ sha256: z.string(), sizeBytes: z.number() }).optional(),
  recipe: recipeSchema,
  sources: z.object({ video: sourceSchema, image: sourceSchema.nullable() }),
  prepared: z.object({ sha256: z.string(), sizeBytes: z.number(), plan: preparePlanSchema }).nullable(),
  order: z.object({
    jobId: z.string(),
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

/** Null: not there, or not to be understood. */
export function readSidecar(file: string): Sidecar | null {
  try {
    const parsed = sidecarSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

export function sidecarText(sidecar: Sidecar): string {
  return `${JSON.stringify(sidecar, null, 2)}\n`;
}
