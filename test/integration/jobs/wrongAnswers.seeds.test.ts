/** One wrong answer of the provider at a time, in the real app: what is waited for, and that what is paid for comes home. */
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SeenRequest } from '../../../main/sandbox/admin.ts';
import { pause } from '../../../main/storage/clock.ts';
import { openJobsDb } from '../../../main/storage/jobsDb.ts';
import type { ElementRecipe, Job } from '../../../shared/contract/jobs.ts';
import { createHurriedClock, type HurriedClock } from '../../answers/hurriedClock.ts';
import { thinned } from '../../fixtures/runs.ts';
import {
  addSources,
  isOver,
  motion,
  newOrderId,
  openTestProfile,
  order,
  type Sources,
  type TestProfile,
  waitsFor,
} from '../app/harness.ts';
import { type FaceClips, openFaceClips } from './faceClips.ts';

let profile: TestProfile;
let sources: Sources;
let faces: FaceClips;
beforeAll(async () => {
  profile = await openTestProfile({ watchIntervalMs: 50, retryBaseMs: 20 });
  sources = await addSources(profile);
  faces = await openFaceClips();
  await profile.admin('POST', 'switches', { reuseResults: true });
});
afterAll(async () => {
  await profile.remove();
  await faces.remove();
});

const faults = (rules: unknown[], on = profile) => on.admin('POST', 'faults', { rules });
const noFaults = (on = profile) => on.admin('DELETE', 'faults');
const eventsOf = async (job: Job, on = profile) =>
  (await on.call('jobs.log', { id: job.id })).map(({ event }) => event);
const prompts = (function* () {
  for (let n = 1; ; n += 1) yield `prompt ${n}`;
})();
const orderOne = () => order(profile, motion(sources, { prompt: String(prompts.next().value), keepSound: false }));
/** Every reading of tasks, for so many times. */
const readings = (patch: unknown, times: number) => ({ path: '/v1/tasks', skip: 0, times, patch });

describe('J2: completed is one word of the server', () => {
  it.each(
    thinned(
      [
        ['no links', { status: 'completed', results: [], result_data: [] }],
        [
          'a link that is not https',
          { status: 'completed', results: ['http://results.example/r.mp4'], result_data: [] },
        ],
        [
          'a link into a private network',
          { status: 'completed', results: ['https://10.0.0.1/r.mp4'], result_data: null },
        ],
        ['a dead link', { status: 'completed', results: ['https://results.invalid/r.mp4'], result_data: null }],
      ] as const,
      2,
    ),
  )('J2: %s at first: the task is read again and the result comes home', async (_what, patch) => {
    await faults([readings(patch, 3)]);
    const job = await orderOne();
    const done = await profile.until(job.id, isOver);
    await noFaults();
    expect(done).toMatchObject({ state: 'completed', problem: null });
    expect(await eventsOf(job)).toContain('link.refreshed');
    expect(existsSync(done.file ?? '')).toBe(true);
  });

  it.each(
    thinned(
      [
        ['a web page', { status: 200, body: 'html' }, 'resultNotVideo'],
        ['0 bytes', { status: 200, body: 'empty' }, 'resultEmpty'],
        ['a link that is gone', { status: 403 }, 'resultGone'],
      ] as const,
      2,
    ),
  )('J2: %s instead of the result has a name, and is asked for again', async (_what, fault, code) => {
    await faults([{ path: '/results/', times: null, ...fault }]);
    const job = await orderOne();
    const waiting = await profile.until(job.id, waitsFor('answer'));
    expect(waiting).toMatchObject({ state: 'downloading', problem: { code } });
    await noFaults();
    expect(await profile.until(job.id, isOver)).toMatchObject({ state: 'completed', problem: null });
  });

  it('J2: of several links each is tried, and a second result is kept and told', async () => {
    const [first, second] = [await orderOne(), await orderOne()];
    for (const { id } of [first, second]) await profile.until(id, isOver);
    const { taskId } = await profile.call('jobs.get', { id: first.id });
    const task = (await profile.ledger()).find((row) => row.taskId === taskId);
    expect(task?.status).toBe('completed');
    // Of another form, so that it is another file.
    const other = await order(profile, motion(sources, { prompt: 'other', quality: '1080p', keepSound: false }));
    const otherDone = await profile.until(other.id, isOver);
    const link = (id: string | null) => `/results/${id}/result.mp4`;
    const origin = await profile.admin('GET', 'ledger').then(() => originOf(profile));
    const results = ['https://10.0.0.1/dead.mp4', `${origin}${link(taskId)}`, `${origin}${link(otherDone.taskId)}`];
    await faults([readings({ status: 'completed', results, result_data: null }, 4)]);
    const job = await orderOne();
    const done = await profile.until(job.id, isOver);
    await noFaults();
    expect(done).toMatchObject({ state: 'completed', problem: { code: 'furtherResults' } });
    const { items } = await profile.call('library.list', {});
    expect(items.filter(({ jobId }) => jobId === job.id)).toHaveLength(2);
  });

  it.each(thinned(['failed', 'cancelled'], 2))('J2: %s, said once, ends nothing', async (status) => {
    await faults([readings({ status, error: { code: 'service_error', message: 'no' } }, 1)]);
    const job = await orderOne();
    const done = await profile.until(job.id, isOver);
    await noFaults();
    expect(await eventsOf(job)).toContain(`said to be ${status}`);
    expect(done.state).toBe('completed');
  });

  it('J2: a completion that the server dates back by days does not make the first trouble the last', async () => {
    const old = { completed_at: '2020-01-01T00:00:00Z' };
    await faults([
      { path: '/results/', times: 2, status: 403 },
      { path: '/v1/tasks', times: null, patch: old },
    ]);
    const job = await orderOne();
    const done = await profile.until(job.id, isOver);
    await noFaults();
    expect(done.state).toBe('completed');
  });
});

