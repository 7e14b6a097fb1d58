/** What stamps say is kept to the picture: short gaps and overlaps of sound, coarse clocks, rates that the encoder would make up for. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as field from '../../fixtures/fieldClips.ts';
import { fixtureFfmpeg, h264, makeClip, oldBinaries, openWorkshop, type Workshop } from '../../fixtures/media.ts';
import { prepareField, range } from '../../fixtures/prepareField.ts';
import { readPictures, readSound } from '../../fixtures/readClip.ts';

let shop: Workshop;
let ffmpeg: string;
beforeAll(async () => {
  shop = await openWorkshop();
  ffmpeg = await fixtureFfmpeg(shop.media);
});
afterAll(() => shop.close());

const path = (name: string) => shop.path(name);
/** Half a picture at 25 a second. */
const NEAR_SECONDS = 0.02;

async function beepsOf(source: string): Promise<number[]> {
  const { path: made } = await prepareField(shop, ffmpeg, source);
  return (await readSound(ffmpeg, made))?.beeps.map(({ atSeconds }) => atSeconds) ?? [];
}

it('a gap of 60 ms in the sound moves nothing that comes after it', async () => {
  const source = await makeClip(ffmpeg, path('gap.mkv'), {
    ...{ rate: '25', frames: 100, video: [...h264, '-bf', '0'] },
    sounds: [`${field.beeps},asetpts=PTS+gte(T\\,1.5)*0.06/TB`],
    audio: ['-c:a', 'pcm_s16le'],
  });
  const beeps = await beepsOf(source);
  const expected = [0, 1, 2.06, 3.06];
  expect(beeps).toHaveLength(expected.length);
  for (const [i, seconds] of expected.entries()) expect(Math.abs((beeps[i] ?? 0) - seconds)).toBeLessThan(NEAR_SECONDS);
});

it('sound that goes back by less than 0.1 s where two recordings were joined moves nothing that comes after it', async () => {
  const sound = { sounds: [field.beeps], audio: ['-c:a', 'libmp3lame', '-b:a', '128k'] };
  const source = await field.joinedStreams(ffmpeg, path, 'overlap', {
    ...{ rate: '25', frames: 50, isContinuous: true },
    // The first one's sound outlasts its picture.
    first: { ...sound, output: ['-af', 'apad=pad_len=2880'] },
    second: { ...sound, output: ['-output_ts_offset', '2.03'] },
  });
  const [heard, pictures] = await Promise.all([readSound(ffmpeg, source), readPictures(ffmpeg, source)]);
  const expected = (heard?.beeps.at(-1)?.atSeconds ?? 0) - (pictures[0]?.seconds ?? 0);
  const beeps = await beepsOf(source);
  expect(expected).toBeGreaterThan(2.9);
  expect(Math.abs((beeps.at(-1) ?? 0) - expected), beeps.join(' ')).toBeLessThan(NEAR_SECONDS);
});

it('AVI, whose ticks are whole pictures, with one missing: each of the others stays in its place', async () => {
  const source = await makeClip(ffmpeg, path('missing.avi'), {
    ...{ rate: '30', frames: 120, filters: "select='not(eq(n\\,40))'" },
    video: ['-c:v', 'mpeg4', '-q:v', '3', '-bf', '0', '-g', '12'],
    output: ['-vsync', 'vfr'],
  });
  const made = await prepareField(shop, ffmpeg, source, { preset: 'best' });
  expect(made.facts.isConstantRate).toBe(false);
  expect(made.numbers).toEqual(range(0, 120).map((k) => (k === 40 ? 39 : k)));
});

it('12.5 pictures a second, each shown twice and none three times; on the build of 2018', async () => {
  const old = await openWorkshop(oldBinaries);
  try {
    const source = await makeClip(ffmpeg, path('slow.mov'), {
      ...{ rate: '25/2', frames: 44, width: 408, height: 408, sounds: [field.beeps] },
      video: ['-c:v', 'prores_ks', '-profile:v', '0', '-pix_fmt', 'yuv422p10le'],
    });
    const { numbers } = await prepareField(old, ffmpeg, source);
    expect(numbers).toEqual(range(0, 88).map((k) => Math.floor(k / 2)));
  } finally {
    await old.close();
  }
});
