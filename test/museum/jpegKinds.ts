/** The JPEGs of the museum. */
import sharp from 'sharp';
import { inSrgb, profileOf, spaces } from './colourScience.ts';
import { drawn, exif, exifSegment, patches, pixels, profileSegment, rgbPixels, segment, withSegments } from './draw.ts';
import type { PictureKind } from './kinds.ts';

const jpeg = () => drawn().jpeg({ quality: 100, chromaSubsampling: '4:4:4' }).toBuffer();
const noisy = () => {
  let seed = 7;
  const data = Buffer.from(
    rgbPixels().map((value) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return value + ((seed >> 16) % 9) - 4;
    }),
  );
  return drawn(3, data).jpeg({ quality: 90 }).toBuffer();
};

const photograph = exif(
  [
    [0x010f, 2, 'Camera Works'],
    [0x013b, 2, 'Jane Photographer'],
  ],
  {
    gps: [
      [0x0001, 2, 'N'],
      [0x001d, 2, '2026:11:01'],
    ],
  },
);
const turned = (orientation: number) =>
  exif([
    [0x0112, 3, orientation],
    [0x013b, 2, 'Jane Photographer'],
  ]);
const kind = (
  id: string,
  row: string,
  what: string,
  rest: Omit<PictureKind, 'group' | 'id' | 'row' | 'what' | 'extension'>,
): PictureKind => ({
  group: 'picture',
  id: `jpeg-${id}`,
  row,
  what: `JPEG, ${what}`,
  extension: 'jpg',
  ...rest,
});
const withProfile =
  (space: keyof typeof spaces, name: string, extra = 0) =>
  async () =>
    withSegments(await jpeg(), profileSegment(profileOf(spaces[space], name, extra)));
const into = (space: keyof typeof spaces) => patches.map((patch) => inSrgb(patch, spaces[space]));
/** Patches as they lie after a turn to the right. */
const turnedRight = [2, 0, 3, 1].map((index) => patches[index] ?? ([0, 0, 0] as const));
const cut = async (bytes: number) => (await noisy()).subarray(0, -bytes);
/** Another coding, claimed: what no browser reads. */
const claiming = async (marker: number, bits: number) => {
  const bytes = await jpeg();
  const at = bytes.indexOf('\xff\xc0', 0, 'latin1');
  bytes[at + 1] = marker;
  bytes[at + 4] = bits;
  return bytes;
};

