/** Twenty orders placed without a line: asked about once when it is back, then all run in order, none twice. */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { personReasons } from '../../../shared/jobs/jobStates.ts';
import { addSources, isOver, motion, newOrderId, openTestProfile, type TestProfile, waitsFor } from '../app/harness.ts';
import { startSandbox, type TestSandbox } from '../sandbox/harness.ts';

const ORDERS = 20;
let evolink: TestSandbox;
let profile: TestProfile;
beforeAll(async () => {
  evolink = await startSandbox();
  await evolink.admin('POST', 'switches', { taskSeconds: 0 });
});
afterAll(() => evolink.stop());
afterEach(() => profile.remove());

const unplug = () =>
  evolink.admin('POST', 'faults', { rules: ['/v1/', '/api/'].map((path) => ({ path, reset: 'before', times: null })) });
const plugIn = () => evolink.admin('DELETE', 'faults');
const ledger = async () => ((await evolink.admin('GET', 'ledger')) as { tasks: { taskId: string }[] }).tasks;

async function openPaying(): Promise<void> {
  const { EVOLINK_API_KEY: _key, ...env } = process.env;
  profile = await openTestProfile({
    env: { ...env, RESTAGE_API_URL: evolink.origin, RESTAGE_FILES_URL: evolink.origin },
    ...{ watchIntervalMs: 50, retryBaseMs: 100 },
  });
  await profile.call('apiKey.set', { key: evolink.key, allowFile: true });
  await profile.call('settings.set', { provider: 'evolink' });
}

async function orderOffline(count: number): Promise<string[]> {
  const sources = await addSources(profile);
  await unplug();
  // Gone since the balance was read last.
  expect((await profile.call('account.refresh', {})).connection).toBe('offline');
  const ids: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const cells = [{ orderId: newOrderId(), recipe: motion(sources, { prompt: `take ${n}` }) }];
    const [job] = await profile.call('jobs.order', { cells, isConfirmed: true });
    ids.push(job?.id ?? '');
  }
  for (const id of ids) await profile.until(id, waitsFor('network'));
  return ids;
}

const waitings = async () => new Set((await profile.call('jobs.list', {})).map(({ waitingFor }) => waitingFor));

it('asks once for all, over a restart, and sends them in order', async () => {
  await openPaying();
  const before = (await ledger()).length;
  const ids = await orderOffline(ORDERS);
  await profile.restart();
  for (const id of ids) await profile.until(id, waitsFor('network'));
  await plugIn();
  await profile.call('app.wake', {});
  for (const id of ids) expect(personReasons).toContain((await profile.until(id, waitsFor('consent'))).waitingFor);
  expect(await ledger()).toHaveLength(before);
  expect((await profile.call('account.status', {})).remainingCredits).not.toBeNull();

  const answered = await profile.call('jobs.answerConsent', { answer: 'order' });
  expect(answered.map(({ id }) => id)).toEqual(ids);
  // Answered twice (two windows) is answered once.
  expect(await profile.call('jobs.answerConsent', { answer: 'order' })).toEqual([]);
  const taskIds: (string | null)[] = [];
  for (const id of ids) {
    const done = await profile.until(id, isOver);
    expect([done.state, done.isConsentOpen, done.charge.state]).toEqual(['completed', false, 'charged']);
    taskIds.push(done.taskId);
  }
  const sent = (await ledger()).slice(0, -before || undefined).map(({ taskId }) => taskId);
  expect(sent.toReversed()).toEqual(taskIds);
});

it('a no cancels them all, and nothing was sent; what is ordered with a line is not asked about', async () => {
  await openPaying();
  const before = (await ledger()).length;
  const ids = await orderOffline(3);
  await plugIn();
  await profile.call('app.wake', {});
  await profile.until(ids[0] ?? '', waitsFor('consent'));
  // The line is back and the balance known: this one goes through.
  await profile.call('account.refresh', {});
  const cells = [{ orderId: newOrderId(), recipe: motion(await addSources(profile), { prompt: 'online' }) }];
  const [online] = await profile.call('jobs.order', { cells, isConfirmed: true });
  expect((await profile.until(online?.id ?? '', isOver)).state).toBe('completed');
  await profile.call('jobs.answerConsent', { answer: 'cancel' });
  for (const id of ids) expect((await profile.until(id, isOver)).state).toBe('cancelled');
  expect(await waitings()).toEqual(new Set([null]));
  expect(await ledger()).toHaveLength(before + 1);
});
