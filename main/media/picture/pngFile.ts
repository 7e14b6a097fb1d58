/** A PNG as its chunks: what belongs to the picture, what only comes along, and the same picture without the latter, no pixel touched. */
import { crc32, deflateSync, inflateRawSync, inflateSync } from 'node:zlib';
import type { PrivateKind } from '../../../shared/contract/imageInside.ts';
import type { Cicp } from './colours.ts';
import { readExif, readXmp } from './exif.ts';

export interface PngFile {
  width: number;
  height: number;
  bitDepth: number;
  /** 0 grey · 2 RGB · 3 palette · 4 grey with alpha · 6 RGB with alpha. */
  colorType: number;
  isInterlaced: boolean;
  orientation: number;
  icc: Buffer | null;
  hasProfileChunk: boolean;
  isSrgb: boolean;
  /** As a file says it: 1 / gamma × 100000. */
  gamma: number | null;
  /** White, red, green, blue as x and y × 100000. */
  chromaticities: readonly number[] | null;
  cicp: Cicp | null;
  /** Pictures of an animation; 0: none. */
  frameCount: number;
  kinds: ReadonlySet<PrivateKind>;
  exif: Buffer | null;
  xmp: Buffer | null;
  hasWrongChecksum: boolean;
  hasEnd: boolean;
  chunks: readonly Chunk[];
}

interface Chunk {
  name: string;
  data: Buffer;
}

export const PNG_SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
const MAX_PROFILE_BYTES = 16_000_000;
/** All that decides what is seen. */
const kept = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'sBIT', 'pHYs', 'bKGD', 'hIST']);
const colours = new Set(['sRGB', 'gAMA', 'cHRM', 'iCCP', 'cICP', 'mDCV', 'cLLI']);

function takeProfile(data: Buffer): Buffer | null {
  const name = data.indexOf(0);
  try {
    return name < 0 ? null : inflateSync(data.subarray(name + 2), { maxOutputLength: MAX_PROFILE_BYTES });
  } catch {
    return null;
  }
}

function takeExtra(kinds: Set<PrivateKind>, { name, data }: Chunk): void {
  if (name === 'eXIf') for (const kind of readExif(data).kinds) kinds.add(kind);
  else if (name === 'iTXt' && data.includes('XML:com.adobe.xmp')) {
    for (const kind of readXmp(data.toString('latin1'))) kinds.add(kind);
  } else if (name === 'tEXt' && /^(Author|Copyright)\0/.test(data.toString('latin1', 0, 12))) kinds.add('person');
  else if (!['acTL', 'fcTL', 'fdAT', 'IEND'].includes(name)) kinds.add('text');
}

interface Walk {
  chunks: Chunk[];
  hasWrongChecksum: boolean;
  hasEnd: boolean;
  end: number;
}

/** Chunk by chunk; the last one may break off. */
function walk(bytes: Buffer): Walk {
  const found: Walk = { chunks: [], hasWrongChecksum: false, hasEnd: false, end: 8 };
  while (found.end + 8 <= bytes.length && !found.hasEnd) {
    const length = bytes.readUInt32BE(found.end);
    const name = bytes.toString('latin1', found.end + 4, found.end + 8);
    if (!/^[A-Za-z]{4}$/.test(name)) break;
    const data = bytes.subarray(found.end + 8, found.end + 8 + length);
    const sum = found.end + 8 + length;
    const isWhole = sum + 4 <= bytes.length;
    if (isWhole && crc32(bytes.subarray(found.end + 4, sum)) !== bytes.readUInt32BE(sum)) found.hasWrongChecksum = true;
    found.chunks.push({ name, data });
    found.hasEnd = name === 'IEND';
    found.end = Math.min(bytes.length, sum + 4);
    if (!isWhole) break;
  }
  return found;
}

