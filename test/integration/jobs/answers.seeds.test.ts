/**
 * The real app on a provider whose every kind of answer may be wrong: nothing is paid twice, nothing is lost that the provider still has, every job
 * has a reason, no task is asked about more than once a second, and none for ever. RESTAGE_ANSWERS_RUNS is how many answers are bent,
 * RESTAGE_ANSWERS_SEED makes them others. The app's time runs 400 times as fast, with the intervals of production, and leaps over days of patience.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { pause } from '../../../main/storage/clock.ts';
import type { Job } from '../../../shared/contract/jobs.ts';
import { isFinal } from '../../../shared/jobs/jobStates.ts';
import { seededRandom } from '../../answers/mutations.ts';
import { isAtRest, type LyingWorld, openLyingWorld } from '../../answers/world.ts';
import { isLong, isTimeOver, runsOf, seedOf } from '../../fixtures/runs.ts';
import { makeClip } from '../sandbox/harness.ts';

const wanted = runsOf('ANSWERS', { short: 12, long: 2000 });
const seed = seedOf('ANSWERS', 11);
const JOBS_AT_ONCE = isLong ? 25 : 6;
/** Real time that a batch of orders is lied to. */
const LYING_MS = 20_000;
const LEAP_MS = 2 * 3600_000;
/** At the least; on a busy machine, where an order takes its time to go out, more days go by. */
const LEAPS = 40;
/** Real time after which what is not at rest never will be. */
const REST_MS = 150_000;

let folder: string;
let footage: { video: string; face: string };
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'restage-lying-footage-'));
  const clip = { seconds: 3, rate: 20, hasSound: false };
  const [video, face] = await Promise.all([
    makeClip(folder, 'motion', clip),
    makeClip(folder, 'face', { ...clip, size: '720x720' }),
  ]);
  footage = { video, face };
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Most answers are readings: of these no more than three fifths of what is wanted count, or the other kinds would hardly be met. */
function liesIn({ proxy }: LyingWorld): number {
  const isReading = (kind: string) => kind === 'batch' || kind === 'task';
  const sum = (isCounted: (kind: string) => boolean) =>
    [...proxy.counts].reduce((total, [kind, count]) => (isCounted(kind) ? total + count : total), 0);
  return Math.min(sum(isReading), wanted * 0.3) + sum((kind) => !isReading(kind));
}

/** Until all are at rest, or so much real time has passed. */
async function untilRest(world: LyingWorld, forMs: number, isEnough: (job: Job) => boolean = isAtRest): Promise<Job[]> {
  const end = performance.now() + forMs;
  for (;;) {
    const open = (await world.jobs()).filter((job) => !isEnough(job));
    if (open.length === 0 || performance.now() > end) return open;
    await pause(40);
  }
}

async function lieAbout(world: LyingWorld, batch: number): Promise<void> {
  await world.sandbox.admin('POST', 'switches', { hasBatch: batch % 3 !== 2, maxFiles: batch % 2 === 0 ? 100 : 3 });
  world.proxy.setShare(0.5);
  await world.place(batch, JOBS_AT_ONCE);
  await world.call('account.refresh', {});
  await untilRest(world, LYING_MS);
  const [asks] = (await world.jobs()).filter(({ waitingFor }) => waitingFor === 'outcome');
  // What the list says is bent as well: refused in words, or a list.
  if (asks) {
    const list = await world.call('jobs.outcomeCandidates', { id: asks.id }).catch((error) => error.data.code);
    expect(list).not.toBe('internal');
  }
}

/** Days go by; those who always lie still do. */
async function letDaysPass(world: LyingWorld): Promise<void> {
  world.proxy.onlyLiars();
  await world.sandbox.admin('POST', 'switches', { maxFiles: 100 });
  const end = performance.now() + REST_MS;
  for (let leap = 0; leap < LEAPS || performance.now() < end; leap += 1) {
    if ((await untilRest(world, 150)).length === 0) return;
    world.clock.leap(LEAP_MS);
  }
  const forEver = await untilRest(world, 0);
  expect(await stories(world, forEver), 'asked about for ever').toEqual([]);
}

