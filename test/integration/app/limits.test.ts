/** A limit that a person has overridden holds in the checks, in what is prepared and in orders, until it is removed. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import type { LimitOverride } from '../../../shared/contract/app.ts';
import { addSources, motion, newOrderId, openTestProfile, type TestProfile } from './harness.ts';

let profile: TestProfile;
afterEach(() => profile.remove());

const own = (more: Partial<LimitOverride>): LimitOverride => ({
  target: 'motion-video',
  name: 'maxBytes',
  value: 100_000,
  date: '2026-11-21',
  note: 'from the support desk',
  ...more,
});

const bytesVerdict = async (videoId: string) =>
  (await profile.call('media.check', { videoId, preset: 'best' })).verdicts.find(({ rule }) => rule === 'clip.bytes');

it('goes into every verdict and every file, and out again', async () => {
  profile = await openTestProfile();
  const sources = await addSources(profile);
  const { sizeBytes } = (await profile.call('assets.get', { id: sources.videoId })).facts;
  expect(await bytesVerdict(sources.videoId)).toMatchObject({ state: 'pass', params: { max: 95 } });
  const value = Math.max(100_000, Math.round(sizeBytes * 0.8));
  expect(sizeBytes).toBeGreaterThan(value);

  await profile.call('settings.set', { limitOverrides: [own({ value })] });
  const verdict = await bytesVerdict(sources.videoId);
  expect(verdict).toMatchObject({
    state: 'fixed',
    override: { date: '2026-11-21', note: 'from the support desk', value, table: 95_000_000, name: 'maxBytes' },
  });
  await profile.restart();
  const order = { assetId: sources.videoId, target: 'motion-video', preset: 'best' } as const;
  const made = await profile.call('prepared.make', order);
  expect(made.plan.limits?.maxBytes).toBe(value);
  expect(made.sizeBytes).toBeLessThanOrEqual(value);
  const copy = path.join(profile.profileDir, 'copy.mp4');
  await profile.connection.copyPrepared(made.id, copy);
  expect((await stat(copy)).size).toBe(made.sizeBytes);

  // An order is judged by the same word: four seconds are asked for, three are there.
  await profile.call('settings.set', { limitOverrides: [own({ name: 'minSeconds', value: 4 })] });
  const cells = [{ orderId: newOrderId(), recipe: motion(sources) }];
  const refused = await profile.connection.call('jobs.order', { cells });
  expect(refused.ok ? [] : refused.error.reasons.map(({ rule }) => rule)).toEqual(['clip.durationMin']);

  await profile.call('settings.set', { limitOverrides: [] });
  const again = await bytesVerdict(sources.videoId);
  expect(again?.state).toBe('pass');
  expect(again?.override).toBeUndefined();
  expect((await profile.call('prepared.make', order)).plan.kind).toBe('untouched');
});

it('is refused where no file could ever meet it', async () => {
  profile = await openTestProfile();
  const set = await profile.connection.call('settings.set', {
    theme: 'light',
    limitOverrides: [own({ name: 'minSidePx', value: 5000 })],
  });
  expect(set.ok ? null : set.error.reasons[0]).toMatchObject({ rule: 'limits.order', field: 'limitOverrides' });
  expect(await profile.call('settings.get', {})).toMatchObject({ theme: 'dark', limitOverrides: [] });
});
