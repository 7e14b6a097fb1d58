/** One runner per profile: the second forwards, readers read beside it, and what was handed over is finished. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { openProfile, openReader } from '../../../main/profile/connect.ts';
import { addSources, isOver, motion, newOrderId, openTestProfile, type TestProfile } from './harness.ts';

function readerOf(options: Parameters<typeof openReader>[0]) {
  const reader = openReader(options);
  if (reader === null) throw new Error('a database cannot be read as it lies');
  return reader;
}

let profile: TestProfile | null = null;
afterEach(async () => {
  await profile?.remove();
  profile = null;
});

it('a second process forwards to the first: calls, events, files and prepared takes', async () => {
  profile = await openTestProfile({ isNew: true });
  const second = await openProfile(profile.options);
  expect([profile.connection.role, second.role]).toEqual(['holder', 'forwarded']);
  const sources = await addSources({
    ...profile,
    add: async (file) => {
      const [result] = await second.intakePaths([file]);
      if (!result?.ok) throw new Error('not taken');
      return result.value.id;
    },
  });
  const seen: string[] = [];
  second.on('jobs.changed', ({ jobs }) => seen.push(...jobs.map(({ state }) => state)));
  const ordered = await second.call('jobs.order', { cells: [{ orderId: newOrderId(), recipe: motion(sources) }] });
  if (!ordered.ok) throw new Error(JSON.stringify(ordered.error));
  await profile.until(ordered.value[0]?.id ?? '', isOver);
  await expect.poll(() => seen).toContain('completed');
  const bad = await second.call('jobs.get', { id: 'nothing' });
  expect(bad).toMatchObject({ ok: false, error: { code: 'notFound', reasons: [{ rule: 'job.unknown' }] } });
  const take = await second.call('prepared.make', { assetId: sources.videoId, target: 'motion-video' });
  if (!take.ok) throw new Error(JSON.stringify(take.error));
  const target = path.join(await mkdtemp(path.join(tmpdir(), 'restage-copy-')), 'take.mp4');
  expect(await second.copyPrepared(take.value.id, target)).toMatchObject({
    ok: true,
    value: { sizeBytes: take.value.sizeBytes },
  });
  expect(await second.copyPrepared(take.value.id, target)).toMatchObject({ ok: false });
  await second.close();
});

it('a command that holds the profile stays until what others handed to it is done', async () => {
  profile = await openTestProfile({ isNew: true, host: 'cli' });
  const sources = await addSources(profile);
  const second = await openProfile(profile.options);
  const ordered = await second.call('jobs.order', { cells: [{ orderId: newOrderId(), recipe: motion(sources) }] });
  await second.close();
  await profile.connection.close();
  const reader = readerOf({ profileDir: profile.profileDir });
  const id = ordered.ok ? (ordered.value[0]?.id ?? '') : '';
  expect(await reader.call('jobs.get', { id })).toMatchObject({ ok: true, value: { state: 'completed' } });
  reader.close();
  await profile.restart();
});

it('reads beside a running app, and reads an empty profile as empty', async () => {
  profile = await openTestProfile({ isNew: true });
  const reader = readerOf({ profileDir: profile.profileDir });
  expect(await reader.call('jobs.list', {})).toEqual({ ok: true, value: [] });
  expect(await reader.call('settings.get', {})).toMatchObject({ ok: true, value: { provider: 'sandbox' } });
  expect(await reader.call('jobs.cancel', { id: 'x' })).toMatchObject({ ok: false, error: { code: 'notFound' } });
  reader.close();
  const empty = readerOf({ profileDir: path.join(profile.profileDir, 'nobody') });
  expect(await empty.call('library.list', {})).toEqual({ ok: true, value: { items: [], next: null, problems: [] } });
  empty.close();
});
