/** The order of the queue, holding it, and stopping after the current one: with the real runner, the real sandbox, across restarts. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Job } from '../../../shared/contract/jobs.ts';
import { isCancellable } from '../../../shared/jobs/jobStates.ts';
import { inLongRun, thinned } from '../../fixtures/runs.ts';
import {
  addSources,
  isOver,
  motion,
  openTestProfile,
  order,
  type Sources,
  type TestProfile,
  waitsFor,
} from '../app/harness.ts';

let profile: TestProfile;
let sources: Sources;
beforeEach(async () => {
  profile = await openTestProfile({ watchIntervalMs: 50, retryBaseMs: 20 });
  await profile.admin('POST', 'switches', { taskSeconds: 0 });
  sources = await addSources(profile);
});
afterEach(() => profile.remove());

const orderAll = (names: readonly string[]) =>
  names.reduce<Promise<Job[]>>(
    async (made, prompt) => [...(await made), await order(profile, motion(sources, { prompt }))],
    Promise.resolve([]),
  );

const promptOf = ({ recipe }: Job) => (recipe.kind === 'motion' ? recipe.prompt : '');

/** In which order the server took them. */
async function sentOrder(): Promise<string[]> {
  const byTask = new Map((await profile.call('jobs.list', {})).map((job) => [job.taskId, promptOf(job)]));
  // The newest comes first.
  return (await profile.ledger()).map(({ taskId }) => byTask.get(taskId) ?? '').reverse();
}

const line = async () =>
  (await profile.call('jobs.list', {}))
    .filter(({ state }) => isCancellable(state))
    .toSorted((a, b) => a.queuePosition - b.queuePosition)
    .map(promptOf);

it('holds everything that was not sent, over a restart and for new orders, and lets it go on in the order that a person made', async () => {
  await profile.call('queue.pauseAll', { isPaused: true });
  const [a, b, c, d] = await orderAll(['a', 'b', 'c', 'd']);
  for (const job of [a, b, c, d]) await profile.until(job?.id ?? '', waitsFor('paused'));
  const moved = await profile.call('jobs.move', { id: d?.id ?? '', to: 'top' });
  expect(moved.map(promptOf)).toEqual(['d', 'a', 'b', 'c']);
  await profile.call('jobs.move', { id: a?.id ?? '', to: 'down' });
  await profile.call('jobs.move', { id: c?.id ?? '', to: 'up' });
  expect(await line()).toEqual(['d', 'b', 'c', 'a']);
  // At the ends there is nowhere to go.
  await profile.call('jobs.move', { id: d?.id ?? '', to: 'up' });
  await profile.call('jobs.move', { id: a?.id ?? '', to: 'down' });

  await profile.restart();
  expect(await profile.call('queue.get', {})).toEqual({ hold: 'all', currentIds: [] });
  const [late] = await orderAll(['late']);
  await profile.until(late?.id ?? '', waitsFor('paused'));
  expect(await line()).toEqual(['d', 'b', 'c', 'a', 'late']);
  expect(await profile.ledger()).toEqual([]);
  const single = await profile.connection.call('jobs.pause', { id: a?.id ?? '', isPaused: false });
  expect(single).toMatchObject({ ok: false, error: { reasons: [{ rule: 'job.queueIsHeld' }] } });

  await profile.call('queue.pauseAll', { isPaused: false });
  for (const job of [a, b, c, d, late]) expect((await profile.until(job?.id ?? '', isOver)).state).toBe('completed');
  expect(await sentOrder()).toEqual(['d', 'b', 'c', 'a', 'late']);
});

