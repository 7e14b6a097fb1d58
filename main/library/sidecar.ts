/** The recipe beside every result: enough to find it, understand it, and order it again without the databases. */
import { z } from 'zod';
import { recipeSchema } from '../../shared/contract/jobs.ts';
import { type LibraryItem, resultIdSchema, storedItemSchema } from '../../shared/contract/library.ts';
import { preparePlanSchema } from '../../shared/contract/media.ts';
import { libraryLimits } from '../../shared/library/libraryLimits.ts';
import { jsonDepth, readBoundedJson } from '../storage/ownFiles.ts';
import type { FileLayer } from './files.ts';
import { shotIdOf } from './index/shot.ts';

/**
 * 1: as first published. 2: flag, project, notes, what is hidden and the shot of a result; a video that was imported has no recipe.
 * A later one is read as far as it can be understood, and never written.
 */
export const SIDECAR_VERSION = 2;

const sourceSchema = z.object({ name: z.string(), path: z.string(), assetId: z.string(), sizeBytes: z.number() });

const originalSchema = z.object({
  name: z.string().describe('As the file was called where it came from.'),
  sha256: z.string().describe('In `originals/` of the library folder it is called by this, with an ending.'),
  sizeBytes: z.number(),
});
export type KeptOriginal = z.infer<typeof originalSchema>;

export const sidecarSchema = z.object({
  restage: z.number().int().min(1).describe('The version of this form.'),
  item: storedItemSchema.describe(
    "The library's own record; `file` and `sidecar` are names beside this file, so that a folder can be moved.",
  ),
  file: z
    .object({ sha256: z.string(), sizeBytes: z.number() })
    .optional()
    .describe("The result's bytes as they came: by them it is found again under another name, and verified."),
  recipe: recipeSchema.nullable(),
  sources: z.object({ video: sourceSchema.nullable(), image: sourceSchema.nullable() }),
  prepared: z.object({ sha256: z.string(), sizeBytes: z.number(), plan: preparePlanSchema }).nullable(),
  order: z
    .object({
      jobId: resultIdSchema,
      orderId: z.string(),
      orderName: z.string().nullable(),
      createdAt: z.string(),
      retryOf: z.string().nullable(),
    })
    .nullable(),
  provider: z
    .object({
      accountId: z.string(),
      isSandbox: z.boolean(),
      taskId: z.string(),
      request: z.unknown().describe('The exact body that was sent.'),
      task: z.unknown().describe('The task as the server told it last, raw.'),
      submittedAt: z.string().nullable(),
      completedAt: z.string().nullable(),
    })
    .nullable(),
  price: z
    .object({
      estimateLow: z.string(),
      estimateHigh: z.string(),
      chargeState: z.string(),
      chargedCredits: z.string().nullable(),
    })
    .nullable(),
  joined: z
    .object({
      performanceId: z.string(),
      isReencoded: z.boolean().describe('False: the pictures of the parts as they came.'),
      parts: z.array(
        z.object({
          itemId: z.string(),
          jobId: z.string(),
          fromSeconds: z.number(),
          toSeconds: z.number(),
          heldFrames: z.number().int().describe('Pictures that the part was short of: its last one is held.'),
        }),
      ),
      seamsSeconds: z.array(z.number()).describe('Where one part ends and the next begins, from the first picture on.'),
    })
    .nullish()
    .describe('Of a long performance: the results that it was joined of, in their order.'),
  originals: z
    .object({ video: originalSchema.nullable(), image: originalSchema.nullable() })
    .nullish()
    .describe(
      'What was kept of the sources, where that was wished. Null in it: nothing was used, or it could not be kept.',
    ),
});
export type Sidecar = z.infer<typeof sidecarSchema>;

export { SIDECAR_SUFFIX } from './suffix.ts';

/** A recipe of ours has some thousand bytes; with it goes what the server said, as it said it. */
const bounds = { maxBytes: 1_000_000, maxDepth: 64 };

/** Null: not there, not to be understood, or not a file that Restage would write (a link, a pipe, too large, too deep). */
export function readSidecar(file: string): Sidecar | null {
  return parseSidecar(readBoundedJson(file, bounds));
}

