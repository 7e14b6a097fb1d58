/** Draws pictures byte by byte where no encoder writes what is wanted: chunks, segments, boxes, profiles; four flat patches on all of them. */
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';

export type Rgb = readonly [number, number, number];

export const WIDTH = 320;
export const HEIGHT = 400;
/** Top left, top right, bottom left, bottom right. */
export const patches: readonly Rgb[] = [
  [200, 100, 90],
  [60, 140, 220],
  [90, 180, 80],
  [128, 128, 128],
];
/** The middle of each. */
export const middles: readonly (readonly [x: number, y: number])[] = [
  [WIDTH / 4, HEIGHT / 4],
  [(WIDTH * 3) / 4, HEIGHT / 4],
  [WIDTH / 4, (HEIGHT * 3) / 4],
  [(WIDTH * 3) / 4, (HEIGHT * 3) / 4],
];

/** `of` maps a patch to the samples of a pixel. */
export function pixels(of: (patch: Rgb, index: number) => readonly number[], bytesPerSample = 1): Buffer {
  const samples = patches.map((patch, index) => {
    const values = of(patch, index);
    const bytes = Buffer.alloc(values.length * bytesPerSample);
    for (const [i, value] of values.entries()) {
      if (bytesPerSample === 2) bytes.writeUInt16BE(value, i * 2);
      else bytes[i] = value;
    }
    return bytes;
  });
  const rows = [0, 1].map((half) => {
    const [left, right] = [samples[half * 2], samples[half * 2 + 1]];
    const side = (pixel: Buffer | undefined) => Array.from({ length: WIDTH / 2 }, () => pixel ?? Buffer.alloc(0));
    return Buffer.concat([...side(left), ...side(right)]);
  });
  return Buffer.concat(Array.from({ length: HEIGHT }, (_, y) => rows[y < HEIGHT / 2 ? 0 : 1] ?? Buffer.alloc(0)));
}

export const rgbPixels = () => pixels((patch) => patch);
export const drawn = (channels: 3 | 4 = 3, data = rgbPixels()) =>
  sharp(data, { raw: { width: WIDTH, height: HEIGHT, channels } });

export function chunk(name: string, data: Buffer | string = Buffer.alloc(0)): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), Buffer.from(data as string, 'latin1')]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(named.length - 4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

export interface PngOptions {
  width?: number;
  height?: number;
  bitDepth?: number;
  colorType?: number;
  /** Rows without their filter byte. */
  data?: Buffer;
  /** Between header and data. */
  before?: readonly Buffer[];
  /** Between data and end. */
  after?: readonly Buffer[];
}

export const pngHeader = ({ width = WIDTH, height = HEIGHT, bitDepth = 8, colorType = 2 }: PngOptions) => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = bitDepth;
  header[9] = colorType;
  return header;
};

export function png(options: PngOptions = {}): Buffer {
  const { height = HEIGHT, data = rgbPixels(), before = [], after = [] } = options;
  const rowBytes = data.length / height;
  const rows = Array.from({ length: height }, (_, y) =>
    Buffer.concat([Buffer.from([0]), data.subarray(y * rowBytes, (y + 1) * rowBytes)]),
  );
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', pngHeader(options)),
    ...before,
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    ...after,
    chunk('IEND'),
  ]);
}

export const profileChunk = (icc: Buffer) =>
  chunk('iCCP', Buffer.concat([Buffer.from('x\0\0', 'latin1'), deflateSync(icc)]));

export function segment(marker: number, body: Buffer | string): Buffer {
  const bytes = Buffer.from(body as string, 'latin1');
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(bytes.length + 2, 2);
  return Buffer.concat([head, bytes]);
}

/** Behind the start of a JPEG. */
export const withSegments = (jpeg: Buffer, ...segments: Buffer[]) =>
  Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)]);

export const profileSegment = (icc: Buffer) =>
  segment(0xe2, Buffer.concat([Buffer.from('ICC_PROFILE\0\x01\x01', 'latin1'), icc]));

type Tag = readonly [tag: number, type: 2 | 3 | 4, value: string | number];

/** Little-endian; each list is one directory, GPS and EXIF hang below the first. */
export function exif(main: readonly Tag[], below: { gps?: readonly Tag[]; detail?: readonly Tag[] } = {}): Buffer {
  const pointers: Tag[] = [
    ...(below.detail ? ([[0x8769, 4, -1]] as Tag[]) : []),
    ...(below.gps ? ([[0x8825, 4, -2]] as Tag[]) : []),
  ];
  const lists = [[...main, ...pointers], ...(below.detail ? [below.detail] : []), ...(below.gps ? [below.gps] : [])];
  const starts = lists.map((_, i) => 8 + lists.slice(0, i).reduce((sum, list) => sum + sizeOf(list), 0));
  const place = (value: number) => (value === -1 ? starts[1] : starts[below.detail ? 2 : 1]) ?? 0;
  const bodies = lists.map((list, i) => directory(list, starts[i] ?? 8, place));
  return Buffer.concat([Buffer.from('II*\0\x08\0\0\0', 'latin1'), ...bodies]);
}

const textOf = (value: string | number) => Buffer.from(`${value}\0`, 'latin1');
const sizeOf = (list: readonly Tag[]) =>
  6 +
  list.length * 12 +
  list.reduce((sum, [, type, value]) => sum + (type === 2 && textOf(value).length > 4 ? textOf(value).length : 0), 0);

function directory(list: readonly Tag[], start: number, place: (value: number) => number): Buffer {
  const head = Buffer.alloc(6 + list.length * 12);
  head.writeUInt16LE(list.length, 0);
  const texts: Buffer[] = [];
  for (const [i, [tag, type, value]] of list.entries()) {
    const at = 2 + i * 12;
    head.writeUInt16LE(tag, at);
    head.writeUInt16LE(type, at + 2);
    const text = type === 2 ? textOf(value) : null;
    head.writeUInt32LE(text?.length ?? 1, at + 4);
    if (text && text.length > 4) {
      head.writeUInt32LE(start + head.length + texts.reduce((sum, each) => sum + each.length, 0), at + 8);
      texts.push(text);
    } else if (text) text.copy(head, at + 8);
    else head.writeUInt32LE(Number(value) < 0 ? place(Number(value)) : Number(value), at + 8);
  }
  return Buffer.concat([head, ...texts]);
}

export const exifSegment = (tiff: Buffer) => segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]));
