/** Colours by patches: what any gamut, matrix and range becomes is within 5 of 255 of what was drawn, or refused by name. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dolbyVisionBox, withSampleEntryBox } from '../../fixtures/fieldClips.ts';
import { fixtureFfmpeg, makeClip, oldBinaries, openWorkshop, type Workshop } from '../../fixtures/media.ts';
import { makePatches, type PatchTags, patchErrors } from '../../fixtures/patches.ts';
import { prepareField } from '../../fixtures/prepareField.ts';
import { thinned } from '../../fixtures/runs.ts';

const x264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-qp', '4'];
const tags = (primaries: string, matrix: string, transfer = 'bt709') => [
  ...['-color_primaries', primaries, '-color_trc', transfer, '-colorspace', matrix],
];
const planar = { pixelFormat: 'yuv420p', encoder: x264 };

const kinds: Readonly<Record<string, PatchTags & { file: string }>> = {
  'P3 with the matrix of BT.601': {
    ...{ file: 'p3-601.mp4', primaries: 'smpte432', matrix: '170m', ...planar },
    tags: tags('smpte432', 'smpte170m'),
  },
  'P3 in RGB': {
    ...{ file: 'p3-rgb.mp4', primaries: 'smpte432', matrix: 'gbr', range: 'full', pixelFormat: 'gbrp' },
    encoder: ['-c:v', 'libx264rgb', '-preset', 'ultrafast', '-qp', '4'],
    tags: tags('smpte432', 'rgb'),
  },
  'BT.2020 in RGB': {
    ...{ file: '2020-rgb.mkv', primaries: '2020', matrix: 'gbr', range: 'full', pixelFormat: 'gbrp' },
    encoder: ['-c:v', 'ffv1'],
    tags: tags('bt2020', 'rgb', 'bt2020-10'),
  },
  YCgCo: {
    ...{ file: 'ycgco.mp4', primaries: '709', matrix: 'ycgco', pixelFormat: 'yuv444p', encoder: x264 },
    tags: tags('bt709', 'ycgco'),
  },
  'DCI-P3': {
    ...{ file: 'smpte431.mp4', primaries: 'smpte431', matrix: '709', ...planar },
    tags: tags('smpte431', 'bt709'),
  },
  'full range': {
    ...{ file: 'full.mp4', primaries: '709', matrix: '709', range: 'full', ...planar },
    tags: [...tags('bt709', 'bt709'), '-color_range', 'pc'],
  },
  'BT.601 of NTSC, encoded anew': {
    ...{ file: 'sd.mov', primaries: '170m', matrix: '170m', pixelFormat: 'yuv444p', encoder: x264 },
    tags: tags('smpte170m', 'smpte170m', 'smpte170m'),
  },
};

let shop: Workshop;
let old: Workshop;
/** On the machine's ffmpeg and on the build of 2018, where they are two. */
let both: Workshop[];
let ffmpeg: string;

beforeAll(async () => {
  [shop, old] = await Promise.all([openWorkshop(), openWorkshop(oldBinaries)]);
  ffmpeg = await fixtureFfmpeg(shop.media);
  both = ffmpeg === oldBinaries.ffmpeg ? [shop] : [shop, old];
});
afterAll(async () => {
  await Promise.all([shop.close(), old.close()]);
});

describe('V7: patches stay within 5 of 255', () => {
  it.each(thinned(Object.entries(kinds), 3))('%s', async (_, { file, ...spec }) => {
    const source = await makePatches(ffmpeg, shop.path(file), spec);
    for (const own of both) {
      const made = await prepareField(own, ffmpeg, source);
      expect(made.plan.kind).toBe('reencode');
      expect(Math.max(...(await patchErrors(ffmpeg, made.path)))).toBeLessThanOrEqual(5);
    }
  });

  it('wide colours that do not say whether they are HDR are refused with their tags', async () => {
    const spec = { primaries: '2020', matrix: '2020_ncl', ...planar, tags: tags('bt2020', 'bt2020nc', 'unknown') };
    const source = await makePatches(ffmpeg, shop.path('wide.mp4'), spec);
    await expect(prepareField(shop, ffmpeg, source)).rejects.toThrow('blocked: clip.colorUnknown');
  });
});

describe('V8: Dolby Vision', () => {
  const x265 = ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=error', '-tag:v', 'hvc1'];
  const clip = async (profile: number, compatibility: number) => {
    const video = [...x265, '-pix_fmt', 'yuv420p10le'];
    const made = await makeClip(ffmpeg, shop.path(`dolby-${profile}-${compatibility}.mp4`), { video, frames: 76 });
    return withSampleEntryBox(made, 'hvc1', dolbyVisionBox(profile, compatibility));
  };

  it('profile 5 is refused by name', async () => {
    await expect(prepareField(shop, ffmpeg, await clip(5, 0))).rejects.toThrow('blocked: clip.dolbyVision');
  });

  it.each([
    [8, 1, 'smpte2084', 'toneMap'],
    [8, 4, 'arib-std-b67', 'toneMap'],
    [8, 2, null, 'codec'],
  ] as const)('profile %i.%i is read by its base layer', async (profile, compatibility, colorTransfer, step) => {
    const source = await clip(profile, compatibility);
    for (const own of compatibility === 1 ? both : [shop]) {
      const made = await prepareField(own, ffmpeg, source);
      expect(made.facts).toMatchObject({ colorTransfer, dolbyVision: { profile, compatibility } });
      expect(made.plan.steps.map(({ id }) => id)).toContain(step);
      expect(made.numbers).toHaveLength(76);
    }
  });
});
