/** The PNGs of the museum, drawn chunk by chunk. */
import { deflateSync } from 'node:zlib';
import { inSrgb, profileOf, spaces } from './colourScience.ts';
import {
  chunk,
  drawn,
  exif,
  HEIGHT,
  patches,
  pixels,
  png,
  pngHeader,
  profileChunk,
  type Rgb,
  rgbPixels,
  WIDTH,
} from './draw.ts';
import type { PictureKind } from './kinds.ts';

const kind = (
  id: string,
  row: string,
  what: string,
  rest: Omit<PictureKind, 'group' | 'id' | 'row' | 'what' | 'extension'>,
): PictureKind => ({
  group: 'picture',
  id: `png-${id}`,
  row,
  what: `PNG, ${what}`,
  extension: 'png',
  ...rest,
});
const into = (space: keyof typeof spaces) => patches.map((patch) => inSrgb(patch, spaces[space]));
/** The first patch is clear, the others full. */
const clear = () => png({ colorType: 6, data: pixels((patch, index) => [...patch, index === 0 ? 0 : 255]) });
const on = (ground: Rgb) => [ground, ...patches.slice(1)];
const numbers = (...values: number[]) => {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [i, value] of values.entries()) bytes.writeUInt32BE(value, i * 4);
  return bytes;
};
const p3Points = numbers(31_270, 32_900, 68_000, 32_000, 26_500, 69_000, 15_000, 6_000);
/** One byte of the file, changed, counted from the start or end of the chunk's data. */
const flipped = (name: string, offset: number) => {
  const bytes = png();
  const at = bytes.indexOf(name, 0, 'latin1');
  const place = at + 4 + (offset < 0 ? bytes.readUInt32BE(at - 4) + offset : offset);
  bytes[place] = (bytes[place] ?? 0) ^ 0x10;
  return bytes;
};
const wrongSum = () => {
  const bytes = png();
  const at = bytes.indexOf('IDAT', 0, 'latin1');
  const place = at + 4 + bytes.readUInt32BE(at - 4);
  bytes[place] = (bytes[place] ?? 0) ^ 0x10;
  return bytes;
};
const animated = () => {
  const control = (number: number) =>
    Buffer.concat([numbers(number, WIDTH, HEIGHT, 0, 0), Buffer.from([0, 1, 0, 10, 0, 0])]);
  const rows = Buffer.concat(Array.from({ length: HEIGHT }, () => Buffer.alloc(1 + WIDTH * 3)));
  return png({
    before: [chunk('acTL', numbers(2, 0)), chunk('fcTL', control(0))],
    after: [chunk('fcTL', control(1)), chunk('fdAT', Buffer.concat([numbers(2), deflateSync(rows)]))],
  });
};
/** 400 megapixels in half a megabyte: one bit each, all white. */
const vast = (side = 20_000) => {
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(side / 8, 0xff)]);
  const data = deflateSync(Buffer.concat(Array.from({ length: side }, () => row)), { level: 9 });
  const header = chunk('IHDR', pngHeader({ width: side, height: side, bitDepth: 1, colorType: 0 }));
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), header, chunk('IDAT', data), chunk('IEND')]);
};