async function originOf(of: TestProfile): Promise<string> {
  const { readPort } = await import('../../../main/sandbox/place.ts');
  return `http://127.0.0.1:${readPort(`${of.profileDir}/sandbox`)?.port}`;
}

describe('J3: one odd field does not hide the others', () => {
  it.each([
    ['COMPLETED', { status: 'COMPLETED' }],
    ['a null among the results', { results: [null], error: 'a text', progress: {}, usage: 'free', task_info: 3 }],
    ['results as one text', { result_data: 'x', results: 7 }],
  ])('J3: %s', async (_what, patch) => {
    // Merged only once it is over: a running task stays one.
    const job = await orderOne();
    const running = await profile.until(job.id, ({ taskId }) => taskId !== null);
    expect(running.taskId).not.toBeNull();
    await faults([{ path: '/v1/tasks', times: 1, patch }]);
    const done = await profile.until(job.id, isOver);
    await noFaults();
    expect(done.state).toBe('completed');
  });

  it('J3: an element without an id is asked about for a day, then a person is, and then it goes on', async () => {
    const hurried = await openHurried();
    try {
      await faults([{ path: '/v1/tasks', times: null, patch: { result_data: [{}] } }], hurried.profile);
      const cells = [{ orderId: newOrderId(), recipe: hurried.recipe }];
      const [job] = await hurried.profile.call('jobs.order', { cells });
      const id = job?.id ?? '';
      expect(await hurried.profile.until(id, waitsFor('answer'))).toMatchObject({
        problem: { code: 'elementWithoutId' },
      });
      expect(await leapUntil(hurried, id, waitsFor('stuck'))).toMatchObject({ state: 'running' });
      // A read under way may still arrive; then fifteen intervals pass in silence. (A leap is a machine that wakes: it asks again.)
      await pause(200);
      await hurried.profile.admin('DELETE', 'requests');
      await pause(600);
      expect(await readsSeen(hurried.profile)).toBe(0);
      await noFaults(hurried.profile);
      await hurried.profile.call('jobs.retry', { id });
      expect(await hurried.profile.until(id, isOver)).toMatchObject({
        state: 'completed',
        resultElementId: expect.any(String),
      });
    } finally {
      await hurried.profile.remove();
    }
  });
});

describe('J2: the answer to an order names a task that nobody knows', () => {
  const namesNobody = { method: 'POST', path: '/v1/videos/generations', patch: { id: '0' } };

  it.each([true, false])('J2: it is no task; keys honoured: %s', async (honoursKeys) => {
    const hurried = await openHurried();
    const { call, admin, until, ledger, profileDir } = hurried.profile;
    try {
      await call('account.refresh', {});
      const db = openJobsDb(profileDir);
      db.run('UPDATE accounts SET honours_keys = ?', honoursKeys ? 1 : 0);
      db.close();
      await admin('POST', 'faults', { rules: [namesNobody] });
      const [job] = await call('jobs.order', { cells: [{ orderId: newOrderId(), recipe: hurried.recipe }] });
      const id = job?.id ?? '';
      if (!honoursKeys) {
        expect(await until(id, waitsFor('outcome'))).toMatchObject({ state: 'submitting', taskId: null });
        const [task] = await call('jobs.outcomeCandidates', { id });
        await call('jobs.resolveOutcome', { id, choice: { kind: 'task', taskId: task?.taskId ?? '' } });
      }
      expect(await until(id, isOver)).toMatchObject({ state: 'completed' });
      const events = (await call('jobs.log', { id })).map(({ event }) => event);
      expect(events).toContain('running → submitting');
      expect(await ledger()).toHaveLength(1);
    } finally {
      await hurried.profile.remove();
    }
  });
});

