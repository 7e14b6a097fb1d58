/** A person's own prices hold in every estimate and in what an order is said to cost, until they are taken back. */
import { afterEach, expect, it } from 'vitest';
import { addSources, motion, openTestProfile, order, type TestProfile } from './harness.ts';

let profile: TestProfile;
afterEach(() => profile.remove());

const own = { '720p': '9', '1080p': null, element: '2.5', date: '2026-11-21' };

it('goes into checks and orders, over a restart, and out again', async () => {
  profile = await openTestProfile();
  const sources = await addSources(profile);
  const priceOf = async (quality: '720p' | '1080p') =>
    (await profile.call('media.check', { ...sources, quality })).price;
  const published = { '720p': await priceOf('720p'), '1080p': await priceOf('1080p') };
  // The clip lasts 3.2 s: three seconds by one published rule, four by the other.
  expect(published['720p']).toEqual({ low: '24.4944', high: '32.6592' });

  await profile.call('queue.pauseAll', { isPaused: true });
  await profile.call('settings.set', { priceOverride: own });
  await profile.restart();
  expect(await priceOf('720p')).toEqual({ low: '27', high: '36' });
  expect(await priceOf('1080p')).toEqual(published['1080p']);
  expect((await profile.call('media.check', { elementClipId: sources.videoId })).price).toEqual({
    low: '2.5',
    high: '2.5',
  });
  const job = await order(profile, motion(sources));
  expect(job.estimate).toEqual({ low: '27', high: '36' });

  await profile.call('settings.set', { priceOverride: null });
  expect(await priceOf('720p')).toEqual(published['720p']);
  // What was ordered keeps the price it was ordered for.
  expect((await profile.call('jobs.get', { id: job.id })).estimate).toEqual({ low: '27', high: '36' });
});

it('is refused where nothing can be counted with it', async () => {
  profile = await openTestProfile();
  const set = await profile.connection.call('settings.set', {
    theme: 'light',
    priceOverride: { ...own, '1080p': '0' },
  });
  expect(set.ok ? null : set.error.reasons[0]).toMatchObject({
    field: 'priceOverride',
    rule: 'prices.value',
    params: { name: '1080p', found: '0' },
  });
  expect(await profile.call('settings.get', {})).toMatchObject({ theme: 'dark', priceOverride: null });
});
