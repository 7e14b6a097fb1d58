/** A source that lies elsewhere now, under another name: added again it is the same asset, and the job that waited for it goes on. */
import { appendFileSync, mkdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { makeClip } from '../sandbox/harness.ts';
import { addSources, isOver, motion, openTestProfile, order, type TestProfile, waitsFor } from './harness.ts';

let profile: TestProfile;
afterEach(() => profile.remove());

it('is found by its content', async () => {
  profile = await openTestProfile();
  const folder = path.join(path.dirname(profile.profileDir), 'drive');
  mkdirSync(path.join(folder, 'archive'), { recursive: true });
  const clip = await makeClip(folder, 'take', { seconds: 3.1 });
  const videoId = await profile.add(clip);
  const moved = path.join(folder, 'archive', 'テイク 1.mp4');
  renameSync(clip, moved);
  expect((await profile.call('assets.get', { id: videoId })).isPresent).toBe(false);
  const job = await order(profile, motion({ ...(await addSources(profile)), videoId }));
  await profile.until(job.id, waitsFor('source'));

  expect(await profile.add(moved)).toBe(videoId);
  expect(await profile.call('assets.get', { id: videoId })).toMatchObject({ isPresent: true, name: 'テイク 1.mp4' });
  expect((await profile.until(job.id, isOver)).state).toBe('completed');

  // A file that grew is not the one that was added.
  appendFileSync(moved, 'x');
  expect((await profile.call('assets.get', { id: videoId })).isPresent).toBe(false);
});