it('U4: letting the queue go on leaves alone what was paused by itself, over a restart too', async () => {
  await profile.call('queue.pauseAll', { isPaused: true });
  const [a, b, c] = await orderAll(['a', 'b', 'c']);
  for (const job of [a, b, c]) await profile.until(job?.id ?? '', waitsFor('paused'));
  for (const job of [b, c]) await profile.call('jobs.pause', { id: job?.id ?? '', isPaused: true });
  await profile.restart();
  // Taken back while the queue is held: it stands with the others again.
  await profile.call('jobs.pause', { id: c?.id ?? '', isPaused: false });
  await profile.call('queue.pauseAll', { isPaused: false });
  for (const job of [a, c]) expect((await profile.until(job?.id ?? '', isOver)).state).toBe('completed');
  expect(await profile.until(b?.id ?? '', waitsFor('paused'))).toMatchObject({ isPaused: true });
  expect(await sentOrder()).toEqual(['a', 'c']);

  await profile.call('jobs.pause', { id: b?.id ?? '', isPaused: false });
  expect((await profile.until(b?.id ?? '', isOver)).state).toBe('completed');
  expect(await sentOrder()).toEqual(['a', 'c', 'b']);
});

inLongRun(() => {
  it('pausing one lets the others pass it', async () => {
    await profile.admin('POST', 'faults', {
      rules: [{ method: 'POST', path: '/api/v1/files/upload', latencyMs: 1500 }],
    });
    const [a, b] = await orderAll(['a', 'b']);
    await profile.call('jobs.pause', { id: a?.id ?? '', isPaused: true });
    expect((await profile.until(b?.id ?? '', isOver)).state).toBe('completed');
    await profile.restart();
    await profile.until(a?.id ?? '', waitsFor('paused'));
    expect(await sentOrder()).toEqual(['b']);
    await profile.call('jobs.pause', { id: a?.id ?? '', isPaused: false });
    expect((await profile.until(a?.id ?? '', isOver)).state).toBe('completed');
  });
});

it('stops after the current one: what is on its way is sent and fetched, the rest waits', async () => {
  await profile.admin('POST', 'faults', {
    rules: [{ method: 'POST', path: '/v1/videos/generations', latencyMs: 1500 }],
  });
  const [a, b, c] = await orderAll(['a', 'b', 'c']);
  await profile.until(a?.id ?? '', ({ state }) => state === 'submitting');
  const state = await profile.call('queue.stopAfterCurrent', {});
  expect(state).toEqual({ hold: 'afterCurrent', currentIds: [a?.id] });
  await profile.restart();
  expect((await profile.until(a?.id ?? '', isOver)).state).toBe('completed');
  for (const job of [b, c]) await profile.until(job?.id ?? '', waitsFor('paused'));
  expect(await sentOrder()).toEqual(['a']);
  await profile.call('queue.pauseAll', { isPaused: false });
  for (const job of [b, c]) expect((await profile.until(job?.id ?? '', isOver)).state).toBe('completed');
  expect(await sentOrder()).toEqual(['a', 'b', 'c']);
});

inLongRun(() => {
  it('with nothing on its way the first in line is the current one', async () => {
    await profile.call('queue.pauseAll', { isPaused: true });
    const [a, b] = await orderAll(['a', 'b']);
    await profile.until(b?.id ?? '', waitsFor('paused'));
    await profile.call('jobs.move', { id: b?.id ?? '', to: 'top' });
    await profile.call('queue.stopAfterCurrent', {});
    expect((await profile.until(b?.id ?? '', isOver)).state).toBe('completed');
    expect((await profile.until(a?.id ?? '', waitsFor('paused'))).state).not.toBe('completed');
    expect(await sentOrder()).toEqual(['b']);
  });
});

it('does not move, pause or hold what was sent', async () => {
  await profile.admin('POST', 'switches', { taskSeconds: 2 });
  const [a] = await orderAll(['a']);
  const id = a?.id ?? '';
  await profile.until(id, ({ state }) => state === 'running');
  const moved = await profile.connection.call('jobs.move', { id, to: 'top' });
  expect(moved).toMatchObject({ ok: false, error: { reasons: [{ rule: 'job.isSubmitted' }] } });
  await profile.call('queue.pauseAll', { isPaused: true });
  expect((await profile.until(id, isOver)).state).toBe('completed');
});

