/** A paying account (a second sandbox stands for EvoLink, reached by key and origin from settings and environment) beside the profile's own sandbox. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { inLongRun } from '../../fixtures/runs.ts';
import { startSandbox, type TestSandbox } from '../sandbox/harness.ts';
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
} from './harness.ts';

let evolink: TestSandbox;
let profile: TestProfile | null = null;
beforeAll(async () => {
  evolink = await startSandbox();
});
afterAll(() => evolink.stop());
afterEach(async () => {
  await evolink.admin('DELETE', 'faults');
  await profile?.remove();
  profile = null;
});

async function openPaying(
  more: Readonly<Record<string, string>> = {},
): Promise<{ profile: TestProfile; sources: Sources }> {
  const { EVOLINK_API_KEY: _key, ...env } = process.env;
  profile = await openTestProfile({
    env: {
      ...env,
      RESTAGE_API_URL: evolink.origin,
      RESTAGE_FILES_URL: evolink.origin,
      RESTAGE_SANDBOX_FAULTS: '1',
      RESTAGE_SANDBOX_TASK_SECONDS: '0.3',
      ...more,
    },
  });
  return { profile, sources: await addSources(profile) };
}

async function pay(at: TestProfile, sources: Sources, isConfirmed: boolean) {
  return at.connection.call('jobs.order', { cells: [{ orderId: newOrderId(), recipe: motion(sources) }], isConfirmed });
}

async function payFor(at: TestProfile, sources: Sources): Promise<string> {
  const result = await pay(at, sources, true);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value[0]?.id ?? '';
}

it('without its key EvoLink takes no order, and no order becomes a sandbox job', async () => {
  const { profile: at, sources } = await openPaying();
  await at.call('settings.set', { provider: 'evolink' });
  expect(await pay(at, sources, true)).toMatchObject({
    ok: false,
    error: { code: 'apiKey', reasons: [{ rule: 'apiKey.missing' }] },
  });
  expect(await at.call('jobs.list', {})).toEqual([]);
});

it('asks for the price before it spends, and spends on the account that was chosen', async () => {
  const { profile: at, sources } = await openPaying();
  const status = await at.call('apiKey.set', { key: evolink.key });
  expect([status.connection, status.key.hint]).toEqual(['ok', evolink.key.slice(-4)]);
  await at.call('settings.set', { provider: 'evolink' });
  expect(await pay(at, sources, false)).toMatchObject({
    ok: false,
    error: { code: 'needsConsent', reasons: [{ rule: 'order.price', params: { low: '24.4944' } }] },
  });
  expect(await at.call('jobs.list', {})).toEqual([]);
  const done = await at.until(await payFor(at, sources), isOver);
  expect([done.state, done.isSandbox, done.charge.state]).toEqual(['completed', false, 'charged']);
});

it('rule 4: a limit is asked about before it is crossed; a person lets one job through; the day counts what was spent', async () => {
  const { profile: at, sources } = await openPaying();
  await at.call('apiKey.set', { key: evolink.key });
  await at.call('settings.set', { provider: 'evolink', limits: { perJob: '10', perDay: null, perMonth: null } });
  const id = await payFor(at, sources);
  await at.until(id, waitsFor('budget'));
  await at.call('jobs.approveBudget', { id });
  expect((await at.until(id, isOver)).state).toBe('completed');
  // One order of up to 4 s costs up to 32.6592: a second one crosses 60, a limit of 70 lets it pass.
  await at.call('settings.set', { limits: { perJob: null, perDay: '55', perMonth: null } });
  const second = await payFor(at, sources);
  await at.until(second, waitsFor('budget'));
  await at.call('settings.set', { limits: { perJob: null, perDay: '70', perMonth: null } });
  expect((await at.until(second, isOver)).state).toBe('completed');
});

it('J5: limits that went with a damaged settings file stop every payment until a person sets them or says yes again', async () => {
  const { profile: at, sources } = await openPaying({ EVOLINK_API_KEY: evolink.key });
  await at.call('settings.set', { provider: 'evolink', limits: { perJob: '10', perDay: null, perMonth: null } });
  const id = await payFor(at, sources);
  await at.until(id, waitsFor('budget'));
  await at.connection.close();
  writeFileSync(path.join(at.profileDir, 'settings.json'), 'x{');
  await at.restart();
  expect((await at.call('app.info', {})).notices).toMatchObject([{ id: 'settingsDamaged' }]);
  await at.call('settings.set', { provider: 'evolink' });
  const lost = { ok: false, error: { code: 'needsConsent', reasons: [{ field: 'limits', rule: 'order.limitsLost' }] } };
  // Also when another start comes between the damage and the order.
  await at.connection.close();
  await at.restart();
  expect(await pay(at, sources, true)).toMatchObject(lost);
  // What waited for its limit was not let go by the loss.
  await at.until(id, waitsFor('budget'));
  expect((await at.until(await payFor(at, sources), isOver)).state).toBe('completed');
  expect((await at.until(await payFor(at, sources), isOver)).state).toBe('completed');
});

inLongRun(() => {
  it('rule 4 counts with a person’s own prices: dearer ones cross a limit that the published ones do not', async () => {
    const { profile: at, sources } = await openPaying();
    await at.call('apiKey.set', { key: evolink.key });
    // Up to 4 s: 32.6592 as published, 36 by the person's word.
    await at.call('settings.set', { provider: 'evolink', limits: { perJob: '34', perDay: null, perMonth: null } });
    expect((await at.until(await payFor(at, sources), isOver)).state).toBe('completed');
    await at.call('settings.set', {
      priceOverride: { '720p': '9', '1080p': null, element: null, date: '2026-11-21' },
    });
    const id = await payFor(at, sources);
    await at.until(id, waitsFor('budget'));
    await at.call('settings.set', { limits: { perJob: '36', perDay: null, perMonth: null } });
    expect((await at.until(id, isOver)).state).toBe('completed');
  });
});

it('rule 2: on an account that was not seen to honour keys one lost answer is a question to a person', async () => {
  const { profile: at, sources } = await openPaying();
  await at.call('apiKey.set', { key: evolink.key });
  await at.call('settings.set', { provider: 'evolink' });
  const before = ((await evolink.admin('GET', 'ledger')) as { tasks: unknown[] }).tasks.length;
  await evolink.admin('POST', 'faults', {
    rules: [{ method: 'POST', path: '/v1/videos/generations', reset: 'after' }],
  });
  const id = await payFor(at, sources);
  await at.until(id, waitsFor('outcome'));
  const candidates = await at.call('jobs.outcomeCandidates', { id });
  expect(candidates.length).toBeGreaterThanOrEqual(1);
  await at.call('jobs.resolveOutcome', { id, choice: { kind: 'task', taskId: candidates[0]?.taskId ?? '' } });
  expect((await at.until(id, isOver)).state).toBe('completed');
  expect(((await evolink.admin('GET', 'ledger')) as { tasks: unknown[] }).tasks).toHaveLength(before + 1);
});

it('a key pasted while a sandbox job is queued changes nothing for that job', async () => {
  const { profile: at, sources } = await openPaying();
  await at.admin('POST', 'faults', { rules: [{ method: 'POST', path: '/api/v1/files/upload', latencyMs: 1500 }] });
  const job = await order(at, motion(sources));
  await at.call('apiKey.set', { key: evolink.key });
  await at.call('settings.set', { provider: 'evolink' });
  const done = await at.until(job.id, isOver);
  expect([done.state, done.accountId, done.isSandbox]).toEqual(['completed', 'sandbox', true]);
  expect((await at.ledger()).map(({ taskId }) => taskId)).toEqual([done.taskId]);
});

inLongRun(() => {
  it('a key that was never accepted is replaced without a question, until something hangs on it', async () => {
    const { profile: at, sources } = await openPaying();
    const set = (key: string) => at.connection.call('apiKey.set', { key });
    expect(await set('sk-evo-mistyped-000000000000')).toMatchObject({ ok: true, value: { connection: 'keyRefused' } });
    expect(await set('sk-evo-mistyped-111111111111')).toMatchObject({ ok: true, value: { connection: 'keyRefused' } });
    await at.call('settings.set', { provider: 'evolink' });
    await payFor(at, sources);
    expect(await set(evolink.key)).toMatchObject({ ok: false, error: { code: 'needsConsent' } });
  });
});

it('a replaced key asks whose it is; another account’s jobs wait until their key is back', async () => {
  const { profile: at, sources } = await openPaying();
  await at.call('apiKey.set', { key: evolink.key });
  await at.call('settings.set', { provider: 'evolink' });
  await evolink.admin('POST', 'faults', {
    rules: [{ method: 'POST', path: '/v1/videos/generations', status: 402, code: 'insufficient_quota' }],
  });
  const id = await payFor(at, sources);
  const first = await at.until(id, waitsFor('credits'));
  const other = 'sk-evo-another-key-0123456789';
  expect(await at.connection.call('apiKey.set', { key: other })).toMatchObject({
    ok: false,
    error: { code: 'needsConsent', reasons: [{ rule: 'apiKey.sameAccount' }] },
  });
  const replaced = await at.call('apiKey.set', { key: other, isSameAccount: false });
  expect([replaced.connection, replaced.accountId === first.accountId]).toEqual(['keyRefused', false]);
  await at.call('jobs.retry', { id });
  await at.until(id, waitsFor('apiKey'));
  await at.call('apiKey.set', { key: evolink.key });
  const done = await at.until(id, isOver);
  expect([done.state, done.accountId]).toEqual(['completed', first.accountId]);
});
