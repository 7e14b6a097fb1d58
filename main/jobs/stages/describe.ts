/** What a finished job hands to the library: the name of its result, and the whole recipe as it goes into the sidecar beside it. */
import type { VideoFacts } from '../../../shared/contract/media.ts';
import { framesToTimecode, isDropFrameRate } from '../../../shared/time/timecode.ts';
import { resultName } from '../../../shared/words/resultName.ts';
import { shotIdOf } from '../../library/index/shot.ts';
import { SIDECAR_VERSION, type Sidecar } from '../../library/sidecar.ts';
import type { JobContext } from '../context.ts';
import type { JobRecord } from '../record/record.ts';

export function describeResult(
  context: JobContext,
  job: JobRecord,
  file: { facts: VideoFacts; path: string; sidecar: string; name: string },
): Sidecar {
  const video = context.assets.record(job.videoAssetId);
  const image = job.imageAssetId === null ? null : context.assets.record(job.imageAssetId);
  const isSandbox = context.accounts.get(job.accountId).provider === 'sandbox';
  const snapshot = context.store.snapshot(job, null);
  return {
    restage: SIDECAR_VERSION,
    item: {
      id: job.id,
      jobId: job.id,
      name: file.name,
      file: file.path,
      sidecar: file.sidecar,
      createdAt: new Date(context.clock.now()).toISOString(),
      width: file.facts.width,
      height: file.facts.height,
      durationSeconds: file.facts.durationSeconds,
      orderedSeconds: job.plan?.output.durationSeconds ?? 0,
      sizeBytes: file.facts.sizeBytes,
      hasAudio: file.facts.audio.length > 0,
      isSandbox,
      accountId: job.accountId,
      taskId: job.taskId ?? '',
      recipe: job.recipe,
      videoName: video.name,
      imageName: image?.name ?? null,
      creditsCharged: job.chargeState === 'charged' ? job.chargeCredits : null,
      ...{ rating: 0, flag: 'none', isHidden: false, tags: [], note: '', notes: [] },
      project: job.recipe.kind === 'motion' ? (job.recipe.project ?? null) : null,
      shotId: shotIdOf(job.recipe),
      hasProvenance: null,
    },
    recipe: job.recipe,
    sources: {
      video: { name: video.name, path: video.path, assetId: video.id, sizeBytes: video.facts.sizeBytes },
      image: image && { name: image.name, path: image.path, assetId: image.id, sizeBytes: image.facts.sizeBytes },
    },
    prepared: snapshot.prepared && job.plan ? { ...snapshot.prepared, plan: job.plan } : null,
    order: {
      jobId: job.id,
      orderId: job.orderId,
      orderName: job.orderName,
      createdAt: job.createdAt,
      retryOf: job.retryOf,
    },
    provider: {
      accountId: job.accountId,
      isSandbox,
      taskId: job.taskId ?? '',
      request: job.body === null ? null : JSON.parse(job.body),
      task: job.taskRaw === null ? null : JSON.parse(job.taskRaw),
      submittedAt: job.submittedAt,
      completedAt: job.serverCompletedAt,
    },
    price: {
      estimateLow: job.estimateLow,
      estimateHigh: job.estimateHigh,
      chargeState: job.chargeState,
      chargedCredits: job.chargeCredits,
    },
  };
}

/** By the template as it is now. Not looked up again later: a job keeps the name it got. */
export function nameResult(context: JobContext, job: JobRecord): string {
  const names = context.assets.names([job.videoAssetId, ...(job.imageAssetId ? [job.imageAssetId] : [])]);
  const motion = job.recipe.kind === 'motion' ? job.recipe : null;
  return resultName(context.settings().namingTemplate, {
    videoName: names.get(job.videoAssetId) ?? 'clip',
    imageName: job.imageAssetId === null ? null : (names.get(job.imageAssetId) ?? null),
    project: motion?.project ?? '',
    inTimecode: inTimecodeOf(context, job),
    quality: motion?.quality ?? '',
    take: context.store.takeOf(job),
    at: new Date(context.clock.now()),
  });
}

/** As the timeline shows it: frames from the clip's first one, or milliseconds where the rate varies. */
function inTimecodeOf(context: JobContext, { recipe, videoAssetId }: JobRecord): string {
  const { facts } = context.assets.record(videoAssetId);
  if (facts.kind !== 'video') return '';
  const { from, unit } = recipe.trim ?? { from: 0, unit: facts.isConstantRate ? 'frames' : 'seconds' };
  if (unit === 'seconds') return new Date(Math.round(from * 1000)).toISOString().slice(11, 23);
  return framesToTimecode(from, facts.frameRate, { dropFrame: isDropFrameRate(facts.frameRate) });
}