/** The same of a drive that may be slow. */
export async function readSidecarLater(file: string, files: FileLayer): Promise<Sidecar | null> {
  return parseSidecar(await files.readJson(file, bounds));
}

function parseSidecar(raw: unknown): Sidecar | null {
  if (!isRecord(raw)) return null;
  const parsed = sidecarSchema.safeParse({ ...raw, item: withLaterFields(raw.item) });
  return parsed.success ? parsed.data : null;
}

const isNewer = ({ restage }: Sidecar) => restage > SIDECAR_VERSION;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A record of an older version: what later versions keep beside the recipe is read out of it. */
export function withLaterFields(record: unknown): unknown {
  if (!isRecord(record)) return record;
  const { success, data } = recipeSchema.safeParse(record.recipe);
  const recipe = success ? data : null;
  return {
    project: recipe?.kind === 'motion' ? (recipe.project ?? null) : null,
    shotId: shotIdOf(recipe),
    ...record,
  };
}

/** The text with these fields of its record changed; whatever else it holds stays as it is. Null: it cannot be read. `text` null: a newer version's. */
export async function changedSidecar(
  file: string,
  patch: Partial<LibraryItem>,
  files: FileLayer,
): Promise<{ text: string | null; version: number } | null> {
  return rewritten(file, files, (raw, known) => ({ item: { ...raw.item, ...keptOf(known.item), ...patch } }));
}

/** The text with what was kept of the sources, and all else as it is. Answers as `changedSidecar` does. */
export const sidecarWithOriginals = (file: string, originals: Sidecar['originals'], files: FileLayer) =>
  rewritten(file, files, (raw, known) => ({ item: { ...raw.item, ...keptOf(known.item) }, originals }));

interface RawSidecar extends Record<string, unknown> {
  item: Record<string, unknown>;
}

async function rewritten(
  file: string,
  files: FileLayer,
  change: (raw: RawSidecar, known: Sidecar) => Record<string, unknown>,
): Promise<{ text: string | null; version: number } | null> {
  const raw = await files.readJson(file, bounds);
  const known = parseSidecar(raw);
  if (known === null || !isRecord(raw) || !isRecord(raw.item)) return null;
  if (isNewer(known)) return { text: null, version: known.restage };
  const changed = { ...raw, restage: SIDECAR_VERSION, ...change({ ...raw, item: raw.item }, known) };
  return { text: sidecarText(changed as unknown as Sidecar), version: SIDECAR_VERSION };
}

/** Fields of a later version than the text was written by: from now on they stand in it. */
const keptOf = ({ project, shotId, flag, isHidden, notes }: Sidecar['item']) => ({
  ...{ project, shotId, flag, isHidden, notes },
});

/** What we write ourselves is read again by the same limits: a name longer than any is cut, the result is kept. */
export function withinLimits(item: Sidecar['item']): Sidecar['item'] {
  const { nameLength, textLength } = libraryLimits;
  const recipe =
    item.recipe &&
    (Object.fromEntries(
      Object.entries(item.recipe).map(([key, value]) => [
        key,
        typeof value === 'string' ? value.slice(0, 5000) : value,
      ]),
    ) as typeof item.recipe);
  return {
    ...item,
    recipe,
    name: item.name.slice(0, nameLength),
    videoName: item.videoName.slice(0, nameLength),
    imageName: item.imageName?.slice(0, nameLength) ?? null,
    taskId: item.taskId?.slice(0, textLength) ?? null,
  };
}

/** The server's own words are left out where they would make the recipe too large to be read again. */
export function sidecarText(sidecar: Sidecar): string {
  const text = `${JSON.stringify(sidecar, null, 2)}\n`;
  const isReadable = Buffer.byteLength(text) <= bounds.maxBytes && jsonDepth(Buffer.from(text)) <= bounds.maxDepth;
  if (isReadable || !sidecar.provider || sidecar.provider.task === null) return text;
  return sidecarText({ ...sidecar, provider: { ...sidecar.provider, task: null } });
}
