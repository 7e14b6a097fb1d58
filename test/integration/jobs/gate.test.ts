/** One refused order stops the orders of its account; what waits for the line is tried at once when it is back. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { addSources, isOver, motion, openTestProfile, order, type TestProfile, waitsFor } from '../app/harness.ts';

let profile: TestProfile;
beforeEach(async () => {
  profile = await openTestProfile({ watchIntervalMs: 50, retryBaseMs: 600_000 });
});
afterEach(() => profile.remove());

const seen = async (path: string) =>
  ((await profile.admin('GET', 'requests')) as { requests: { path: string; status: number }[] }).requests.filter(
    (request) => request.path.startsWith(path),
  );

it.each([
  [402, 'insufficient_user_quota', 'credits'],
  [401, 'invalid_api_key', 'apiKey'],
] as const)(
  '%i is asked once for six orders, and one that gets through takes the others along',
  async (status, code, reason) => {
    const sources = await addSources(profile);
    await profile.admin('POST', 'faults', {
      rules: [{ method: 'POST', path: '/v1/videos/generations', status, code, times: null }],
    });
    const jobs = await Promise.all([1, 2, 3, 4, 5, 6].map((n) => order(profile, motion(sources, { prompt: `${n}` }))));
    for (const { id } of jobs) await profile.until(id, waitsFor(reason));
    expect(await seen('/v1/videos/generations')).toHaveLength(1);
    // Somebody tries one while nothing has changed: it is asked, the others are not.
    await profile.call('jobs.retry', { id: jobs[3]?.id ?? '' });
    await expect.poll(async () => (await seen('/v1/videos/generations')).length, { timeout: 30_000 }).toBe(2);
    await profile.until(jobs[3]?.id ?? '', waitsFor(reason));
    await profile.admin('DELETE', 'faults');
    await profile.call('jobs.retry', { id: jobs[4]?.id ?? '' });
    for (const { id } of jobs) expect((await profile.until(id, isOver)).state).toBe('completed');
    expect(await profile.ledger()).toHaveLength(6);
  },
);

it('app.wake tries at once what would have waited long for the network', async () => {
  const sources = await addSources(profile);
  await profile.admin('POST', 'faults', {
    rules: [{ method: 'POST', path: '/api/v1/files/upload', reset: 'before' }],
  });
  const job = await order(profile, motion(sources));
  const waiting = await profile.until(job.id, waitsFor('network'));
  expect(Date.parse(waiting.nextTryAt ?? '') - Date.now()).toBeGreaterThan(5000);
  await profile.call('app.wake', {});
  expect((await profile.until(job.id, isOver)).state).toBe('completed');
});
