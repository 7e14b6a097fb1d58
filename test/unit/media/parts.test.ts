/** The small pure parts: rates, geometry, trims, kinds, progress, pictures on a pipe, peaks, shared runs, image rules. */
import { describe, expect, it } from 'vitest';
import { shownStamps } from '../../../main/media/facts/pictures.ts';
import { measureRate } from '../../../main/media/facts/rate.ts';
import { sniffKind } from '../../../main/media/facts/sniff.ts';
import { bitDepthOf, chromaOf, findCuts } from '../../../main/media/facts/videoFacts.ts';
import { parseProgress } from '../../../main/media/ffmpeg.ts';
import { checkImage, planImage } from '../../../main/media/picture/imageRules.ts';
import { chooseGeometry } from '../../../main/media/plan/geometry.ts';
import { chooseRate } from '../../../main/media/plan/outputRate.ts';
import { createSharedRuns } from '../../../main/media/sharedRuns.ts';
import { createJpegSplitter } from '../../../main/media/timeline/jpegSplitter.ts';
import { createOnsetMeter } from '../../../main/media/timeline/onsets.ts';
import { createPeakMeter } from '../../../main/media/timeline/waveform.ts';
import { clipLimits } from '../../../shared/rules/limits.ts';
import { extendToMin, toClipUnit, trimFromSeconds, trimToMax } from '../../../shared/time/trim.ts';
import { imageFacts, videoFacts } from '../../fixtures/mediaFacts.ts';

describe('measureRate', () => {
  const stamps = (rate: number, count: number, round = (x: number) => x) =>
    Array.from({ length: count }, (_, i) => round(i / rate));
  const toMilliseconds = (x: number) => Math.round(x * 1000) / 1000;

  it('tells 29.97 from 30 by the stamps, even rounded to milliseconds, whatever the header says', () => {
    expect(measureRate(stamps(30_000 / 1001, 150, toMilliseconds), [{ num: 30, den: 1 }])).toEqual({
      rate: { num: 30_000, den: 1001 },
      isConstant: true,
    });
    expect(measureRate(stamps(30, 150, toMilliseconds), [{ num: 57_600, den: 1 }])).toEqual({
      rate: { num: 30, den: 1 },
      isConstant: true,
    });
  });

  it('finds unusual constant rates, and reads the order of decoding', () => {
    const shuffled = stamps(17, 60).map((_, i, all) => all[i % 2 === 0 ? i + 1 : i - 1] ?? 0);
    expect(measureRate(shuffled, [null])).toEqual({ rate: { num: 17, den: 1 }, isConstant: true });
  });

  it('calls a clip variable when one picture is missing', () => {
    const holed = stamps(30, 150).filter((_, i) => i !== 70);
    expect(measureRate(holed, [{ num: 30, den: 1 }]).isConstant).toBe(false);
  });
});

describe('shownStamps', () => {
  const stamp = (pts: number | null, dts: number | null) => ({ pts, dts, duration: 0.04, isKeyframe: false });
  it('reads by the order of decoding where some pictures carry no stamp', () => {
    const stamps = shownStamps([stamp(0.54, 0.5), stamp(null, null), stamp(0.62, 0.58)]);
    expect(stamps.map((value) => Number(value.toFixed(3)))).toEqual([0.54, 0.58, 0.62]);
  });
});

describe('findCuts', () => {
  const packets = (order: number[], keys: number[]) => ({
    ptsSeconds: order.map((n) => n / 10),
    isKeyframe: order.map((n) => keys.includes(n)),
    lastDurationSeconds: 0.1,
    latestSeconds: (order.length - 1) / 10,
    hiddenCount: 0,
    isWhole: true,
    isStampedByOrder: false,
    undecodableCount: 0,
    clockOverlaps: [],
  });

  it('without B-frames any end is clean', () => {
    expect(findCuts(packets([0, 1, 2, 3], [0, 2]))).toEqual({ starts: [0, 2], startsSeconds: [0, 0.2], ends: null });
  });

  it('an end inside a B-pyramid is not clean, a keyframe with leading pictures is no start', () => {
    // I0 P3 B1 B2 | I6 with leading B4 B5 | P7
    expect(findCuts(packets([0, 3, 1, 2, 6, 4, 5, 7], [0, 6]))).toEqual({
      starts: [0],
      startsSeconds: [0],
      ends: [1, 4, 7, 8],
    });
  });

  it('answers nothing where pictures are hidden', () => {
    expect(findCuts({ ...packets([0, 1], [0]), hiddenCount: 3 })).toBeNull();
  });
});

