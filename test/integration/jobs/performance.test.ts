/** A performance of 70 s, longer than any order may be: split where little moves, ordered as one, joined with its own sound. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createMedia } from '../../../main/media/index.ts';
import type { PerformancePlan, PerformanceView } from '../../../shared/contract/performance.ts';
import { parseCredits } from '../../../shared/money/pricing.ts';
import { draw } from '../../fixtures/drawn.ts';
import { fixtureFfmpeg, imageWorkerCommand, silentLogger } from '../../fixtures/media.ts';
import { soundAndLight } from '../../fixtures/soundAndLight.ts';
import { addSources, isOver, motion, openTestProfile, type TestProfile } from '../app/harness.ts';

const FPS = 20;
const SECONDS = 70;

let profile: TestProfile;
let ffmpeg: string;
beforeEach(async () => {
  profile = await openTestProfile({ watchIntervalMs: 50 });
  const media = createMedia({
    ...{ cacheDir: path.join(profile.profileDir, 'cache'), selfCommand: imageWorkerCommand, env: process.env },
    logger: silentLogger,
  });
  ffmpeg = await fixtureFfmpeg(media);
  await media.close();
});
afterEach(() => profile.remove());

/** A flash and a beep in the middle of each second; the ground moves, and rests around 27.5 s and 53 s. */
async function drawPerformance(): Promise<string> {
  const moved = '(min(T,26.4)+max(0,min(T,51.4)-28.6)+max(0,T-54.6))';
  const ground = `color=c=gray:s=32x18:r=${FPS}:d=${SECONDS},format=gray,geq=lum='90+60*sin(X/3+5*${moved})'`;
  const flash = "drawbox=x=0:y=0:w=iw:h=ih:color=white:t=fill:enable='gte(mod(t,1),0.499)*lt(mod(t,1),0.599)'";
  const beep = "aevalsrc='0.5*gte(mod(t,1),0.5)*lt(mod(t,1),0.6)*sin(2*PI*900*t)':s=44100";
  return await draw(
    ffmpeg,
    [
      ...['-v', 'error', '-y', '-f', 'lavfi', '-i', `${ground},scale=640:360:flags=neighbor,format=yuv420p,${flash}`],
      ...['-f', 'lavfi', '-t', String(SECONDS), '-i', beep, '-c:v', 'libx264', '-preset', 'ultrafast', '-g', '20'],
      ...['-c:a', 'aac', '-b:a', '96k'],
    ],
    path.join(profile.profileDir, 'dance.mp4'),
  );
}

async function untilState(id: string, isReached: (view: PerformanceView) => boolean): Promise<PerformanceView> {
  for (const end = Date.now() + 240_000; ; ) {
    const view = (await profile.call('performances.list', {})).find((each) => each.id === id);
    if (view && isReached(view)) return view;
    if (Date.now() > end) throw new Error(`performance stays ${JSON.stringify(view)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const cellsOf = (plan: PerformancePlan) =>
  plan.parts.map(({ recipe }) => ({ orderId: `long-1.${recipe.part?.number}`, recipe }));

it('9: 70 s become one result: quiet seams, the price before, a failed part ordered again alone, restarts in between, sound in sync at every seam', {
  timeout: 400_000,
}, async () => {
  const { imageId } = await addSources(profile);
  const videoId = await profile.add(await drawPerformance());
  const { kind, ...recipe } = motion({ videoId, imageId });
  const plan = await profile.call('performance.plan', {
    ...{ performanceId: 'long-1', recipe: { kind, ...recipe }, isPatient: true },
  });
  if (!plan) throw new Error('no plan');
  // As few as can be, whole seconds, and where nothing moves.
  const seams = plan.parts.slice(1).map(({ fromSeconds }) => fromSeconds);
  expect(seams).toHaveLength(2);
  for (const seam of seams) expect(seam % 1).toBe(0);
  expect(seams.map((seam) => (seam >= 27 && seam <= 28) || (seam >= 52 && seam <= 54))).toEqual([true, true]);
  expect(plan.parts.every(({ seconds }) => seconds <= 30)).toBe(true);
  const low = plan.parts.reduce((sum, { price }) => sum + parseCredits(price.low), 0n);
  expect(parseCredits(plan.price.low)).toBe(low);

  // The second order is refused by the provider: the other two stand.
  const rules = [{ method: 'POST', path: '/v1/videos/generations', status: 400, skip: 1, times: 1 }];
  await profile.admin('POST', 'faults', { rules });
  const cells = cellsOf(plan);
  const jobs = await profile.call('jobs.order', { cells });
  expect(await profile.call('jobs.order', { cells })).toHaveLength(3);
  await profile.restart();
  for (const { id } of jobs) await profile.until(id, isOver);
  const broken = await untilState('long-1', ({ state }) => state === 'incomplete');
  expect(broken).toMatchObject({ count: 3, completedCount: 2, itemId: null });
  const failed = (await profile.call('jobs.list', {})).find(({ state }) => state === 'failed');
  const again = await profile.call('jobs.retry', { id: failed?.id ?? '' });
  expect(again.recipe).toEqual(failed?.recipe);
  expect((await profile.until(again.id, isOver)).state).toBe('completed');
  // Stopped in the middle of joining: what was begun is begun again.
  await profile.restart();
  const done = await untilState('long-1', ({ state }) => state === 'joined' || state === 'waiting');
  expect(done).toMatchObject({ state: 'joined', completedCount: 3, trouble: null });

  // Nothing was paid twice.
  const ledger = await profile.ledger();
  expect(ledger.map(({ status }) => status)).toEqual(['completed', 'completed', 'completed']);
  expect(new Set(ledger.map(({ bodySha256 }) => bodySha256)).size).toBe(3);

  const item = await profile.call('library.get', { id: done.itemId ?? '' });
  expect(item).toMatchObject({ jobId: null, creditsCharged: null, hasAudio: true, orderedSeconds: SECONDS });
  const sidecar = JSON.parse(await readFile(item.sidecar, 'utf8'));
  expect(sidecar.joined).toMatchObject({ performanceId: 'long-1', seamsSeconds: seams });
  expect(sidecar.joined.parts.map(({ jobId }: { jobId: string }) => jobId)).toEqual(done.jobIds);
  expect(sidecar.recipe).not.toHaveProperty('part');

  // By ffmpeg's own decoding: each flash where it was, and its beep with it.
  const { flashes, beeps } = await soundAndLight(ffmpeg, item.file);
  const drawn = Array.from({ length: SECONDS }, (_, second) => second + 0.5);
  expect(flashes).toHaveLength(SECONDS);
  expect(beeps).toHaveLength(SECONDS);
  for (const [n, at] of drawn.entries()) {
    expect(Math.abs((flashes[n] ?? 0) - at)).toBeLessThan(1 / FPS);
    expect(Math.abs((beeps[n] ?? 0) - (flashes[n] ?? 0))).toBeLessThan(1 / FPS);
  }

  // Thrown away by a person, it does not come back by itself.
  await profile.call('library.trash', { ids: [item.id] });
  await profile.restart();
  expect(await untilState('long-1', ({ state }) => state === 'joined')).toMatchObject({ itemId: null });
});
