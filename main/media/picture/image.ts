/** Facts, posters and prepared files of images, all decoded by the image worker. */
import { existsSync } from 'node:fs';
import { readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { ImageEdit, ImageFacts } from '../../../shared/contract/media.ts';
import { RestageError } from '../../../shared/errors.ts';
import { type ImageLimits, imageLimits } from '../../../shared/rules/limits.ts';
import type { PreparedFile } from '../../services.ts';
import { makeFolder } from '../../storage/makeFolder.ts';
import { copyToOwnFile } from '../../storage/ownOnly.ts';
import { commitFile, hashFile, partPath, readIdentity, shortHash, toCacheError, writeAtomically } from '../files.ts';
import { createSharedRuns } from '../sharedRuns.ts';
import type { ImageClient } from './imageClient.ts';
import { checkImage, planImage } from './imageRules.ts';

/** 2: private data is left out, colours are converted, transparency has a ground. */
const RECIPE_VERSION = 2;

const recordSchema = z.object({
  file: z.string(),
  sha256: z.string(),
  sizeBytes: z.number(),
  mimeType: z.string(),
  isSource: z.boolean(),
});

export interface PrepareImageOptions {
  source: string;
  facts: ImageFacts;
  edit?: ImageEdit | undefined;
  signal?: AbortSignal | undefined;
}

export async function readImageFacts(
  client: ImageClient,
  path: string,
  sizeBytes: number,
  signal?: AbortSignal,
): Promise<ImageFacts> {
  const { facts } = await client.ask({ op: 'facts', path, sizeBytes }, signal);
  if (!facts) throw new RestageError('toolFailed', { detail: 'image worker answered without facts' });
  return facts;
}

async function findRecord(folder: string, key: string): Promise<PreparedFile | null> {
  try {
    const { file, ...record } = recordSchema.parse(JSON.parse(await readFile(join(folder, `${key}.json`), 'utf8')));
    const path = join(folder, file);
    if ((await stat(path)).size !== record.sizeBytes) return null;
    const now = new Date();
    await utimes(path, now, now);
    return { path, ...record };
  } catch {
    return null;
  }
}

/** Judged by one set of limits from the first look to the last. */
type Request = PrepareImageOptions & { limits: ImageLimits };

export function createImagePreparer(options: { client: ImageClient; folder: string; limits: () => ImageLimits }) {
  const { client, folder } = options;
  const runs = createSharedRuns<PreparedFile>();

  /** Writes the part file; answers the format that it has. */
  const write = async (part: string, { source, facts, edit, limits }: Request, signal: AbortSignal) => {
    const plan = planImage(facts, edit, limits);
    if (plan.kind === 'untouched') {
      await copyToOwnFile(source, part);
      return { format: facts.format === 'png' ? ('png' as const) : ('jpeg' as const), isSource: true };
    }
    const { kind, format, ...sides } = plan;
    const { maxBytes } = limits;
    if (kind === 'clean') {
      const { keepMetadata } = edit ?? {};
      const made = await client.ask({ op: 'clean', path: source, output: part, keepMetadata }, signal);
      return { format: made.format ?? format, isSource: false };
    }
    const made = await client.ask(
      { op: 'convert', path: source, output: part, ...sides, ...edit, format, maxBytes },
      signal,
    );
    return { format: made.format ?? format, isSource: false };
  };

  /** The written file is read again before it counts. */
  const assertLegal = async (part: string, { limits, edit }: Request, signal: AbortSignal): Promise<void> => {
    const { size } = await stat(part);
    const made = await readImageFacts(client, part, size, signal);
    const { keepMetadata, background } = edit ?? {};
    const kept = { ...(background === 'transparent' ? { background } : {}), ...(keepMetadata ? { keepMetadata } : {}) };
    if (planImage(made, kept, limits).kind === 'untouched') return;
    const broken = checkImage(made, kept, limits).verdicts.filter((v) => v.state === 'fixed' || v.state === 'blocked');
    throw new RestageError('toolFailed', { detail: `prepared image is not legal: ${JSON.stringify(broken)}` });
  };

  const prepareOnce = async (key: string, request: Request, signal: AbortSignal): Promise<PreparedFile> => {
    const known = await findRecord(folder, key);
    if (known) return known;
    const part = partPath(join(folder, `${key}.img`));
    try {
      await makeFolder(folder, { mode: 0o700 });
      const { format, isSource } = await write(part, request, signal);
      if (!isSource) await assertLegal(part, request, signal);
      const hashed = await hashFile(part, signal);
      const file = `${key}.${format === 'png' ? 'png' : 'jpg'}`;
      await commitFile(part, join(folder, file));
      const record = { file, ...hashed, mimeType: `image/${format}`, isSource };
      await writeAtomically(join(folder, `${key}.json`), (path) => writeFile(path, JSON.stringify(record)));
      const { file: _name, ...prepared } = record;
      return { path: join(folder, file), ...prepared };
    } catch (error) {
      await rm(part, { force: true });
      if (!existsSync(request.source)) {
        throw new RestageError('sourceMissing', { reasons: [{ field: 'file', rule: 'file.missing' }], cause: error });
      }
      throw toCacheError(error);
    }
  };

  return {
    prepareImage: async (asked: PrepareImageOptions): Promise<PreparedFile> => {
      const limits = options.limits();
      // Facts of an older version say nothing of what lies in the file beside the picture.
      const { sizeBytes } = asked.facts;
      const facts = asked.facts.inside
        ? asked.facts
        : await readImageFacts(client, asked.source, sizeBytes, asked.signal);
      const request: Request = { ...asked, facts, limits };
      const check = checkImage(request.facts, request.edit, limits);
      if (!check.isLegal) {
        const reasons = check.verdicts.filter((verdict) => verdict.state === 'blocked');
        throw new RestageError('refused', {
          reasons: reasons.map(({ field, rule, params }) => ({ field, rule, ...(params ? { params } : {}) })),
        });
      }
      const identity = await readIdentity(request.source);
      if (identity.sizeBytes !== request.facts.sizeBytes) {
        throw new RestageError('sourceUnreadable', { reasons: [{ field: 'file', rule: 'file.changed' }] });
      }
      const key = shortHash({
        identity,
        plan: planImage(request.facts, request.edit, limits),
        ...(limits === imageLimits ? {} : { limits }),
        edit: request.edit,
        version: RECIPE_VERSION,
      });
      return runs.run({ key, signal: request.signal, work: (signal) => prepareOnce(key, request, signal) });
    },
    close: () => runs.close(),
  };
}