export const jpegKinds: readonly PictureKind[] = [
  kind('plain', 'P1', 'plain', { draw: jpeg, expect: { verdict: 'untouched' } }),
  kind('progressive', 'P1', 'progressive', {
    draw: () => drawn().jpeg({ quality: 95, progressive: true }).toBuffer(),
    expect: { verdict: 'untouched' },
  }),
  kind('grey', 'P1', 'grey', {
    draw: () =>
      sharp(
        pixels((_, index) => [40 + 60 * index]),
        { raw: { width: 320, height: 400, channels: 1 } },
      )
        .jpeg({ quality: 100 })
        .toBuffer(),
    expect: { verdict: 'untouched', colours: [40, 100, 160, 220].map((v) => [v, v, v] as const) },
  }),
  kind('srgb-profile', 'P1', "sRGB's own profile", {
    draw: withProfile('srgb', 'sRGB IEC61966-2.1'),
    expect: { verdict: 'untouched' },
  }),
  kind('adobe-rgb', 'P1', 'Adobe RGB profile', {
    draw: withProfile('adobeRgb', 'Adobe RGB (1998)'),
    expect: { verdict: 'converted', says: ['image.color'], format: 'jpeg', colours: into('adobeRgb') },
  }),
  kind('display-p3', 'P1', 'Display P3 profile', {
    draw: withProfile('displayP3', 'Display P3'),
    expect: { verdict: 'converted', says: ['image.color'], colours: into('displayP3') },
  }),
  kind('adobe-rgb-exif', 'P1', 'Adobe RGB by EXIF alone (DCF option file)', {
    draw: async () => withSegments(await jpeg(), exifSegment(exif([], { detail: [[0xa001, 3, 2]] }))),
    expect: { verdict: 'converted', says: ['image.color'], colours: into('adobeRgb') },
  }),
  kind('cmyk', 'P1', 'CMYK', {
    draw: () => drawn().toColourspace('cmyk').jpeg({ quality: 95 }).toBuffer(),
    expect: { verdict: 'converted', says: ['image.color'], within: 26 },
  }),
  kind('broken-profile', 'P1', 'damaged profile', {
    draw: async () => withSegments(await jpeg(), profileSegment(Buffer.alloc(400, 7))),
    expect: { verdict: 'cleaned', says: ['image.extra profile'] },
  }),
  kind('large-profile', 'P2', 'sRGB profile of 40 kB', {
    draw: withProfile('srgb', 'sRGB and more', 40_000),
    expect: { verdict: 'cleaned', says: ['image.extra profile'] },
  }),
  kind('photographer', 'P2', 'place and name of a photographer', {
    draw: async () => withSegments(await jpeg(), exifSegment(photograph)),
    expect: {
      verdict: 'cleaned',
      says: ['image.metadata place'],
      without: ['Jane Photographer', 'Camera Works', '2026:11:01'],
    },
  }),
  kind('kept', 'P2', 'the same, metadata kept by choice', {
    draw: async () => withSegments(await jpeg(), exifSegment(photograph)),
    edit: { keepMetadata: true },
    expect: { verdict: 'untouched', says: ['image.metadata keptPlace'], keeps: ['Jane Photographer'] },
  }),
  kind('xmp-iptc-comment', 'P2', 'XMP, IPTC and a comment', {
    draw: async () =>
      withSegments(
        await jpeg(),
        segment(
          0xe1,
          'http://ns.adobe.com/xap/1.0/\0<x:xmpmeta><dc:creator>Jane Photographer</dc:creator></x:xmpmeta>',
        ),
        segment(0xed, 'Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x10Jane Photographer'),
        segment(0xfe, 'drawn in the attic'),
      ),
    expect: { verdict: 'cleaned', says: ['image.metadata person'], without: ['Jane Photographer', 'attic'] },
  }),
  kind('second-picture', 'P2', 'a second picture behind the first (MPF)', {
    draw: async () =>
      Buffer.concat([withSegments(await jpeg(), segment(0xe2, 'MPF\0MM\0*\0\0\0\x08\0\0')), await jpeg()]),
    expect: { verdict: 'cleaned', says: ['image.extra second'] },
  }),
  kind('trailing', 'P2', 'bytes behind the end', {
    draw: async () => Buffer.concat([await jpeg(), Buffer.from('a whole diary'.repeat(99))]),
    expect: { verdict: 'cleaned', says: ['image.extra trailing'], without: ['diary'] },
  }),
  kind('sideways', 'P2', 'on its side', {
    draw: async () => withSegments(await jpeg(), exifSegment(turned(6))),
    expect: {
      verdict: 'converted',
      says: ['image.upright', 'image.metadata person'],
      size: [400, 320],
      colours: turnedRight,
      without: ['Jane Photographer'],
    },
  }),
  kind('sideways-kept', 'P2', 'on its side, metadata kept by choice', {
    draw: async () => withSegments(await jpeg(), exifSegment(turned(6))),
    edit: { keepMetadata: true },
    expect: {
      verdict: 'converted',
      says: ['image.upright', 'image.metadata kept'],
      size: [400, 320],
      colours: turnedRight,
      keeps: ['Jane Photographer'],
    },
  }),
  kind('without-end', 'P4', 'without its last two bytes', {
    draw: async () => (await jpeg()).subarray(0, -2),
    expect: { verdict: 'cleaned', says: ['image.damage end'] },
  }),
  kind('last-bytes', 'P4', 'without its last 40 bytes', {
    draw: () => cut(40),
    expect: { verdict: 'converted', says: ['image.damage rows'], within: 10 },
  }),
  kind('half', 'P4', 'broken off in the middle', {
    draw: async () => {
      const all = await noisy();
      return all.subarray(0, all.length / 2);
    },
    expect: { verdict: 'refused', says: ['file.damaged'] },
  }),
  kind('stray', 'P4', 'bytes between its segments', {
    draw: async () => {
      const all = await jpeg();
      const at = all.indexOf('\xff\xda', 0, 'latin1');
      return Buffer.concat([all.subarray(0, at), Buffer.from([0, 1, 2, 3]), all.subarray(at)]);
    },
    expect: { verdict: 'cleaned', says: ['image.damage stray'] },
  }),
  kind('12-bit', 'P8', '12 bits', {
    draw: () => claiming(0xc1, 12),
    expect: { verdict: 'refused', says: ['file.pictureFormat'] },
  }),
  kind('arithmetic', 'P8', 'arithmetic coding', {
    draw: () => claiming(0xc9, 8),
    expect: { verdict: 'refused', says: ['file.pictureFormat'] },
  }),
  kind('too-wide', 'P7', '10001 × 4000', {
    draw: () =>
      sharp({ create: { width: 10_001, height: 4000, channels: 3, background: '#808080' } })
        .jpeg()
        .toBuffer(),
    expect: { verdict: 'blocked', says: ['image.ratio'] },
  }),
  kind('too-wide-padded', 'P7', 'too wide, padded', {
    draw: () =>
      sharp({ create: { width: 1200, height: 300, channels: 3, background: '#808080' } })
        .jpeg()
        .toBuffer(),
    edit: { pad: '#808080' },
    expect: {
      verdict: 'converted',
      says: ['image.ratio'],
      size: [1200, 480],
      colours: Array.from({ length: 4 }, () => [128, 128, 128] as const),
    },
  }),
  kind('too-wide-cropped', 'P7', 'too wide, cropped', {
    draw: () =>
      sharp({ create: { width: 1200, height: 300, channels: 3, background: '#808080' } })
        .jpeg()
        .toBuffer(),
    edit: { crop: { x: 300, y: 0, width: 600, height: 300 } },
    expect: {
      verdict: 'converted',
      size: [600, 300],
      colours: Array.from({ length: 4 }, () => [128, 128, 128] as const),
    },
  }),
  kind('small', 'P7', 'too small', {
    draw: () =>
      sharp(
        pixels((patch) => patch),
        { raw: { width: 320, height: 400, channels: 3 } },
      )
        .resize(160, 200)
        .jpeg({ quality: 100, chromaSubsampling: '4:4:4' })
        .toBuffer(),
    expect: { verdict: 'converted', says: ['image.sideMin'], size: [300, 375] },
  }),
];