export const pngKinds: readonly PictureKind[] = [
  kind('plain', 'P1', 'plain', { draw: () => png(), expect: { verdict: 'untouched', within: 0 } }),
  kind('interlaced', 'P1', 'interlaced', {
    draw: () => drawn().png({ progressive: true }).toBuffer(),
    expect: { verdict: 'untouched', within: 0 },
  }),
  kind('resolution', 'P1', 'with its resolution', {
    draw: () => png({ before: [chunk('pHYs', Buffer.concat([numbers(2835, 2835), Buffer.from([1])]))] }),
    expect: { verdict: 'untouched' },
  }),
  kind('16-bit', 'P1', '16 bits', {
    draw: () => png({ bitDepth: 16, data: pixels((patch) => patch.map((v) => v * 257), 2) }),
    expect: { verdict: 'converted', says: ['image.color'], format: 'png', within: 1 },
  }),
  kind('romm', 'P1', 'ROMM (ProPhoto) profile', {
    draw: () => png({ before: [profileChunk(profileOf(spaces.romm, 'ROMM RGB'))] }),
    expect: { verdict: 'converted', says: ['image.color'], colours: into('romm') },
  }),
  kind('romm-16-bit', 'P1', 'ROMM profile, 16 bits', {
    draw: () =>
      png({
        bitDepth: 16,
        data: pixels((patch) => patch.map((v) => v * 257), 2),
        before: [profileChunk(profileOf(spaces.romm, 'ROMM RGB'))],
      }),
    expect: { verdict: 'converted', says: ['image.color'], colours: into('romm') },
  }),
  kind('srgb-profile', 'P1', "sRGB's own profile", {
    draw: () => png({ before: [profileChunk(profileOf(spaces.srgb, 'sRGB'))] }),
    expect: { verdict: 'untouched' },
  }),
  kind('gamma', 'P1', 'gamma of 1.0 and no profile', {
    draw: () => png({ before: [chunk('gAMA', numbers(100_000))] }),
    expect: { verdict: 'converted', says: ['image.color'], colours: into('linear') },
  }),
  kind('chromaticities', 'P1', 'the primaries of P3 and no profile', {
    draw: () => png({ before: [chunk('gAMA', numbers(45_455)), chunk('cHRM', p3Points)] }),
    expect: { verdict: 'converted', says: ['image.color'], colours: into('displayP3') },
  }),
  kind('usual-gamma', 'P1', 'the gamma and primaries that mean sRGB', {
    draw: () =>
      png({
        before: [
          chunk('gAMA', numbers(45_455)),
          chunk('cHRM', numbers(31_270, 32_900, 64_000, 33_000, 30_000, 60_000, 15_000, 6_000)),
        ],
      }),
    expect: { verdict: 'untouched' },
  }),
  kind('cicp-p3', 'P1', 'Display P3 by numbers (cICP)', {
    draw: () => png({ before: [chunk('cICP', Buffer.from([12, 13, 0, 1]))] }),
    expect: { verdict: 'converted', says: ['image.color'], colours: into('displayP3') },
  }),
  kind('cicp-pq', 'P1', 'HDR by numbers (cICP, PQ)', {
    draw: () => png({ before: [chunk('cICP', Buffer.from([9, 16, 0, 1]))] }),
    expect: { verdict: 'blocked', says: ['image.color hdr'] },
  }),
  kind('cicp-unknown', 'P1', 'colours that nobody knows (cICP)', {
    draw: () => png({ before: [chunk('cICP', Buffer.from([77, 13, 0, 1]))] }),
    expect: { verdict: 'blocked', says: ['image.color unknown'] },
  }),
  kind('texts', 'P2', 'texts with a name', {
    draw: () =>
      png({
        before: [chunk('tEXt', 'Author\0Jane Photographer')],
        after: [chunk('tIME', Buffer.from([7, 234, 11, 1, 1, 1, 1]))],
      }),
    expect: { verdict: 'cleaned', says: ['image.metadata person'], without: ['Jane Photographer'], within: 0 },
  }),
  kind('trailing', 'P2', 'bytes behind the end', {
    draw: () => Buffer.concat([png(), Buffer.from('a whole diary')]),
    expect: { verdict: 'cleaned', says: ['image.extra trailing'], without: ['diary'], within: 0 },
  }),
  kind('broken-profile', 'P2', 'damaged profile', {
    draw: () => png({ before: [chunk('iCCP', 'x\0\0nonsense')] }),
    twin: () => png(),
    expect: { verdict: 'cleaned', says: ['image.extra profile'], within: 0 },
  }),
  kind('sideways', 'P2', 'on its side by EXIF', {
    draw: () => png({ before: [chunk('eXIf', exif([[0x0112, 3, 6]]))] }),
    expect: {
      verdict: 'converted',
      says: ['image.upright'],
      size: [400, 320],
      colours: [2, 0, 3, 1].map((i) => patches[i] ?? ([0, 0, 0] as const)),
      within: 0,
    },
  }),
  kind('wrong-checksum', 'P3', 'the checksum of a chunk is wrong', {
    draw: wrongSum,
    expect: { verdict: 'cleaned', says: ['image.damage checksum'], within: 0 },
  }),
  kind('wrong-adler', 'P3', 'the checksum of its data is wrong', {
    draw: () => flipped('IDAT', -1),
    expect: { verdict: 'converted', says: ['image.damage data'], within: 0 },
  }),
  kind('without-end', 'P4', 'without its end chunk', {
    draw: () => png().subarray(0, -12),
    expect: { verdict: 'cleaned', says: ['image.damage end'], within: 0 },
  }),
  kind('last-bytes', 'P4', 'broken off behind its data', {
    draw: () => png().subarray(0, -15),
    twin: () => png(),
    expect: { verdict: 'cleaned', says: ['image.damage end'], within: 0 },
  }),
  kind('half', 'P4', 'broken off in the middle', {
    draw: async () => {
      const all = await drawn(3, Buffer.from(rgbPixels().map((v, i) => v ^ ((i * 7919) & 3))))
        .png()
        .toBuffer();
      return all.subarray(0, all.length / 2);
    },
    expect: { verdict: 'refused', says: ['file.damaged'] },
  }),
  kind('animated', 'P5', 'animated (APNG)', {
    draw: animated,
    expect: { verdict: 'cleaned', says: ['image.first animated'], without: ['acTL', 'fdAT'], within: 0 },
  }),
  kind('transparent', 'P6', 'transparent', {
    draw: clear,
    expect: {
      verdict: 'converted',
      says: ['image.transparency white'],
      format: 'png',
      colours: on([255, 255, 255]),
      within: 0,
    },
  }),
  kind('transparent-on-black', 'P6', 'transparent, on black by choice', {
    draw: clear,
    edit: { background: '#000000' },
    expect: { verdict: 'converted', says: ['image.transparency black'], colours: on([0, 0, 0]), within: 0 },
  }),
  kind('transparent-kept', 'P6', 'transparent, kept by choice', {
    draw: clear,
    edit: { background: 'transparent' },
    expect: { verdict: 'untouched', says: ['image.transparency kept'], colours: patches },
  }),
  kind('opaque-alpha', 'P6', 'an alpha channel that is full', {
    draw: () => png({ colorType: 6, data: pixels((patch) => [...patch, 255]) }),
    expect: { verdict: 'untouched', within: 0 },
  }),
  kind('palette', 'P6', 'palette with a clear colour', {
    draw: () =>
      png({
        colorType: 3,
        data: pixels((_, index) => [index]),
        before: [chunk('PLTE', Buffer.from(patches.flat())), chunk('tRNS', Buffer.from([0]))],
      }),
    expect: { verdict: 'converted', says: ['image.transparency white'], colours: on([255, 255, 255]), within: 0 },
  }),
  kind('grey-alpha-16-bit', 'P6', 'grey, 16 bits, transparent', {
    draw: () =>
      png({
        bitDepth: 16,
        colorType: 4,
        data: pixels((patch, index) => [patch[0] * 257, index === 0 ? 0 : 65_535], 2),
      }),
    expect: {
      verdict: 'converted',
      says: ['image.color', 'image.transparency white'],
      colours: [255, 60, 90, 128].map((v) => [v, v, v] as const),
      within: 1,
    },
  }),
  kind('vast', 'P0', '20000 × 20000', {
    draw: () => vast(),
    expect: {
      verdict: 'untouched',
      says: ['image.pixels sent'],
      size: [20_000, 20_000],
      colours: Array.from({ length: 4 }, () => [255, 255, 255] as const),
    },
  }),
  kind('vast-cropped', 'P0', '20000 × 20000, cropped', {
    draw: () => vast(),
    edit: { crop: { x: 0, y: 0, width: 900, height: 900 } },
    expect: { verdict: 'blocked', says: ['image.pixels'] },
  }),
];
