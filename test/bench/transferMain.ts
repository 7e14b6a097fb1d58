/**
 * One order whose clip and whose result have 95 MB, in a process of its own with the sandbox in another; writes warm and peak resident
 * memory as JSON, the peak also by what the job was doing. Needs --expose-gc.
 */
import '../fixtures/withoutElectron.ts';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Job } from '../../shared/contract/jobs.ts';
import { makeImage, run, toolPaths } from '../integration/sandbox/harness.ts';

const { openTestProfile, addSources, isOver, motion, order } = await import('../integration/app/harness.ts');

/** Just under what the app sends at most; the encoder keeps its bit rate within a few per cent. */
const SECONDS = 25;
const WANTED_BYTES = 92_500_000;
const WARM_ORDERS = 3;

async function makeLargeClip(folder: string): Promise<string> {
  const file = path.join(folder, 'large.mp4');
  const rate = Math.floor((WANTED_BYTES * 8) / SECONDS / 1000);
  await run(toolPaths().ffmpeg, [
    ...['-v', 'error', '-y', '-f', 'lavfi', '-i', `testsrc2=s=1280x720:r=30:d=${SECONDS},noise=alls=60:allf=t`],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '30'],
    ...['-b:v', `${rate}k`, '-minrate', `${rate}k`, '-maxrate', `${rate}k`, '-bufsize', `${rate}k`],
    ...['-movflags', '+faststart', file],
  ]);
  const { size } = await stat(file);
  if (size > 95_000_000 || size < 90_000_000) throw new Error(`the clip has ${size} bytes`);
  return file;
}

const folder = await mkdtemp(path.join(tmpdir(), 'restage-transfer-'));
const profile = await openTestProfile();
try {
  const large = await makeLargeClip(folder);
  const small = await addSources(profile);
  const finish = async (id: string, isReached = isOver) => {
    const job = await profile.until(id, isReached);
    if (job.state !== 'completed') throw new Error(`${job.state}: ${JSON.stringify(job.problem)}`);
    return job;
  };
  for (let n = 0; n < WARM_ORDERS; n += 1) await finish((await order(profile, motion(small, { prompt: `${n}` }))).id);
  const sources = {
    videoId: await profile.add(large),
    imageId: await profile.add(await makeImage(folder, 'a.png', '400x400')),
  };

  // What the bench itself asks with is not the app's.
  await profile.ledger();
  globalThis.gc?.();
  const warm = process.memoryUsage.rss();
  let doing: string = 'ordering';
  const peaks: Record<string, number> = {};
  const watch = setInterval(() => {
    peaks[doing] = Math.max(peaks[doing] ?? warm, process.memoryUsage.rss());
  }, 10);
  const isNow = (wanted: (job: Job) => boolean) => (job: Job) => {
    doing = job.state;
    return wanted(job);
  };
  await profile.admin('POST', 'switches', { taskSeconds: 3 });
  const { id } = await order(profile, motion(sources));
  await profile.until(
    id,
    isNow(({ state }) => state === 'running'),
  );
  // The result is what was sent: as large as it gets, and a video.
  const { files } = (await profile.admin('GET', 'ledger')) as { files: { fileId: string; sizeBytes: number }[] };
  const clip = files.find(({ sizeBytes }) => sizeBytes > 90_000_000);
  if (!clip) throw new Error('the large clip was not sent as it is');
  const url = await urlOf(clip.fileId);
  await profile.admin('POST', 'faults', {
    rules: [{ path: '/v1/tasks', times: null, patch: { results: [url], result_data: [{ video_url: url }] } }],
  });
  const job = await finish(id, isNow(isOver));
  clearInterval(watch);
  const { size } = await stat(job.file ?? '');
  if (size !== clip.sizeBytes) throw new Error(`${size} bytes came back`);
  process.stdout.write(
    `${JSON.stringify({ warm, peak: Math.max(...Object.values(peaks)), peaks, sizeBytes: size })}\n`,
  );
} finally {
  await profile.remove();
  await rm(folder, { recursive: true, force: true });
}

async function urlOf(fileId: string): Promise<string> {
  const { readPort } = await import('../../main/sandbox/place.ts');
  return `http://127.0.0.1:${readPort(path.join(profile.profileDir, 'sandbox'))?.port}/files/${fileId}/result.mp4`;
}