async function stories(world: LyingWorld, jobs: readonly Job[]): Promise<string[]> {
  const told = jobs.slice(0, 5).map(async ({ id, state, waitingFor, taskId }) => {
    const log = await world.call('jobs.log', { id });
    return `${state} ${waitingFor} ${taskId}: ${log.map(({ event, detail }) => `${event} ${detail.slice(0, 80)}`).join(' / ')}`;
  });
  return Promise.all(told);
}

async function compare(world: LyingWorld): Promise<void> {
  const jobs = await world.jobs();
  const tasks = await world.ledger();
  const claimed = jobs.flatMap(({ taskId }) => taskId ?? []);
  const nobodys = tasks.filter(({ taskId }) => !claimed.includes(taskId));
  const owners = (await Promise.all(nobodys.map(({ bodySha256 }) => world.jobOf(bodySha256)))).filter(
    (job) => job !== undefined,
  );
  const nobodysIds = nobodys.map(({ taskId }) => taskId);
  expect({ nobodysIds, owners: await stories(world, owners) }, 'paid twice, or lost').toEqual({
    ...{ nobodysIds: [], owners: [] },
  });
  expect(new Set(claimed).size).toBe(claimed.length);
  expect(tasks.length).toBeLessThanOrEqual(jobs.length);
  const statusOf = new Map(tasks.map(({ taskId, status }) => [taskId, status]));
  const lost = jobs.filter(
    ({ taskId, state }) => taskId !== null && statusOf.get(taskId) === 'completed' && state !== 'completed',
  );
  expect(await stories(world, lost), 'lost').toEqual([]);
  const mute = jobs.filter(({ state, problem }) => (state === 'failed' || state === 'expired') && problem === null);
  expect(await stories(world, mute), 'without a reason').toEqual([]);
  const { items } = await world.call('library.list', {});
  const results = jobs.filter(({ state, recipe }) => state === 'completed' && recipe.kind === 'motion');
  expect(new Set(items.map(({ jobId }) => jobId))).toEqual(new Set(results.map(({ id }) => id)));
  // What was booked is what was charged, or it says that it cannot be told.
  const chargedOf = new Map(tasks.map(({ taskId, charged }) => [taskId, charged]));
  const wrong = jobs.filter(({ taskId, charge }) => {
    const isTold = charge.state === 'charged' && charge.credits !== null;
    return isTold && Number(charge.credits) > 20 * Number(chargedOf.get(taskId ?? '') || 1);
  });
  expect(await stories(world, wrong), 'booked and never charged').toEqual([]);
}

it.each([true, false])(
  `J3: nothing is lost, paid twice or asked for ever by wrong answers, keys honoured: %s (seed ${seed}, ${wanted / 2} answers)`,
  { timeout: Math.max(240_000, wanted * 2000) },
  async (honoursKeys) => {
    const world = await openLyingWorld({ footage, honoursKeys, random: seededRandom(seed + (honoursKeys ? 0 : 1)) });
    try {
      for (let batch = 0; liesIn(world) < wanted / 2 && !(batch > 0 && isTimeOver()); batch += 1) {
        await lieAbout(world, batch);
        await letDaysPass(world);
        world.proxy.setShare(0);
        const end = performance.now() + 60_000;
        while ((await untilRest(world, 200, ({ state }) => isFinal(state))).length > 0) {
          if (performance.now() > end)
            expect(await stories(world, await untilRest(world, 0, ({ state }) => isFinal(state)))).toEqual([]);
          await world.answerAll();
        }
      }
      await compare(world);
      expect(world.proxy.hurries, 'asked twice within a second').toEqual([]);
      const kinds = ['upload', 'submit', 'batch', 'task', 'credits', 'quota', 'delete', 'list', 'download'] as const;
      const counts = kinds.map((kind) => `${kind} ${world.proxy.counts.get(kind) ?? 0}`).join(', ');
      console.info(
        `keys honoured: ${honoursKeys}; ${(await world.jobs()).length} jobs, ${liesIn(world)} bent answers: ${counts}`,
      );
    } finally {
      await world.close();
    }
  },
);