describe('chooseGeometry', () => {
  const limits = clipLimits['motion-video'];
  it.each([
    ['as it is', 1280, 720, 'fast', 1280, 720],
    ['4K for fast', 3840, 2160, 'fast', 1920, 1080],
    ['too large for best', 4096, 2304, 'best', 3850, 2166],
    ['too small', 320, 240, 'fast', 454, 340],
    ['one side too small', 1280, 300, 'fast', 1450, 340],
    ['odd', 853, 481, 'fast', 852, 480],
    ['extreme and wide: padded', 4000, 300, 'fast', 3850, 340],
  ] as const)('%s', (_, width, height, preset, toWidth, toHeight) => {
    expect(chooseGeometry({ width, height }, limits, preset)).toMatchObject({ width: toWidth, height: toHeight });
  });

  it('an element has to be larger', () => {
    expect(chooseGeometry({ width: 640, height: 360 }, clipLimits.element, 'fast')).toMatchObject({
      width: 1280,
      height: 720,
    });
  });
});

describe('chooseRate', () => {
  const rateOf = (num: number, den: number, preset: 'fast' | 'best', isConstantRate = true) =>
    chooseRate({ frameRate: { num, den }, isConstantRate }, preset).rate;
  it('keeps 24 to 30, halves 50 and 60 for fast, keeps them for best, tames the rest', () => {
    expect(rateOf(24_000, 1001, 'fast')).toEqual({ num: 24_000, den: 1001 });
    expect(rateOf(60_000, 1001, 'fast')).toEqual({ num: 30_000, den: 1001 });
    expect(rateOf(50, 1, 'best')).toEqual({ num: 50, den: 1 });
    expect(rateOf(31, 1, 'fast')).toEqual({ num: 31, den: 1 });
    expect(rateOf(240, 1, 'best')).toEqual({ num: 60, den: 1 });
    expect(rateOf(10, 1, 'fast')).toEqual({ num: 20, den: 1 });
    expect(rateOf(1733, 200, 'fast', false)).toEqual({ num: 30, den: 1 });
  });
});

describe('trims', () => {
  const ntsc = videoFacts({ frameRate: { num: 30_000, den: 1001 }, frameCount: 900, durationSeconds: 30.03 });
  const variable = videoFacts({ isConstantRate: false, durationSeconds: 20 });

  it('turns seconds into the largest count that is not over, and the smallest that is not under', () => {
    expect(trimFromSeconds(ntsc, 0, 10, 'motion-image')).toEqual({ unit: 'frames', from: 0, to: 299 });
    expect(trimFromSeconds(ntsc, 2, 5, 'motion-video')).toEqual({ unit: 'frames', from: 59, to: 149 });
    expect(trimFromSeconds(ntsc, undefined, undefined, 'motion-video')).toEqual({ unit: 'frames', from: 0, to: 900 });
    expect(trimFromSeconds(videoFacts(), 2.5, 8, 'motion-video')).toEqual({ unit: 'frames', from: 75, to: 240 });
    expect(trimFromSeconds(variable, 2.5, 12.5, 'motion-image')).toEqual({ unit: 'seconds', from: 2.5, to: 12.5 });
  });

  it('leaves what is over or past the end to the verdicts', () => {
    expect(trimFromSeconds(ntsc, 0, 12, 'motion-image').to).toBe(359);
    expect(trimFromSeconds(videoFacts(), 0, 20, 'motion-video').to).toBe(600);
  });

  it('fixes: to the longest, to the shortest', () => {
    expect(trimToMax(ntsc, undefined, 'motion-image')).toEqual({ unit: 'frames', from: 0, to: 299 });
    expect(trimToMax(variable, { unit: 'seconds', from: 15, to: 20 }, 'motion-image')).toMatchObject({ to: 20 });
    expect(extendToMin(ntsc, { unit: 'frames', from: 0, to: 30 }, 'motion-video')).toMatchObject({ from: 0, to: 90 });
    expect(extendToMin(ntsc, { unit: 'frames', from: 890, to: 900 }, 'motion-video')).toMatchObject({
      from: 810,
      to: 900,
    });
  });

  it('reads a trim in the unit of the clip', () => {
    expect(toClipUnit(ntsc, { unit: 'seconds', from: 1.001, to: 11.001 })).toEqual({
      unit: 'frames',
      from: 30,
      to: 329,
    });
    expect(toClipUnit(variable, { unit: 'frames', from: 30, to: 60 })).toEqual({ unit: 'seconds', from: 1, to: 2 });
  });
});

describe('kinds by content', () => {
  it.each([
    ['image', '\xff\xd8\xff\xe0'],
    ['image', '\x89PNG\r\n\x1a\n'],
    ['image', 'RIFF\0\0\0\0WEBPVP8 '],
    ['image', '\0\0\0\x1cftypavif'],
    ['image', '\0\0\0\x1cftypheic'],
    ['image', 'MM\0*\0\0\0\x08'],
    ['image', '<?xml version="1.0"?>\n<svg xmlns="x">'],
    ['gif', 'GIF89a'],
    ['other', '\0\0\0\x1cftypisom'],
    ['other', 'RIFF\0\0\0\0AVI LIST'],
    ['other', '<html><svg></svg>'],
    ['other', ''],
  ])('%s: %j', (kind, head) => {
    expect(sniffKind(Buffer.from(head, 'latin1'))).toBe(kind);
  });

  it('reads depth and chroma from the pixel format', () => {
    expect(
      bitDepthOf({
        index: 0,
        pix_fmt: 'yuv420p10le',
        bits_per_raw_sample: null,
        bit_rate: null,
        start_time: null,
        duration: null,
        sample_rate: null,
      }),
    ).toBe(10);
    expect(['yuv420p', 'yuvj420p', 'nv12', 'p010le', 'yuv422p10le', 'yuv444p', 'gbrp', 'gray'].map(chromaOf)).toEqual([
      '4:2:0',
      '4:2:0',
      '4:2:0',
      '4:2:0',
      '4:2:2',
      '4:4:4',
      '4:4:4',
      'other',
    ]);
  });
});

