/** Makes the file that will be sent: temporary name, checked by reading it again, flushed, renamed into the cache; once per content and plan. */
import { existsSync } from 'node:fs';
import { readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { PreparePlan, VideoFacts } from '../../../shared/contract/media.ts';
import { RestageError } from '../../../shared/errors.ts';
import type { PreparedFile, ProgressListener } from '../../services.ts';
import { makeFolder } from '../../storage/makeFolder.ts';
import { hashFile, readIdentity, shortHash, toCacheError, writeAtomically } from '../files.ts';
import { createSharedRuns } from '../sharedRuns.ts';
import type { Encoder } from '../tools.ts';
import { inspectionSchema, NotAsPlanned } from '../verify/inspect.ts';
import { reencodeArgs } from './encodeArgs.ts';
import { createClipMaker, type MakeDeps, type MakeTask } from './makeClip.ts';
import { remuxArgs } from './remuxArgs.ts';

/** Part of every cache key: raise it when equal arguments would make another file. */
const RECIPE_VERSION = 2;

export interface PrepareDeps extends MakeDeps {
  folder: string;
  encoder: () => Promise<Encoder>;
}

export interface PrepareClipOptions {
  source: string;
  facts: VideoFacts;
  plan: PreparePlan;
  signal?: AbortSignal | undefined;
  onProgress?: ProgressListener | undefined;
}

const recordSchema = z.object({
  sha256: z.string(),
  sizeBytes: z.number(),
  mimeType: z.string(),
  isSource: z.boolean(),
  /** What was compared with the source, and what nobody could tell. */
  inspection: inspectionSchema.optional(),
});

async function findRecord(path: string): Promise<z.infer<typeof recordSchema> | null> {
  try {
    const record = recordSchema.parse(JSON.parse(await readFile(`${path}.json`, 'utf8')));
    const found = await stat(path);
    if (found.size !== record.sizeBytes) return null;
    const now = new Date();
    await utimes(path, now, now);
    return record;
  } catch {
    return null;
  }
}

const isFinal = new Set(['cancelled', 'diskFull', 'deadline', 'toolMissing']);

export function createClipPreparer(deps: PrepareDeps) {
  const runs = createSharedRuns<PreparedFile>();
  const make = createClipMaker(deps);

  const explain = (error: unknown, source: string): RestageError => {
    // Refused by name, or told whose trouble it is.
    if (error instanceof RestageError && (isFinal.has(error.code) || error.reasons.length > 0)) return error;
    if (!existsSync(source)) {
      return new RestageError('sourceMissing', { reasons: [{ field: 'file', rule: 'file.missing' }], cause: error });
    }
    const isBroken = error instanceof NotAsPlanned || (error instanceof RestageError && error.code === 'toolFailed');
    if (!isBroken) return toCacheError(error);
    const detail = error.message;
    const isOther = error instanceof NotAsPlanned && error.about === 'content';
    const content = { field: 'video', rule: 'clip.content', params: { found: isOther ? (error.frame ?? 0) : 0 } };
    return new RestageError('sourceUnreadable', {
      reasons: [isOther ? content : { field: 'file', rule: 'file.damaged' }],
      detail,
      cause: error,
    });
  };

  const prepareOnce = async (finalPath: string, task: MakeTask): Promise<PreparedFile> => {
    const { source, facts } = task;
    const known = await findRecord(finalPath);
    if (known) return { path: finalPath, ...known };
    try {
      await makeFolder(deps.folder, { mode: 0o700 });
      const record = await writeAtomically(finalPath, async (temporary) => {
        // Told apart here: below, whatever is no error of ours counts as one of the file system.
        const { isSource, inspection } = await make(temporary, task).catch((error) => {
          throw explain(error, source);
        });
        const mimeType = isSource && facts.container === 'mov' ? 'video/quicktime' : 'video/mp4';
        return { ...(await hashFile(temporary, task.signal)), mimeType, isSource, inspection };
      });
      await writeAtomically(`${finalPath}.json`, (temporary) => writeFile(temporary, JSON.stringify(record)));
      task.onProgress(1);
      const { inspection, sizeBytes } = record;
      deps.logger.info('media.prepared', { kind: task.plan.kind, sizeBytes, inspection, ...task.spent });
      return { path: finalPath, ...record };
    } catch (error) {
      throw explain(error, source);
    }
  };

  return {
    prepareClip: async (options: PrepareClipOptions): Promise<PreparedFile> => {
      const { source, facts, plan } = options;
      const encoder = await deps.encoder();
      const identity = await readIdentity(source);
      if (identity.sizeBytes !== facts.sizeBytes) {
        throw new RestageError('sourceUnreadable', { reasons: [{ field: 'file', rule: 'file.changed' }] });
      }
      const work = plan.kind === 'untouched' ? 'copy' : recipeOf(facts, plan, encoder);
      // Without overrides the key is what it always was: `undefined` leaves no trace in it.
      const key = shortHash({ identity, work, output: plan.output, limits: plan.limits, version: RECIPE_VERSION });
      const extension = plan.kind === 'untouched' && facts.container === 'mov' ? '.mov' : '.mp4';
      const finalPath = join(deps.folder, `${key}${extension}`);
      return runs.run({
        key,
        signal: options.signal,
        onProgress: options.onProgress,
        work: (signal, onProgress) =>
          prepareOnce(finalPath, {
            source,
            facts,
            plan,
            encoder,
            signal,
            onProgress,
            spent: { encodeMs: 0, verifyMs: 0 },
          }),
      });
    },
    close: () => runs.close(),
  };
}

/** What distinguishes one prepared file from another: the arguments themselves, and the build that reads them. */
function recipeOf(facts: VideoFacts, plan: PreparePlan, encoder: Encoder): unknown {
  const args =
    plan.kind === 'remux' ? remuxArgs(facts, plan) : reencodeArgs(facts, plan, { features: encoder.features });
  return { args, tool: encoder.version };
}
