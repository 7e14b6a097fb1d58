/** The reference's original sound under a result: back in sync with the pictures, whatever was done to the result's own. */
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  conformInput,
  copyOf,
  makeReference,
  makeResult,
  putResult,
  whereFlashAndBeep,
} from '../../fixtures/conformWorld.ts';
import { thinned } from '../../fixtures/runs.ts';
import { openTestProfile, type TestProfile } from '../app/harness.ts';
import { toolPaths } from '../sandbox/harness.ts';

let profile: TestProfile;
let reference: string;
let ffmpeg: string;
let videoId: string;
const frame = 1 / 30;

beforeAll(async () => {
  profile = await openTestProfile();
  ffmpeg = (await toolPaths()).ffmpeg;
  reference = await makeReference(ffmpeg, path.join(profile.profileDir, '..', 'reference.mp4'));
  videoId = await profile.add(reference);
});
afterAll(() => profile?.remove());

let count = 0;
async function conformed(options: Parameters<typeof makeResult>[2], more: Parameters<typeof conformInput>[1] = {}) {
  const id = `sound${++count}`;
  const file = await makeResult(ffmpeg, path.join(profile.profileDir, '..', `${id}.mp4`), options);
  await putResult({ libraryDir: profile.libraryDir, videoId }, { id, name: id, file });
  await profile.call('library.rebuild', {});
  const copy = copyOf(await profile.call('handoff.conform', conformInput([id], more)), id);
  const found = await whereFlashAndBeep(ffmpeg, copy.file, 30);
  return { copy, ...found, apart: Math.abs(found.beepSeconds - found.flashSeconds) };
}

const shifts = [-200, -120, -60, 40, 110, 200];

it.each(thinned(shifts, 4))(
  '19 sound: a result whose sound alone is off by %i ms gets the original back in sync',
  async (ms) => {
    const { copy, apart, flashSeconds } = await conformed({ soundSeconds: ms / 1000 });
    expect(flashSeconds).toBeCloseTo(2, 3);
    expect({ ms, apart: apart <= frame, sound: copy.sound }).toMatchObject({
      ms,
      apart: true,
      sound: { from: 'original' },
    });
    expect(copy.notes.map(({ id }) => id)).toContain('soundByPicture');
  },
);

it.each([-4, 5])(
  '19 sound: a result that shows and sounds everything %i frames late gets the original as late',
  async (late) => {
    const seconds = late * frame;
    const { copy, apart, flashSeconds } = await conformed({ soundSeconds: seconds, pictureSeconds: seconds });
    expect(flashSeconds).toBeCloseTo(2 + seconds, 3);
    expect(apart).toBeLessThanOrEqual(frame / 2);
    expect(copy.sound).toMatchObject({ from: 'original', by: 'sound' });
    expect(Math.abs(copy.sound.offsetMs - seconds * 1000)).toBeLessThan(5);
    expect(copy.sound.confidence).toBeGreaterThan(0.8);
  },
);

it('19 sound: without own sound the trim alone places the original, to the sample; an offset that is asked for is kept', async () => {
  const plain = await conformed({ isSilent: true });
  expect(plain.apart).toBeLessThan(0.002);
  expect(plain.copy.sound).toEqual({ from: 'original', offsetMs: 0, by: 'trim', confidence: null });
  const moved = await conformed({ isSilent: true }, { soundOffsetMs: -150 });
  expect(moved.beepSeconds - moved.flashSeconds).toBeCloseTo(-0.15, 2);
  expect(moved.copy.sound).toMatchObject({ by: 'asked', offsetMs: -150 });
});

it('19 sound: in H.264 with AAC the original is in sync as well, and lasts as long as the picture', async () => {
  const { copy, apart, soundSeconds, frames } = await conformed({ soundSeconds: 0.15 }, { preset: 'h264' });
  expect(path.extname(copy.file)).toBe('.mp4');
  expect(apart).toBeLessThanOrEqual(frame);
  expect(Math.abs(soundSeconds - frames / 30)).toBeLessThan(0.05);
});

it('19 sound: of a reference that is gone the copy says so, and takes the result’s own sound on wish', async () => {
  const away = `${reference}.away`;
  await rename(reference, away);
  try {
    const file = await makeResult(ffmpeg, path.join(profile.profileDir, '..', 'gone.mp4'));
    await putResult({ libraryDir: profile.libraryDir, videoId }, { id: 'gone', name: 'gone', file });
    await profile.call('library.rebuild', {});
    const [refused] = (await profile.call('handoff.conform', conformInput(['gone']))).items;
    expect(refused).toMatchObject({
      state: 'failed',
      error: { code: 'sourceMissing', reasons: [{ field: 'sound', rule: 'conform.noOriginal' }] },
    });
    const own = copyOf(await profile.call('handoff.conform', conformInput(['gone'], { sound: 'result' })), 'gone');
    expect(own.sound).toMatchObject({ from: 'result' });
    await rm(own.file);
  } finally {
    await rename(away, reference);
  }
});
