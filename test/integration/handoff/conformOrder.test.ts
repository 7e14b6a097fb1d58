/** A result that was really ordered, copied with the sound of its reference, and, when that is gone, with the sound of what was sent. */
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readSidecar } from '../../../main/library/sidecar.ts';
import { conformInput, copyOf, sha256Of } from '../../fixtures/conformWorld.ts';
import { addSources, isOver, motion, openTestProfile, order, type TestProfile } from '../app/harness.ts';
import { makeClip } from '../sandbox/harness.ts';

let profile: TestProfile;
beforeAll(async () => {
  profile = await openTestProfile();
});
afterAll(() => profile?.remove());

it('16 sound: from the reference; of one that is gone from the clip that was sent, and said; the master stays what was served', async () => {
  const home = path.dirname(profile.profileDir);
  const reference = await makeClip(home, 'reference', { seconds: 4, rate: 25 });
  const { imageId } = await addSources(profile);
  const videoId = await profile.add(reference);
  const trim = { unit: 'frames' as const, from: 10, to: 90 };
  const job = await order(profile, motion({ videoId, imageId }, { trim }));
  const done = await profile.until(job.id, isOver);
  expect(done.state).toBe('completed');
  const master = done.file ?? '';
  const served = readSidecar(done.sidecar ?? '')?.file?.sha256;
  const small = { size: { width: 320, height: 320 } };
  const first = copyOf(await profile.call('handoff.conform', conformInput([job.id], small)), job.id);
  expect(first.sound.from).toBe('original');
  expect(first.frameRate).toEqual({ num: 25, den: 1 });
  await rename(reference, `${reference}.away`);
  const more = { ...small, preset: 'h264' as const };
  const second = copyOf(await profile.call('handoff.conform', conformInput([job.id], more)), job.id);
  expect(second.sound.from).toBe('prepared');
  expect(second.notes.map(({ id }) => id)).toContain('soundPrepared');
  expect(sha256Of(master)).toBe(served);
  await rm(`${reference}.away`);
});
