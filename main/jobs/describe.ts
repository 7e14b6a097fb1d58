/** The whole recipe of a finished job, as it goes into the sidecar beside the result. */
import type { VideoFacts } from '../../shared/contract/media.ts';
import type { Sidecar } from '../library/sidecar.ts';
import type { JobContext } from './context.ts';
import type { JobRecord } from './record.ts';

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
    restage: 1,
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
      rating: 0,
      tags: [],
      note: '',
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