/** When the log of a job says so. */
async function timeOf(job: Job | undefined, event: string): Promise<string> {
  const log = await profile.call('jobs.log', { id: job?.id ?? '' });
  return log.find((line) => line.event === event)?.at ?? `no ${event}`;
}

it('has no more at the provider at once than a person allows, in the order of the queue', async () => {
  await profile.admin('POST', 'switches', { taskSeconds: 0.4 });
  await profile.call('settings.set', { maxAtProvider: 1 });
  const jobs = await orderAll(['a', 'b', 'c', 'd']);
  for (const job of jobs) expect((await profile.until(job.id, isOver)).state).toBe('completed');
  expect(await sentOrder()).toEqual(['a', 'b', 'c', 'd']);
  for (const [index, job] of jobs.entries()) {
    const before = jobs[index - 1];
    if (before === undefined) continue;
    const sent = await timeOf(job, 'uploading → submitting');
    expect(sent >= (await timeOf(before, 'running → downloading'))).toBe(true);
  }
});

inLongRun(() => {
  it('what waits for a place is not ordered yet: it is cancelled, moved, kept over a restart, and goes on with a higher number', async () => {
    await profile.admin('POST', 'switches', { taskSeconds: 3600 });
    await profile.call('settings.set', { maxAtProvider: 2 });
    const [a, b, c, d, e] = await orderAll(['a', 'b', 'c', 'd', 'e']);
    for (const job of [a, b]) await profile.until(job?.id ?? '', ({ state }) => state === 'running');
    for (const job of [c, d, e]) await profile.until(job?.id ?? '', waitsFor('slot'));
    await profile.restart();
    for (const job of [c, d, e]) await profile.until(job?.id ?? '', waitsFor('slot'));
    expect(await sentOrder()).toEqual(['a', 'b']);

    await profile.call('jobs.move', { id: e?.id ?? '', to: 'top' });
    expect((await profile.call('jobs.cancel', { id: d?.id ?? '' })).state).toBe('cancelled');
    await profile.call('settings.set', { maxAtProvider: 3 });
    await profile.until(e?.id ?? '', ({ state }) => state === 'running');
    await profile.until(c?.id ?? '', waitsFor('slot'));
    await profile.call('settings.set', { maxAtProvider: null });
    await profile.until(c?.id ?? '', ({ state }) => state === 'running');
    expect(await sentOrder()).toEqual(['a', 'b', 'e', 'c']);
  });
});

const takenOut: [string, (a: string, b: string) => Promise<unknown>][] = [
  ['is cancelled', (a: string) => profile.call('jobs.cancel', { id: a })],
  ['is paused', (a: string) => profile.call('jobs.pause', { id: a, isPaused: true })],
  ['is passed', (_: string, b: string) => profile.call('jobs.move', { id: b, to: 'top' })],
];

it.each(thinned(takenOut, 3))(
  'one that still goes up keeps the place from those behind it, until it %s',
  async (_, takeOut) => {
    const [first] = await orderAll(['first']);
    await profile.until(first?.id ?? '', isOver);
    await profile.call('settings.set', { maxAtProvider: 1 });
    await profile.admin('POST', 'switches', { taskSeconds: 3600 });
    const slow = { method: 'POST', path: '/api/v1/files/upload', latencyMs: 60_000 };
    await profile.admin('POST', 'faults', { rules: [slow] });
    // Another part of the clip has to go up; the other job's files are there already.
    const a = await order(profile, motion(sources, { prompt: 'a', trim: { unit: 'frames', from: 0, to: 62 } }));
    await profile.until(a.id, ({ state }) => state === 'uploading');
    const [b] = await orderAll(['b']);
    await profile.until(b?.id ?? '', waitsFor('slot'));
    await takeOut(a.id, b?.id ?? '');
    await profile.until(b?.id ?? '', ({ state }) => state === 'running');
    expect(await sentOrder()).toEqual(['first', 'b']);
  },
);
