/** Makes the file that will be sent: temporary name, checked by reading it again, flushed, renamed into the cache; once per content and plan. */
import { constants, existsSync } from 'node:fs';
import { copyFile, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { PreparePlan, VideoFacts } from '../../shared/contract/media.ts';
import { RestageError } from '../../shared/errors.ts';
import { limitsOfPlan } from '../../shared/limitOverrides.ts';
import type { Logger, PreparedFile, ProgressListener } from '../services.ts';
import { makeFolder } from '../storage/makeFolder.ts';
import { type FfmpegArgs, reencodeArgs, remuxArgs } from './encodeArgs.ts';
import { runEncode } from './ffmpeg.ts';
import { hashFile, readIdentity, type SourceIdentity, shortHash, toCacheError, writeAtomically } from './files.ts';
import { reencodeInstead } from './plan.ts';
import { createSharedRuns } from './sharedRuns.ts';
import type { Encoder } from './tools.ts';
import { compareWithPlan, decodeWhole } from './verify.ts';

/** Part of every cache key: raise it when equal arguments would make another file. */
const RECIPE_VERSION = 1;
/** Encoding takes this much of the progress bar, checking the rest. */
const ENCODE_SHARE = 0.9;

export interface PrepareDeps {
  folder: string;
  encoder: () => Promise<Encoder>;
  /** Facts of a file that was just made. */
  readVideo: (path: string, signal: AbortSignal) => Promise<VideoFacts>;
  logger: Logger;
}

export interface PrepareClipOptions {
  source: string;
  facts: VideoFacts;
  plan: PreparePlan;
  signal?: AbortSignal | undefined;
  onProgress?: ProgressListener | undefined;
}

interface Task {
  options: PrepareClipOptions;
  encoder: Encoder;
  identity: SourceIdentity;
  signal: AbortSignal;
  onProgress: ProgressListener;
  /** What making and checking took, apart. */
  spent: { encodeMs: number; verifyMs: number };
}

const recordSchema = z.object({
  sha256: z.string(),
  sizeBytes: z.number(),
  mimeType: z.string(),
  isSource: z.boolean(),
});

/** A copy or an encode that is not what the plan promised. */
class NotAsPlanned extends Error {}

/** Deadline by the work: pictures to decode up to the out point and to encode, at a slow machine's pace. */
function deadlineFor(facts: VideoFacts, plan: PreparePlan): number {
  const megapixels = (facts.codedWidth * facts.codedHeight + plan.output.width * plan.output.height) / 1_000_000;
  const decodeSeconds = Math.min(facts.durationSeconds, 150) + 60;
  return Math.round(120_000 + plan.output.frameCount * megapixels * 300 + decodeSeconds * megapixels * 2_000);
}

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

export function createClipPreparer(deps: PrepareDeps) {
  const runs = createSharedRuns<PreparedFile>();

  /** Reads the file again, decodes all of it, and compares it with the plan. */
  const assertAsPlanned = async (path: string, plan: PreparePlan, task: Task): Promise<void> => {
    const startedMs = performance.now();
    await checkAsPlanned(path, plan, task).finally(() => {
      task.spent.verifyMs += performance.now() - startedMs;
    });
  };

  const checkAsPlanned = async (path: string, plan: PreparePlan, task: Task): Promise<void> => {
    const { encoder, signal } = task;
    const made = await deps.readVideo(path, signal).catch((error) => {
      if (error instanceof RestageError && error.code !== 'refused') throw error;
      throw new NotAsPlanned(`unreadable: ${String(error)}`);
    });
    const mismatches = compareWithPlan(made, plan);
    if (mismatches.length > 0) throw new NotAsPlanned(JSON.stringify(mismatches));
    const { frameCount } = plan.output;
    const decode = { ffmpeg: encoder.path, features: encoder.features, path, frameCount, signal };
    const decoded = await decodeWhole(decode).catch((error) => {
      if (error instanceof RestageError && error.code === 'toolFailed') throw new NotAsPlanned(error.message);
      throw error;
    });
    if (decoded.complaints !== '') throw new NotAsPlanned(decoded.complaints);
    if (decoded.frameCount !== frameCount) throw new NotAsPlanned(`decoded ${decoded.frameCount} of ${frameCount}`);
  };

  const encode = async (args: FfmpegArgs, output: string, plan: PreparePlan, task: Task): Promise<void> => {
    const { options, encoder, signal, onProgress } = task;
    const startedMs = performance.now();
    await runEncode({
      command: encoder.path,
      ...args,
      source: options.source,
      output,
      durationSeconds: plan.output.durationSeconds,
      deadlineMs: deadlineFor(options.facts, plan),
      signal,
      onProgress: (ratio) => onProgress(ratio === null ? null : ratio * ENCODE_SHARE),
      onCommandLine: (line) => deps.logger.info('media.encode', { line }),
    });
    task.spent.encodeMs += performance.now() - startedMs;
  };

  /** Tries in turn; each further one is a slower way to the same result. */
  const reencode = async (output: string, plan: PreparePlan, task: Task): Promise<void> => {
    const { facts } = task.options;
    const { features } = task.encoder;
    const { maxBytes } = limitsOfPlan(plan);
    await encode(reencodeArgs(facts, plan, { features }), output, plan, task);
    const { size } = await stat(output);
    if (size > maxBytes) {
      deps.logger.warn('media.tooLarge', { size, maxBytes });
      const sizeShare = 0.92 * (maxBytes / size);
      await encode(reencodeArgs(facts, plan, { features, sizeShare }), output, plan, task);
    }
    try {
      await assertAsPlanned(output, plan, task);
    } catch (error) {
      if (!(error instanceof NotAsPlanned)) throw error;
      deps.logger.warn('media.notAsPlanned', { detail: error.message, retry: 'withoutSeek' });
      await encode(reencodeArgs(facts, plan, { features, withoutSeek: true }), output, plan, task);
      await assertAsPlanned(output, plan, task);
    }
  };

  /** A copy that does not hold what the source's index promised is encoded instead. */
  const make = async (output: string, task: Task): Promise<{ isSource: boolean }> => {
    const { source, facts, plan } = task.options;
    if (plan.kind === 'reencode') {
      await reencode(output, plan, task);
      return { isSource: false };
    }
    try {
      if (plan.kind === 'untouched') await copyFile(source, output, constants.COPYFILE_FICLONE);
      else await encode(remuxArgs(facts, plan), output, plan, task);
      await assertAsPlanned(output, plan, task);
      return { isSource: plan.kind === 'untouched' };
    } catch (error) {
      const isBadCopy = error instanceof NotAsPlanned || (error instanceof RestageError && error.code === 'toolFailed');
      if (!isBadCopy) throw error;
      deps.logger.warn('media.copyRejected', { detail: error.message });
      await rm(output, { force: true });
      await reencode(output, reencodeInstead(facts, plan), task);
      return { isSource: false };
    }
  };

  const explain = (error: unknown, source: string): RestageError => {
    if (error instanceof RestageError && ['cancelled', 'diskFull', 'deadline', 'toolMissing'].includes(error.code)) {
      return error;
    }
    if (!existsSync(source)) {
      return new RestageError('sourceMissing', { reasons: [{ field: 'file', rule: 'file.missing' }], cause: error });
    }
    const isBroken = error instanceof NotAsPlanned || (error instanceof RestageError && error.code === 'toolFailed');
    if (!isBroken) return toCacheError(error);
    const detail = error.message;
    return new RestageError('sourceUnreadable', {
      reasons: [{ field: 'file', rule: 'file.damaged' }],
      detail,
      cause: error,
    });
  };

  const prepareOnce = async (finalPath: string, task: Task): Promise<PreparedFile> => {
    const { source, facts } = task.options;
    const known = await findRecord(finalPath);
    if (known) return { path: finalPath, ...known };
    try {
      await makeFolder(deps.folder, { mode: 0o700 });
      const record = await writeAtomically(finalPath, async (temporary) => {
        // Told apart here: below, whatever is no error of ours counts as one of the file system.
        const { isSource } = await make(temporary, task).catch((error) => {
          throw explain(error, source);
        });
        const mimeType = isSource && facts.container === 'mov' ? 'video/quicktime' : 'video/mp4';
        return { ...(await hashFile(temporary, task.signal)), mimeType, isSource };
      });
      await writeAtomically(`${finalPath}.json`, (temporary) => writeFile(temporary, JSON.stringify(record)));
      task.onProgress(1);
      deps.logger.info('media.prepared', { kind: task.options.plan.kind, sizeBytes: record.sizeBytes, ...task.spent });
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
            options,
            encoder,
            identity,
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
