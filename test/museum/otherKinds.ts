/** The pictures of the museum that are neither JPEG nor PNG. */
import { gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { inSrgb, profileOf, spaces } from './colourScience.ts';
import { drawn, HEIGHT, patches, pixels, png, profileChunk, type Rgb, rgbPixels, WIDTH } from './draw.ts';
import { p3Avif, p3Heic, plainHeic, twoHeic } from './heicFiles.ts';
import type { PictureKind } from './kinds.ts';

const kind = (
  id: string,
  row: string,
  what: string,
  extension: string,
  rest: Omit<PictureKind, 'group' | 'id' | 'row' | 'what' | 'extension'>,
): PictureKind => ({
  group: 'picture',
  id,
  row,
  what,
  extension,
  ...rest,
});
const into = (space: keyof typeof spaces) => patches.map((patch) => inSrgb(patch, spaces[space]));
const white: Rgb = [255, 255, 255];
const clear = () =>
  drawn(
    4,
    pixels((patch, index) => [...patch, index === 0 ? 0 : 255]),
  );
/** The same numbers, said to be Display P3: sharp carries a profile into what it writes. */
const tagged = (space: keyof typeof spaces) =>
  sharp(png({ before: [profileChunk(profileOf(spaces[space], space))] }), { ignoreIcc: false }).keepIccProfile();

/** An `nclx` in place of the profile; the box keeps its size. */
function withNclx(file: Buffer, primaries: number, transfer: number): Buffer {
  const bytes = Buffer.from(file);
  const at = bytes.indexOf('colrprof', 0, 'latin1') + 4;
  bytes.fill(0, at, at + 400);
  bytes.write('nclx', at, 'latin1');
  bytes.writeUInt16BE(primaries, at + 4);
  bytes.writeUInt16BE(transfer, at + 6);
  bytes.writeUInt16BE(6, at + 8);
  bytes[at + 10] = 0x80;
  return bytes;
}

function secondIsMain(): Buffer {
  const bytes = Buffer.from(twoHeic);
  bytes[bytes.indexOf('pitm', 0, 'latin1') + 9] = 2;
  return bytes;
}

interface Bmp {
  bits: number;
  isTopDown?: boolean;
  compression?: number;
  masks?: readonly number[];
  palette?: readonly Rgb[];
  data: Buffer;
}

function bmp({ bits, isTopDown = false, compression = 0, masks = [], palette = [], data }: Bmp): Buffer {
  const table = Buffer.from(palette.flatMap(([r, g, b]) => [b, g, r, 0]));
  const head = Buffer.alloc(14 + (masks.length > 0 ? 108 : 40));
  head.write('BM', 0, 'latin1');
  head.writeUInt32LE(head.length + table.length, 10);
  head.writeUInt32LE(head.length - 14, 14);
  head.writeInt32LE(WIDTH, 18);
  head.writeInt32LE(isTopDown ? -HEIGHT : HEIGHT, 22);
  head.writeUInt16LE(1, 26);
  head.writeUInt16LE(bits, 28);
  head.writeUInt32LE(compression, 30);
  head.writeUInt32LE(palette.length, 46);
  for (const [i, mask] of masks.entries()) head.writeUInt32LE(mask, 54 + i * 4);
  const rowBytes = data.length / HEIGHT;
  const rows = Array.from({ length: HEIGHT }, (_, y) => data.subarray(y * rowBytes, (y + 1) * rowBytes));
  return Buffer.concat([head, table, ...(isTopDown ? rows : rows.reverse())]);
}

const bgr = (patch: Rgb) => [patch[2], patch[1], patch[0]];
const svgOf = (head: string, ground = '<rect width="320" height="400" fill="#2060a0"/>') =>
  Buffer.from(`${head}<svg xmlns="http://www.w3.org/2000/svg" width="320" height="400">${ground}</svg>`);
const blue = Array.from({ length: 4 }, () => [0x20, 0x60, 0xa0] as const);
const illustrator = `<?xml version="1.0" encoding="utf-8"?>
<!-- Generator: a drawing program ${'.'.repeat(600)} -->
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" [
	<!ENTITY ns_svg "http://www.w3.org/2000/svg">
	<!ENTITY ns_xlink "http://www.w3.org/1999/xlink">
]>
`;
const refusedByName = { verdict: 'refused', says: ['file.pictureFormat'] } as const;
const head = (id: string, what: string, bytes: string) =>
  kind(id, 'P8', what, id, {
    draw: () => Buffer.concat([Buffer.from(bytes, 'latin1'), Buffer.alloc(600)]),
    expect: refusedByName,
  });
const frames = async (pages: number) =>
  Buffer.concat([rgbPixels(), ...Array.from({ length: pages - 1 }, () => Buffer.alloc(WIDTH * HEIGHT * 3))]);
const several = async (pages: number) =>
  sharp(await frames(pages), { raw: { width: WIDTH, height: HEIGHT * pages, channels: 3, pageHeight: HEIGHT } });

/** One tag more in the first directory: what makes a camera's raw file of a TIFF. */
async function dng(): Promise<Buffer> {
  const bytes = await drawn().tiff({ compression: 'none' }).toBuffer();
  const at = bytes.readUInt32LE(4);
  const last = at + 2 + (bytes.readUInt16LE(at) - 1) * 12;
  bytes.writeUInt16LE(0xc612, last);
  return bytes;
}

export const otherKinds: readonly PictureKind[] = [
  kind('webp', 'P5', 'WebP', 'webp', {
    draw: () => drawn().webp({ lossless: true }).toBuffer(),
    expect: { verdict: 'converted', says: ['image.format'], format: 'jpeg' },
  }),
  kind('webp-animated', 'P5', 'WebP, animated', 'webp', {
    draw: async () => (await several(3)).webp({ lossless: true, delay: 100 }).toBuffer(),
    expect: { verdict: 'converted', says: ['image.format', 'image.first animated'] },
  }),
  kind('webp-transparent', 'P6', 'WebP, transparent', 'webp', {
    draw: () => clear().webp({ lossless: true }).toBuffer(),
    expect: {
      verdict: 'converted',
      says: ['image.format', 'image.transparency white'],
      colours: [white, ...patches.slice(1)],
    },
  }),
  kind('webp-p3', 'P1', 'WebP, Display P3 profile', 'webp', {
    draw: () => tagged('displayP3').webp({ lossless: true }).toBuffer(),
    expect: { verdict: 'converted', says: ['image.format', 'image.color'], colours: into('displayP3') },
  }),
  kind('gif', 'P5', 'GIF', 'gif', {
    draw: () => drawn().gif().toBuffer(),
    expect: { verdict: 'converted', says: ['image.format'], format: 'png', within: 4 },
  }),
  kind('tiff', 'P5', 'TIFF', 'tif', {
    draw: () => drawn().tiff({ compression: 'lzw' }).toBuffer(),
    expect: { verdict: 'converted', says: ['image.format'] },
  }),
  kind('tiff-pages', 'P5', 'TIFF of two pages', 'tif', {
    draw: async () => (await several(2)).tiff({ compression: 'lzw' }).toBuffer(),
    expect: { verdict: 'converted', says: ['image.format', 'image.first pages'], size: [WIDTH, HEIGHT] },
  }),
  kind('tiff-16-bit-p3', 'P1', 'TIFF, 16 bits, Display P3 profile', 'tif', {
    draw: () =>
      sharp(
        png({
          bitDepth: 16,
          data: pixels((patch) => patch.map((v) => v * 257), 2),
          before: [profileChunk(profileOf(spaces.displayP3, 'Display P3'))],
        }),
      )
        .keepIccProfile()
        .toColourspace('rgb16')
        .tiff({ compression: 'lzw' })
        .toBuffer(),
    expect: { verdict: 'converted', says: ['image.format', 'image.color'], colours: into('displayP3') },
  }),
  kind('tiff-cmyk', 'P1', 'TIFF, CMYK', 'tif', {
    draw: () => drawn().toColourspace('cmyk').tiff({ compression: 'lzw' }).toBuffer(),
    expect: { verdict: 'converted', says: ['image.format', 'image.color'], within: 26 },
  }),
  kind('tiff-float', 'P8', 'TIFF, floating point', 'tif', {
    draw: () => drawn().toColourspace('scrgb').tiff({ compression: 'lzw' }).toBuffer(),
    expect: refusedByName,
  }),
  kind('tiff-half', 'P4', 'TIFF, broken off in the middle', 'tif', {
    draw: async () => {
      const all = await drawn().tiff({ compression: 'none' }).toBuffer();
      return all.subarray(0, all.length / 2);
    },
    expect: { verdict: 'refused', says: ['file.damaged'] },
  }),
  kind('dng', 'P8', 'RAW of a camera (DNG)', 'dng', { draw: dng, expect: refusedByName }),
  kind('avif', 'P1', 'AVIF', 'avif', {
    draw: () => drawn().avif({ quality: 95, chromaSubsampling: '4:4:4', effort: 0 }).toBuffer(),
    expect: { verdict: 'converted', says: ['image.format'] },
  }),
  kind('avif-p3', 'P1', 'AVIF, Display P3 by numbers (nclx)', 'avif', {
    draw: () => withNclx(p3Avif, 12, 13),
    expect: { verdict: 'converted', says: ['image.format', 'image.color'], colours: into('displayP3') },
  }),
  kind('avif-p3-profile', 'P1', 'AVIF, Display P3 profile', 'avif', {
    draw: () => p3Avif,
    expect: { verdict: 'converted', says: ['image.format', 'image.color'], colours: into('displayP3') },
  }),
  kind('avif-10-bit', 'P1', 'AVIF, 10 bits', 'avif', {
    draw: () => drawn().avif({ quality: 95, bitdepth: 10, chromaSubsampling: '4:4:4', effort: 0 }).toBuffer(),
    expect: { verdict: 'converted', says: ['image.format', 'image.color'] },
  }),
  kind('avif-hdr', 'P1', 'AVIF, HDR (PQ)', 'avif', {
    draw: () => withNclx(p3Avif, 9, 16),
    expect: { verdict: 'blocked', says: ['image.color hdr'] },
  }),
  kind('heic', 'P1', 'HEIC', 'heic', {
    draw: () => plainHeic,
    expect: { verdict: 'converted', says: ['image.format'], format: 'jpeg' },
  }),
  kind('heic-p3', 'P1', 'HEIC, Display P3 profile', 'heic', {
    draw: () => p3Heic,
    expect: { verdict: 'converted', says: ['image.format', 'image.color'], colours: into('displayP3') },
  }),
  kind('heic-p3-nclx', 'P1', 'HEIC, Display P3 by numbers (nclx)', 'heic', {
    draw: () => withNclx(p3Heic, 12, 13),
    expect: { verdict: 'converted', says: ['image.format', 'image.color'], colours: into('displayP3') },
  }),
  kind('heic-hlg', 'P1', 'HEIC, HDR (HLG)', 'heic', {
    draw: () => withNclx(p3Heic, 9, 18),
    expect: { verdict: 'blocked', says: ['image.color hdr'] },
  }),
  kind('heic-second-main', 'P5', 'HEIC whose main picture is not the first', 'heic', {
    draw: secondIsMain,
    expect: { verdict: 'converted', says: ['image.format', 'image.first pages'] },
  }),
  kind('bmp-24', 'P8', 'BMP, 24 bits', 'bmp', {
    draw: () => bmp({ bits: 24, data: pixels(bgr) }),
    expect: { verdict: 'converted', says: ['image.format'], format: 'png', within: 0 },
  }),
  kind('bmp-top-down', 'P8', 'BMP, top row first', 'bmp', {
    draw: () => bmp({ bits: 24, isTopDown: true, data: pixels(bgr) }),
    expect: { verdict: 'converted', says: ['image.format'], within: 0 },
  }),
  kind('bmp-8', 'P8', 'BMP, palette', 'bmp', {
    draw: () => bmp({ bits: 8, palette: patches, data: pixels((_, index) => [index]) }),
    expect: { verdict: 'converted', says: ['image.format'], within: 0 },
  }),
  kind('bmp-alpha', 'P8', 'BMP, 32 bits with alpha', 'bmp', {
    draw: () =>
      bmp({
        bits: 32,
        compression: 3,
        masks: [0xff0000, 0xff00, 0xff, 0xff000000],
        data: pixels((patch, index) => [...bgr(patch), index === 0 ? 0 : 255]),
      }),
    expect: {
      verdict: 'converted',
      says: ['image.format', 'image.transparency white'],
      colours: [white, ...patches.slice(1)],
      within: 0,
    },
  }),
  kind('bmp-rle', 'P8', 'BMP, run lengths', 'bmp', {
    draw: () => bmp({ bits: 8, compression: 1, palette: patches, data: pixels((_, index) => [index]) }),
    expect: refusedByName,
  }),
  kind('bmp-half', 'P4', 'BMP, broken off in the middle', 'bmp', {
    draw: () => bmp({ bits: 24, data: pixels(bgr) }).subarray(0, 190_000),
    expect: { verdict: 'refused', says: ['file.damaged'] },
  }),
  kind('svg', 'P8', 'SVG', 'svg', {
    draw: () => svgOf(''),
    expect: { verdict: 'converted', says: ['image.format'], format: 'png', colours: blue },
  }),
  kind('svg-dtd', 'P8', 'SVG with declarations of its own', 'svg', {
    draw: () => svgOf(illustrator),
    expect: { verdict: 'converted', says: ['image.format'], colours: blue },
  }),
  kind('svg-utf16', 'P8', 'SVG in UTF-16', 'svg', {
    draw: () =>
      Buffer.concat([
        Buffer.from([0xff, 0xfe]),
        Buffer.from(svgOf('<?xml version="1.0" encoding="utf-16"?>').toString(), 'utf16le'),
      ]),
    expect: { verdict: 'converted', says: ['image.format'], colours: blue },
  }),
  kind('svg-transparent', 'P6', 'SVG on nothing', 'svg', {
    draw: () => svgOf('', '<rect width="1" height="1"/>'),
    expect: {
      verdict: 'converted',
      says: ['image.format', 'image.transparency white'],
      colours: Array.from({ length: 4 }, () => white),
    },
  }),
  kind('svg-sibling', 'P2', 'SVG that names a picture beside it', 'svg', {
    draw: () =>
      Buffer.from(
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="320" height="400"><rect width="320" height="400" fill="#2060a0"/><image xlink:href="sibling.png" width="320" height="400"/></svg>',
      ),
    beside: async () => [['sibling.png', png()]],
    expect: { verdict: 'converted', says: ['image.format'], colours: blue },
  }),
  head('psd', 'Photoshop', '8BPS\0\x01\0\0\0\0\0\0\0\x03'),
  head('jxl', 'JPEG XL', '\0\0\0\x0cJXL \r\n\x87\n'),
  head('jp2', 'JPEG 2000', '\0\0\0\x0cjP  \r\n\x87\n'),
  head('pdf', 'PDF, Illustrator', '%PDF-1.6'),
  head('eps', 'EPS', '%!PS-Adobe-3.0 EPSF-3.0'),
  head('exr', 'OpenEXR', '\x76\x2f\x31\x01\x02'),
  head('hdr', 'Radiance HDR', '#?RADIANCE\n'),
  head('xcf', 'GIMP', 'gimp xcf v011'),
  head('ico', 'ICO', '\0\0\x01\0\x01\0'),
  head('raf', 'RAW of a camera (Fujifilm)', 'FUJIFILMCCD-RAW '),
  head('cr3', 'RAW of a camera (Canon CR3)', '\0\0\0\x18ftypcrx \0\0\0\x01'),
  kind('svgz', 'P8', 'SVG, compressed', 'svgz', { draw: () => gzipSync(svgOf('')), expect: refusedByName }),
];
