/** Kinds of clips that real files taught: each comes out frame for frame, or is refused with the reason; never a silent wrong. */
import { readFile, truncate, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as field from '../../fixtures/fieldClips.ts';
import { fixtureFfmpeg, h264, makeClip, oldBinaries, openWorkshop, run, type Workshop } from '../../fixtures/media.ts';
import { factsOf, frames, prepareField, range, refusalOf, soundSeconds } from '../../fixtures/prepareField.ts';
import { thinned } from '../../fixtures/runs.ts';

let shop: Workshop;
let ffmpeg: string;
const path = (name: string) => shop.path(name);

beforeAll(async () => {
  shop = await openWorkshop();
  ffmpeg = await fixtureFfmpeg(shop.media);
});
afterAll(() => shop.close());

// In the quick run on one of them; elsewhere the machine's own may be any.
describe.each(thinned(['the machine’s ffmpeg', 'the build of 2018'], 2))('on %s', (build) => {
  let own: Workshop;
  beforeAll(async () => {
    own = build === 'the build of 2018' ? await openWorkshop(oldBinaries) : shop;
  });
  afterAll(async () => {
    if (own !== shop) await own.close();
  });

  it('V1: sound that lies behind the picture in the file is as long as the picture, encoded and copied', async () => {
    const source = await field.fragmentedClip(ffmpeg, path);
    const encoded = await prepareField(own, ffmpeg, source, { trim: frames(31, 151) });
    expect(encoded.plan.kind).toBe('reencode');
    expect(encoded.numbers).toEqual(range(31, 151));
    expect(Math.abs((await soundSeconds(ffmpeg, encoded.path)) - 4)).toBeLessThan(0.03);
    const keyed = await makeClip(ffmpeg, path('keyed.mp4'), {
      ...{ width: 360, height: 360, rate: '30', frames: 240, sounds: [field.tone] },
      video: [...h264, '-g', '60', '-sc_threshold', '0', '-bf', '0'],
    });
    const copied = await prepareField(own, ffmpeg, keyed, { trim: frames(60, 180) });
    expect(copied.plan.kind).toBe('remux');
    expect(copied.numbers).toEqual(range(60, 180));
    expect(Math.abs((await soundSeconds(ffmpeg, copied.path)) - 4)).toBeLessThan(0.03);
  });

  it('V2: a picture that changes its size goes on whole, in a stream and in Matroska', async () => {
    const join = { rate: '25', frames: 50, first: {}, second: { width: 960, height: 720 }, isContinuous: true };
    const source = await field.joinedStreams(ffmpeg, path, 'size', join);
    expect((await prepareField(own, ffmpeg, source)).numbers).toEqual(range(0, 100));
    const matroska = await field.rewrap(ffmpeg, source, path('size.mkv'));
    expect((await prepareField(own, ffmpeg, matroska, { trim: frames(10, 90) })).numbers).toEqual(range(10, 90));
  });

  it('V2: sound that changes from stereo to 5.1 goes on', async () => {
    const part = (channels: string) => ({ sounds: [field.beeps], audio: ['-c:a', 'ac3', '-ac', channels] });
    const join = { rate: '25', frames: 50, first: part('2'), second: part('6'), isContinuous: true };
    const source = await field.joinedStreams(ffmpeg, path, 'channels', join);
    const made = await prepareField(own, ffmpeg, source);
    expect(made.numbers.at(-1)).toBeGreaterThanOrEqual(98);
    expect(Math.abs((await soundSeconds(ffmpeg, made.path)) - made.plan.output.durationSeconds)).toBeLessThan(0.03);
  });

  it('V4: pictures of a file that stamps the order of decoding alone are found by their number', async () => {
    const source = await field.mxfWithoutIndex(ffmpeg, path);
    const made = await prepareField(own, ffmpeg, source, { trim: frames(5, 85) });
    expect(made.facts).toMatchObject({ isStampedByOrder: true, frameCount: 100 });
    expect(made.numbers).toEqual(range(5, 85));
  });

  it('V13: a mirrored picture is set upright, whichever way it is turned', async () => {
    for (const matrix of [
      [1, 0, 0, -1],
      [0, 1, 1, 0],
    ] as const) {
      const made = await makeClip(ffmpeg, path('mirror.mp4'), { filters: matrix[0] === 1 ? 'vflip' : 'transpose=0' });
      const source = await field.withMatrix(made, matrix);
      const prepared = await prepareField(own, ffmpeg, source);
      expect(prepared.plan.steps.map(({ id }) => id)).toContain('mirror');
      expect(prepared.numbers).toEqual(range(0, 96));
    }
  });
});

describe('changes that no one pass can follow', () => {
  it('V2: another shape is refused by name with the time; what lies before it is prepared', async () => {
    const join = { rate: '25', frames: 80, first: {}, second: { width: 360, height: 360 }, isContinuous: true };
    const source = await field.joinedStreams(ffmpeg, path, 'shape', join);
    const refusal = await refusalOf(prepareField(shop, ffmpeg, source));
    expect(refusal).toEqual({
      code: 'refused',
      rules: ['clip.changes'],
      params: { from: '480×360', to: '360×360', at: 3.2 },
    });
    const before = await prepareField(shop, ffmpeg, source, { trim: frames(0, 79) });
    expect(before.numbers).toEqual(range(0, 79));
  });

  it('V3: a clock that begins anew is refused with the place, and the way out', async () => {
    const join = { rate: '25', frames: 50, first: {}, second: {}, isContinuous: false };
    const source = await field.joinedStreams(ffmpeg, path, 'anew', join);
    const refusal = await refusalOf(factsOf(shop, source));
    expect(refusal).toMatchObject({ code: 'refused', rules: ['file.clock'], params: { at: 1.96, context: 'back' } });
  });
});

describe('sound that is not there', () => {
  it('V5: a track without a single sample is left out, and said', async () => {
    const source = await field.emptySoundClip(ffmpeg, path);
    const made = await prepareField(shop, ffmpeg, source, { trim: frames(5, 90) });
    expect(made.facts).toMatchObject({ audio: [], emptySoundCount: 1 });
    expect(made.verdicts).toContainEqual(expect.objectContaining({ rule: 'clip.soundEmpty', state: 'fixed' }));
    expect(made.plan.steps.map(({ id }) => id)).toContain('withoutSound');
    expect(made.numbers).toEqual(range(5, 90));
    expect(await soundSeconds(ffmpeg, made.path)).toBe(0);
  });

  it('V5: damaged sound is the sound’s trouble, and the clip can be had without it', async () => {
    const made = await makeClip(ffmpeg, path('broken-sound.mkv'), { sounds: [field.beeps], audio: ['-c:a', 'flac'] });
    const source = await field.withBrokenSound(made, oldBinaries.ffprobe);
    const refusal = await refusalOf(prepareField(shop, ffmpeg, source));
    expect(refusal).toMatchObject({
      code: 'sourceUnreadable',
      rules: ['clip.soundDamaged'],
      params: { found: 'FLAC' },
    });
    const without = await prepareField(shop, ffmpeg, source, { soundTrack: 0 });
    expect(without.numbers).toEqual(range(0, 96));
    expect(without.plan.output.hasAudio).toBe(false);
  });
});

it('V6: over an hour, constant at first and variable in the ordered stretch: the clock of the stretch decides', async () => {
  const source = await field.longThenVariable(ffmpeg, path);
  const made = await prepareField(shop, ffmpeg, source, { trim: frames(2000, 2008) });
  expect(made.facts).toMatchObject({ frameCount: null, isConstantRate: true });
  expect(made.plan.output.durationSeconds).toBe(8);
  // Odd ones are missing from 1800 on: the one before stays.
  expect(made.numbers).toEqual(range(0, 8 * 15).map((k) => 2000 + Math.floor(k / 30) * 2));
});

it('V9: the last picture is shown for as long as the file says', async () => {
  const source = path('held.gif');
  const picture = 'testsrc2=s=360x360:r=10:d=2';
  await run(ffmpeg, ['-v', 'error', '-y', '-f', 'lavfi', '-i', picture, '-final_delay', '300', source]);
  const made = await prepareField(shop, ffmpeg, source);
  expect(made.facts.durationSeconds).toBeCloseTo(4.9, 3);
  expect(made.plan.output.durationSeconds).toBeCloseTo(4.9, 1);
});

it('V11: pictures that lean on missing ones are left out and said; the clip begins with the first whole one', async () => {
  const source = await field.headlessStream(ffmpeg, path);
  const made = await prepareField(shop, ffmpeg, source);
  expect(made.facts.undecodableCount).toBeGreaterThan(10);
  expect(made.plan.steps.map(({ id }) => id)).toContain('undecodable');
  expect(made.numbers).toEqual(range(90, 240));
});

describe('V12: a recording in fragments', () => {
  const fragmented = () =>
    makeClip(ffmpeg, path('parts.mp4'), {
      ...{ width: 360, height: 360, rate: '30', frames: 180, sounds: [field.tone], audio: ['-c:a', 'alac'] },
      video: [...h264, '-g', '30', '-sc_threshold', '0'],
      output: ['-movflags', 'frag_keyframe+empty_moov', '-f', 'mov'],
    });

  it('whose end is missing is used as far as it came whole', async () => {
    const source = await fragmented();
    await truncate(source, Math.floor((await readFile(source)).length * 0.8));
    const made = await prepareField(shop, ffmpeg, source);
    expect(made.facts.isCutShort).toBe(true);
    expect(made.verdicts).toContainEqual(expect.objectContaining({ rule: 'file.cutShort', state: 'fixed' }));
    expect(made.numbers.length).toBeGreaterThanOrEqual(90);
    expect(made.numbers.length % 30).toBe(0);
    expect(made.numbers).toEqual(range(0, made.numbers.length));
  });

  it('with strange bytes behind it is used whole', async () => {
    const source = await fragmented();
    await writeFile(source, Buffer.concat([await readFile(source), Buffer.alloc(100, 0xb7)]));
    const made = await prepareField(shop, ffmpeg, source);
    expect(made.facts.isCutShort).toBe(true);
    expect(made.numbers).toEqual(range(0, 180));
  });
});