/** Null: there is no picture in it that could be read. */
export function readPng(bytes: Buffer): PngFile | null {
  const { chunks, hasWrongChecksum, hasEnd, end } = walk(bytes);
  const [header] = chunks;
  if (header?.name !== 'IHDR' || header.data.length < 13 || !chunks.some(({ name }) => name === 'IDAT')) return null;
  const kinds = new Set<PrivateKind>();
  for (const chunk of chunks) if (!kept.has(chunk.name) && !colours.has(chunk.name)) takeExtra(kinds, chunk);
  if (bytes.length > end) kinds.add('trailing');
  const of = (name: string, least: number) => {
    const found = chunks.find((chunk) => chunk.name === name)?.data;
    return found && found.length >= least ? found : null;
  };
  const [gamma, cHRM, cICP, acTL, exif] = [of('gAMA', 4), of('cHRM', 32), of('cICP', 4), of('acTL', 8), of('eXIf', 8)];
  const profile = of('iCCP', 3);
  return {
    width: header.data.readUInt32BE(0),
    height: header.data.readUInt32BE(4),
    bitDepth: header.data[8] ?? 8,
    colorType: header.data[9] ?? 2,
    isInterlaced: header.data[12] === 1,
    orientation: exif ? readExif(exif).orientation : 1,
    icc: profile ? takeProfile(profile) : null,
    hasProfileChunk: profile !== null,
    isSrgb: of('sRGB', 1) !== null,
    gamma: gamma?.readUInt32BE(0) ?? null,
    chromaticities: cHRM ? Array.from({ length: 8 }, (_, i) => cHRM.readUInt32BE(i * 4)) : null,
    cicp: cICP ? { primaries: cICP[0] ?? 2, transfer: cICP[1] ?? 2 } : null,
    frameCount: acTL?.readUInt32BE(0) ?? 0,
    kinds,
    exif,
    xmp: takeXmp(chunks),
    hasWrongChecksum,
    hasEnd,
    chunks,
  };
}

const XMP_MARK = 'XML:com.adobe.xmp\0';

/** Not the compressed form, which hardly any program writes. */
function takeXmp(chunks: readonly Chunk[]): Buffer | null {
  const data = chunks.find((each) => each.name === 'iTXt' && each.data.indexOf(XMP_MARK, 0, 'latin1') === 0)?.data;
  if (data?.[XMP_MARK.length] !== 0) return null;
  const language = data.indexOf(0, XMP_MARK.length + 2);
  const translated = language < 0 ? -1 : data.indexOf(0, language + 1);
  return translated < 0 ? null : data.subarray(translated + 1);
}

export function metadataChunks({ exif, xmp }: { exif: Buffer | null; xmp: Buffer | null }): Buffer[] {
  const text = xmp && Buffer.concat([Buffer.from(`${XMP_MARK}\0\0\0\0`, 'latin1'), xmp]);
  return [...(exif ? [chunk('eXIf', exif)] : []), ...(text ? [chunk('iTXt', text)] : [])];
}

function chunk(name: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

const profileChunk = (icc: Buffer) =>
  chunk('iCCP', Buffer.concat([Buffer.from('profile\0\0', 'latin1'), deflateSync(icc)]));

export interface PngParts {
  /** Instead of whatever the file says of its colours; null: nothing said, which is sRGB. */
  icc: Buffer | null;
  orientation: number;
}

/** The picture alone, its coded data byte for byte, every checksum right. */
export function writePng({ chunks }: PngFile, { icc, orientation }: PngParts, exif?: Buffer): Buffer {
  const [header, ...rest] = chunks.filter(({ name }) => kept.has(name));
  return Buffer.concat([
    PNG_SIGNATURE,
    chunk('IHDR', header?.data ?? Buffer.alloc(0)),
    ...(icc ? [profileChunk(icc)] : []),
    ...(orientation === 1 || !exif ? [] : [chunk('eXIf', exif)]),
    ...rest.map(({ name, data }) => chunk(name, data)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Gives a PNG that says nothing of its colours a profile to be read by. */
export function tagPng(png: Buffer, icc: Buffer): Buffer {
  return Buffer.concat([png.subarray(0, 33), profileChunk(icc), png.subarray(33)]);
}

/** Of what the rows of the picture need, how much is there: 0..1; 1 also where only a checksum is wrong. */
export function completeness({ chunks, width, height, bitDepth, colorType, isInterlaced }: PngFile): number {
  const samples = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }[colorType] ?? 1;
  const rowBytes = 1 + Math.ceil((width * samples * bitDepth) / 8);
  const neededBytes = rowBytes * height;
  const data = Buffer.concat(chunks.filter(({ name }) => name === 'IDAT').map((each) => each.data));
  try {
    // Without its frame, a stream is read to where it breaks off, and its checksum is not asked.
    const maxOutputLength = Math.ceil(neededBytes * (isInterlaced ? 1.1 : 1)) + 1_000_000;
    const rows = inflateRawSync(data.subarray(2), { finishFlush: 2, maxOutputLength });
    return Math.min(1, rows.length / neededBytes);
  } catch {
    return 0;
  }
}
