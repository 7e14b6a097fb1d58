/** The order of the queue, holding it, and stopping after the current one: with the real runner, the real sandbox, across restarts. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Job } from '../../../shared/contract/jobs.ts';
import { isCancellable } from '../../../shared/jobStates.ts';
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

  // One that was paused by itself goes on with all.
  await profile.call('jobs.pause', { id: b?.id ?? '', isPaused: true });
  await profile.call('queue.pauseAll', { isPaused: false });
  for (const job of [a, b, c, d, late]) expect((await profile.until(job?.id ?? '', isOver)).state).toBe('completed');
  expect(await sentOrder()).toEqual(['d', 'b', 'c', 'a', 'late']);
});

it('pausing one lets the others pass it', async () => {
  await profile.admin('POST', 'faults', { rules: [{ method: 'POST', path: '/api/v1/files/upload', latencyMs: 1500 }] });
  const [a, b] = await orderAll(['a', 'b']);
  await profile.call('jobs.pause', { id: a?.id ?? '', isPaused: true });
  expect((await profile.until(b?.id ?? '', isOver)).state).toBe('completed');
  await profile.restart();
  await profile.until(a?.id ?? '', waitsFor('paused'));
  expect(await sentOrder()).toEqual(['b']);
  await profile.call('jobs.pause', { id: a?.id ?? '', isPaused: false });
  expect((await profile.until(a?.id ?? '', isOver)).state).toBe('completed');
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
