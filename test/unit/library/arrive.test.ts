import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { arrive } from '../../../main/library/arrive.ts';
import type { Sidecar } from '../../../main/library/sidecar.ts';
import { openLibraryStore, readSidecar } from '../../../main/library/store.ts';
import type { MediaService } from '../../../main/services.ts';
import type { VideoFacts } from '../../../shared/contract/media.ts';

/** All that arriving asks of media: that the file is a video. */
const media = { readFacts: async () => ({ kind: 'video' }) as VideoFacts } as unknown as MediaService;

function sidecarOf(jobId: string, file: { path: string; sidecar: string; name: string }): Sidecar {
  const recipe = { kind: 'element', videoId: 'v', name: 'n', description: 'd', preset: 'fast' } as const;
  return {
    restage: 1,
    item: {
      ...{ id: jobId, jobId, name: file.name, file: file.path, sidecar: file.sidecar, createdAt: '2026-01-01' },
      ...{ width: 720, height: 720, durationSeconds: 3, orderedSeconds: 3, sizeBytes: 1, hasAudio: false },
      ...{ isSandbox: true, accountId: 'a', taskId: jobId, recipe, videoName: 'v', imageName: null },
      ...{ creditsCharged: null, rating: 0, tags: [], note: '' },
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

it('gives results that arrive at once under one name a name and a sidecar each', async () => {
  const home = await mkdtemp(path.join(tmpdir(), 'restage-arrive-'));
  const folder = path.join(home, 'library');
  await mkdir(folder);
  const library = openLibraryStore(home);
  const ids = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'];
  const items = await Promise.all(
    ids.map(async (jobId) => {
      const partPath = path.join(home, `${jobId}.mp4`);
      await writeFile(partPath, `bytes of ${jobId}`);
      const describe = (file: Parameters<typeof sidecarOf>[1]) => sidecarOf(jobId, file);
      return arrive({ partPath, folder, baseName: 'CON', jobId, describe }, { media, library });
    }),
  );
  for (const [index, jobId] of ids.entries()) {
    expect(await readFile(items[index]?.file ?? '', 'utf8')).toBe(`bytes of ${jobId}`);
    expect(readSidecar(items[index]?.sidecar ?? '')?.order.jobId).toBe(jobId);
  }
  expect(await readdir(folder)).toHaveLength(2 * ids.length);
  library.close();
  await rm(home, { recursive: true });
});
