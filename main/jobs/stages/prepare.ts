/** Stage 1: the clip and the image become files that the provider accepts. Local, free, cached. */
import { RestageError } from '../../../shared/errors.ts';
import { clipTargetFor } from '../../../shared/rules/limits.ts';
import type { PreparedFile } from '../../services.ts';
import type { ClipOrder, PreparedRecord } from '../../shelf/shelf.ts';
import { withSpace } from '../../storage/freeSpace.ts';
import type { JobContext, Stage } from '../context.ts';
import type { JobRecord } from '../record/record.ts';
import { isAbort, problemOf, waitForLocal } from '../trouble/trouble.ts';

export function clipOrderOf(job: Pick<JobRecord, 'recipe' | 'videoAssetId'>): ClipOrder {
  const { recipe } = job;
  return {
    assetId: job.videoAssetId,
    target: recipe.kind === 'element' ? 'element' : clipTargetFor(recipe.orientation),
    preset: recipe.preset,
    ...(recipe.trim ? { trim: recipe.trim } : {}),
    crop: recipe.crop,
    pad: recipe.pad,
    ...(recipe.kind === 'motion' ? { soundTrack: recipe.soundTrack } : {}),
  };
}

export async function preparedImageOf(
  context: JobContext,
  job: JobRecord,
  signal: AbortSignal,
): Promise<PreparedFile | null> {
  if (job.imageAssetId === null) return null;
  const asset = await context.assets.present(job.imageAssetId);
  if (asset.facts.kind !== 'image')
    throw new RestageError('refused', {
      reasons: [{ field: 'image', rule: 'kind.image', params: { name: asset.name } }],
    });
  const edit = job.recipe.kind === 'motion' ? job.recipe.imageEdit : undefined;
  return context.media.prepareImage({ source: asset.path, facts: asset.facts, edit, signal });
}

/** The prepared clip of a job: the recorded one when it is still there, else made again. */
export async function preparedClipOf(
  context: JobContext,
  job: JobRecord,
  options: { signal: AbortSignal; onProgress?: (ratio: number | null) => void },
): Promise<PreparedRecord> {
  if (job.preparedId !== null) {
    const known = await context.shelf.file(job.preparedId).catch(() => null);
    // Bytes of the source itself are only as good as the source is now.
    if (known && !known.isSource) return known;
  }
  return context.shelf.make(clipOrderOf(job), { keep: false, ...options });
}

/** A source that is gone, and whose original the library kept: which one is taken stands in the job's log. */
async function sayKept({ assets, store }: JobContext, { id, videoAssetId, imageAssetId }: JobRecord): Promise<void> {
  for (const assetId of [videoAssetId, imageAssetId]) {
    const found = assetId === null ? null : await assets.present(assetId).catch(() => null);
    if (found?.isKeptOriginal) store.log(id, 'source.kept', `${assets.record(found.id).path}: ${found.path}`);
  }
}

export function createPrepareStage(context: JobContext): Stage {
  return async (queued, run) => {
    const job = queued.state === 'queued' ? (context.store.transition(queued.id, 'start') ?? queued) : queued;
    try {
      const clip = await preparedClipOf(context, job, { signal: run.signal, onProgress: run.onProgress });
      await preparedImageOf(context, job, run.signal);
      await sayKept(context, job);
      context.store.transition(
        job.id,
        'prepared',
        { preparedId: clip.id, plan: clip.plan },
        `${clip.plan.kind}, ${clip.sizeBytes} bytes`,
      );
      return 'moved';
    } catch (error) {
      if (isAbort(error)) throw error;
      const neededBytes = job.plan?.output.predictedBytes ?? 0;
      const wait = waitForLocal(await withSpace(error, context.incomingDir, neededBytes), run.backOff);
      if (wait) return wait;
      context.store.transition(job.id, 'unpreparable', { problem: problemOf(error) }, String(error));
      return 'moved';
    }
  };
}