describe('parseProgress', () => {
  it('reads the newest time of captured lines and keeps the broken one', () => {
    const text =
      'frame=10\nout_time_us=400000\nprogress=continue\nframe=20\nout_time_us=800000\nprogress=continue\nout_ti';
    expect(parseProgress(text)).toEqual({ seconds: 0.8, rest: 'out_ti' });
  });
  it('knows the field of old builds, negative beginnings, and nothing', () => {
    expect(parseProgress('out_time_ms=1500000\n').seconds).toBe(1.5);
    expect(parseProgress('out_time_us=-21333\n').seconds).toBe(0);
    expect(parseProgress('out_time_us=N/A\n').seconds).toBeUndefined();
  });
});

it('the splitter finds pictures across chunks', () => {
  const pictures: string[] = [];
  const split = createJpegSplitter((picture) => pictures.push(picture.toString('hex')));
  for (const chunk of ['ffd8aa', 'ff', 'd9ffd8bb', 'bbffd9']) split(Buffer.from(chunk, 'hex'));
  expect(pictures).toEqual(['ffd8aaffd9', 'ffd8bbbbffd9']);
});

it('the meter keeps the highest amplitude of each stretch, also of samples cut by a chunk', () => {
  const meter = createPeakMeter(2, 4, createOnsetMeter());
  const samples = Buffer.alloc(8);
  for (const [i, value] of [100, -16_384, 3_277, 0].entries()) samples.writeInt16LE(value, i * 2);
  meter.feed(samples.subarray(0, 3));
  meter.feed(samples.subarray(3));
  expect(meter.peaks.map((peak) => Number(peak.toFixed(2)))).toEqual([0.5, 0.1]);
});

describe('shared runs', () => {
  it('run once, stop when the last waiter leaves, and start afresh after that', async () => {
    const runs = createSharedRuns<number>();
    let started = 0;
    const work = (signal: AbortSignal) => {
      started += 1;
      return new Promise<number>((_, reject) => signal.addEventListener('abort', () => reject(new Error('stopped'))));
    };
    const [one, two] = [new AbortController(), new AbortController()];
    const waiting = [one, two].map(({ signal }) =>
      runs.run({ key: 'k', work, signal }).catch((e: { code: string }) => e.code),
    );
    one.abort();
    expect(await waiting[0]).toBe('cancelled');
    expect(started).toBe(1);
    two.abort();
    expect(await waiting[1]).toBe('cancelled');
    expect(await runs.run({ key: 'k', work: async () => 7 })).toBe(7);
  });
});

describe('image rules', () => {
  const states = (changes: Parameters<typeof imageFacts>[0]) =>
    checkImage(imageFacts(changes))
      .verdicts.filter((v) => v.state !== 'pass')
      .map((v) => `${v.rule} ${v.state}`);

  it('pass a plain picture and name what is wrong with others', () => {
    expect(states({})).toEqual([]);
    expect(states({ width: 3000, height: 1000 })).toEqual(['image.ratio blocked']);
    expect(states({ width: 1000, height: 2501 })).toEqual(['image.ratio blocked']);
    expect(states({ width: 2500, height: 1000 })).toEqual([]);
    expect(states({ sizeBytes: 10_000_001 })).toEqual(['image.bytes fixed']);
    expect(states({ exifOrientation: 6 })).toEqual(['image.upright fixed']);
    expect(states({ format: 'webp' })).toEqual(['image.format fixed']);
    expect(states({ colorSpace: 'cmyk' })).toEqual(['image.color fixed']);
    expect(states({ width: 320, height: 320 })).toEqual(['image.sideAdvice warn']);
    expect(states({ width: 100, height: 120 })).toEqual([
      'image.sideMin fixed',
      'image.sideAdvice warn',
      'image.upscale warn',
    ]);
    // Over what is decoded here: sent as it is, unless a rule of the provider asks for other pixels.
    expect(states({ width: 12_000, height: 9_000 })).toEqual(['image.pixels warn']);
    expect(states({ width: 12_000, height: 9_000, format: 'webp' })).toEqual([
      'image.pixels blocked',
      'image.format fixed',
    ]);
  });

  it('an enlarged picture at the limit of the ratio stays inside it', () => {
    const { width, height } = planImage(imageFacts({ width: 622, height: 249 }));
    expect(height).toBe(300);
    expect(width / height).toBeLessThanOrEqual(2.5);
  });
});
