/** A recipe beside a result, for tests of the library. */
import { shotIdOf } from '../../../main/library/index/shot.ts';
import type { Sidecar } from '../../../main/library/sidecar.ts';

export function sidecarOf(
  jobId: string,
  file: { path: string; sidecar: string; name: string },
  sizeBytes: number,
): Sidecar {
  const recipe = { kind: 'element', videoId: 'v', name: 'n', description: 'd', preset: 'fast' } as const;
  return {
    restage: 2,
    item: {
      ...{ id: jobId, jobId, name: file.name, file: file.path, sidecar: file.sidecar, createdAt: '2026-01-01' },
      ...{ width: 720, height: 720, durationSeconds: 3, orderedSeconds: 3, sizeBytes, hasAudio: false },
      ...{ isSandbox: true, accountId: 'a', taskId: jobId, recipe, videoName: 'v', imageName: null },
      ...{ creditsCharged: null, rating: 0, flag: 'none', isHidden: false, tags: [], note: '', notes: [] },
      ...{ project: null, shotId: shotIdOf(recipe), hasProvenance: null },
    },
    recipe,
    sources: { video: { name: 'v', path: 'v', assetId: 'v', sizeBytes: 1 }, image: null },
    prepared: null,
    order: { jobId, orderId: jobId, orderName: null, createdAt: '2026-01-01', retryOf: null },
    provider: {
      ...{ accountId: 'a', isSandbox: true, taskId: jobId, request: null, task: null },
      ...{ submittedAt: null, completedAt: null },
    },
    price: { estimateLow: '1', estimateHigh: '1', chargeState: 'charged', chargedCredits: '1' },
  };
}
