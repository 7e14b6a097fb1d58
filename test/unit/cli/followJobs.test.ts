/** Watching ends when no job can move by itself, and never before. */
import { expect, test } from 'vitest';
import { followJobs } from '../../../main/hosts/cli/followJobs.ts';
import type { Call, Subscribe } from '../../../shared/contract/index.ts';
import type { Job } from '../../../shared/contract/jobs.ts';
import { job } from './job.ts';

/** A profile as the CLI sees it: a list, and events when it changes. */
function profile(initial: Job[]) {
  const jobs = new Map(initial.map((each) => [each.id, each]));
  const listeners = new Set<(payload: { jobs: Job[] }) => void>();
  let tick = 0;
  const call = (async () => ({ ok: true, value: [...jobs.values()] })) as unknown as Call;
  const on = ((_: string, listener: (payload: { jobs: Job[] }) => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }) as unknown as Subscribe;
  return {
    connection: { call, on },
    listeners,
    change(id: string, more: Partial<Job>, options: { isSilent?: boolean } = {}) {
      const next = { ...(jobs.get(id) ?? job({ id })), ...more, updatedAt: `2026-11-21T00:00:0${++tick}.000Z` };
      jobs.set(id, next);
      if (!options.isSilent) for (const listener of listeners) listener({ jobs: [next] });
    },
  };
}
const never = new AbortController().signal;
const settle = () => new Promise((resolve) => setImmediate(resolve));

test('ends when the last job is final or waits for a person', async () => {
  const { connection, change, listeners } = profile([job({ id: 'a' }), job({ id: 'b' })]);
  let isDone = false;
  const following = followJobs({ connection, select: () => true, signal: never }).finally(() => {
    isDone = true;
  });
  await settle();
  change('a', { state: 'completed' });
  change('b', { state: 'uploading', waitingFor: 'network' });
  await settle();
  expect(isDone).toBe(false);
  change('b', { state: 'uploading', waitingFor: 'disk' });
  expect((await following).map((each) => each.state)).toEqual(['completed', 'uploading']);
  expect(listeners.size).toBe(0);
});

test('a change that came while the list was being read is not undone by the older list', async () => {
  const { connection, change } = profile([job({ id: 'a' })]);
  const stale = await connection.call('jobs.list', {});
  const slowCall = async () => {
    await settle();
    return stale;
  };
  const slow = { ...connection, call: slowCall as unknown as Call };
  const following = followJobs({ connection: slow, select: () => true, signal: never });
  change('a', { state: 'completed' });
  expect((await following).map((each) => each.state)).toEqual(['completed']);
});

test('a lost event is made up for by reading again', async () => {
  const { connection, change } = profile([job({ id: 'a' })]);
  const following = followJobs({ connection, select: () => true, signal: never, rereadMs: 10 });
  await settle();
  change('a', { state: 'completed' }, { isSilent: true });
  expect((await following)[0]?.state).toBe('completed');
});

test('jobs that are not meant are not waited for; jobs that appear are', async () => {
  const { connection, change } = profile([job({ id: 'mine' }), job({ id: 'other' })]);
  const following = followJobs({ connection, select: (each) => each.id !== 'other', signal: never });
  await settle();
  change('late', { state: 'running' });
  change('mine', { state: 'completed' });
  await settle();
  change('late', { state: 'failed' });
  expect((await following).map((each) => each.id).sort()).toEqual(['late', 'mine']);
});

test('an interruption ends it at once', async () => {
  const { connection } = profile([job({ id: 'a' })]);
  const interruption = new AbortController();
  const following = followJobs({ connection, select: () => true, signal: interruption.signal });
  await settle();
  interruption.abort();
  await expect(following).rejects.toMatchObject({ code: 'cancelled' });
});