interface Hurried {
  profile: TestProfile;
  clock: HurriedClock;
  recipe: ElementRecipe;
}

async function openHurried(): Promise<Hurried> {
  const clock = createHurriedClock(200);
  const hurried = await openTestProfile({ watchIntervalMs: 8000, clock });
  return { profile: hurried, clock, recipe: await faces.recipe(hurried) };
}

async function leapUntil({ profile: of, clock }: Hurried, id: string, isReached: (job: Job) => boolean): Promise<Job> {
  for (let hour = 0; hour < 60; hour += 1) {
    const job = await of.call('jobs.get', { id });
    if (isReached(job)) return job;
    clock.leap(3600_000);
    await pause(80);
  }
  return of.until(id, isReached);
}

async function readsSeen(of: TestProfile): Promise<number> {
  const { requests } = (await of.admin('GET', 'requests')) as { requests: SeenRequest[] };
  return requests.filter(({ path }) => path.startsWith('/v1/tasks')).length;
}

describe('J1: Retry-After', () => {
  it.each(thinned(['99999999', '99999999999999999999', 'Fri, 31 Dec 9999 23:59:59 GMT', '0'], 2))(
    'J1: %s on the paid endpoint: the order is not sent again in a hurry',
    async (retryAfter) => {
      const slow = await openTestProfile({ watchIntervalMs: 50 });
      try {
        const own = await addSources(slow);
        await faults([{ path: '/v1/videos/generations', status: 429, retryAfter, times: null }], slow);
        const job = await order(slow, motion(own));
        const waiting = await slow.until(job.id, waitsFor('rateLimit'));
        await pause(900);
        const { requests } = (await slow.admin('GET', 'requests')) as { requests: SeenRequest[] };
        expect(requests.filter(({ path }) => path === '/v1/videos/generations').length).toBeLessThanOrEqual(2);
        const inMs = Date.parse(waiting.nextTryAt ?? '') - Date.now();
        expect(inMs).toBeLessThanOrEqual(15 * 60_000);
        if (retryAfter !== '0') expect(inMs).toBeGreaterThan(14 * 60_000);
      } finally {
        await slow.remove();
      }
    },
  );
});

describe('J4: money unit: amounts that cannot be in credits', () => {
  it.each([
    ['units', '244944', 'unit'],
    ['unitsText', '244944', 'unit'],
  ] as const)('J4: money unit: %s are kept as they came, and the estimate counts', async (creditsAs, raw, kind) => {
    const own = await openTestProfile({ watchIntervalMs: 50, retryBaseMs: 20 });
    try {
      const ids = await addSources(own);
      await faults([{ path: '/v1/', times: null, creditsAs }], own);
      const job = await order(own, motion(ids, { keepSound: false }));
      const done = await own.until(job.id, isOver);
      expect(done.charge).toEqual({
        state: 'charged',
        credits: null,
        doubt: { kind, raw: expect.stringMatching(/^\d+$/) },
      });
      expect(Number(done.charge.doubt?.raw)).toBeGreaterThanOrEqual(Number(raw));
      const { entries } = await own.call('spend.list', {});
      expect(entries[0]).toMatchObject({ credits: null, doubt: { kind }, state: 'charged' });
      expect(await eventsOf(job, own)).toContain('unit unclear');
      await own.until((await order(own, motion(ids, { keepSound: false, prompt: 'again' }))).id, isOver);
      // A person is told once, whatever follows.
      const told = async () => (await own.call('app.info', {})).notices.filter(({ id }) => id === 'creditsUnclear');
      expect(await told()).toEqual([
        { id: 'creditsUnclear', params: { raw: expect.any(String), estimate: done.estimate.high } },
      ]);
      await own.restart();
      expect(await told()).toEqual([]);
    } finally {
      await own.remove();
    }
  });

  it.each(['text', 'null'] as const)('J4: money unit: credits as %s are no reason to doubt', async (creditsAs) => {
    await faults([{ path: '/v1/', times: null, creditsAs }]);
    const job = await orderOne();
    const done = await profile.until(job.id, isOver);
    await noFaults();
    expect(done.charge.doubt ?? null).toBeNull();
    expect(done.charge).toMatchObject(
      creditsAs === 'text' ? { state: 'charged', credits: '24.4944' } : { credits: null },
    );
  });

  it('J4: money unit: the length that the server has read stands beside ours', async () => {
    const done = await profile.until((await orderOne()).id, isOver);
    expect(done.serverVideoSeconds).toBe(3);
  });
});
