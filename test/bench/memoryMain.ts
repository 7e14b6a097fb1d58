/** Fifty preparations in a process of its own; writes peak minus warm resident memory as JSON. Needs --expose-gc. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeClip } from '../fixtures/media.ts';
import { openBench, prepare } from './measure.ts';

const ROUNDS = 50;
const WARM_ROUNDS = 5;

const folder = await mkdtemp(join(tmpdir(), 'restage-memory-'));
const bench = await openBench(folder, false);
try {
  const source = await makeClip(bench.ffmpeg, bench.path('clip.mp4'), { width: 640, height: 360, frames: 140 });
  const round = (n: number) => prepare(bench, source, { trim: { unit: 'frames', from: n % 60, to: (n % 60) + 73 } });
  for (let n = 0; n < WARM_ROUNDS; n += 1) await round(n);
  globalThis.gc?.();
  const warm = process.memoryUsage.rss();
  let peak = warm;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 20);
  for (let n = 0; n < ROUNDS; n += 1) await round(WARM_ROUNDS + n);
  clearInterval(watch);
  process.stdout.write(`${JSON.stringify({ warm, peak, rounds: ROUNDS })}\n`);
} finally {
  await bench.media.close();
  await rm(folder, { recursive: true, force: true });
}
