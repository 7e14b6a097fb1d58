/** A JPEG as its segments: what belongs to the picture, what only comes along, and the same picture without the latter, no pixel touched. */
import type { PrivateKind } from '../../../shared/contract/imageInside.ts';
import { orientationExif, readExif, readXmp } from './exif.ts';

export interface JpegFile {
  width: number;
  height: number;
  components: number;
  bitsPerSample: number;
  /** Baseline and progressive are what browsers read. */
  isCommonCoding: boolean;
  isProgressive: boolean;
  orientation: number;
  /** Tagged as Adobe RGB by EXIF alone. */
  isAdobeRgb: boolean;
  icc: Buffer | null;
  /** Pieces of a profile that make no whole. */
  hasBrokenProfile: boolean;
  kinds: ReadonlySet<PrivateKind>;
  exif: Buffer | null;
  xmp: Buffer | null;
  /** Bytes between the segments that belong to none. */
  hasStrayBytes: boolean;
  hasEnd: boolean;
  /** The pieces that are the picture, in order, from behind SOI to before EOI. */
  pieces: readonly Buffer[];
}

const SOI = Buffer.from([0xff, 0xd8]);
const EOI = Buffer.from([0xff, 0xd9]);
export const XMP_MARK = 'http://ns.adobe.com/xap/1.0/\0';
const MAX_SEGMENTS = 100_000;

const startsWith = (body: Buffer, text: string) => body.toString('latin1', 0, text.length) === text;

/** Start of frame of any coding; 0xC4, 0xC8 and 0xCC are something else. */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
const isStandalone = (marker: number) => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7);

/** Where entropy-coded data that begins at `from` ends: at the next marker that is no restart and no stuffing. */
function endOfScan(bytes: Buffer, from: number): number {
  let at = from;
  for (;;) {
    at = bytes.indexOf(0xff, at);
    if (at < 0 || at + 1 >= bytes.length) return bytes.length;
    const next = bytes[at + 1] ?? 0;
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
    at += next === 0xff ? 1 : 2;
  }
}

interface Gathered {
  frame: Pick<
    JpegFile,
    'width' | 'height' | 'components' | 'bitsPerSample' | 'isCommonCoding' | 'isProgressive'
  > | null;
  orientation: number;
  isAdobeRgb: boolean;
  iccParts: Buffer[];
  exif: Buffer | null;
  xmp: Buffer | null;
  kinds: Set<PrivateKind>;
  pieces: Buffer[];
}

/** APPn and COM: kept only where decoders need it to tell the colours. */
function takeExtra(found: Gathered, marker: number, body: Buffer, whole: Buffer): void {
  if (marker === 0xe0 && startsWith(body, 'JFIF\0')) {
    // Its preview is left out: 14 bytes say all of it, the last two the preview's sides.
    if (body.length > 14) found.kinds.add('preview');
    if (body.length < 14) return;
    const head = Buffer.concat([Buffer.from([0xff, 0xe0, 0x00, 0x10]), body.subarray(0, 14)]);
    head.fill(0, 16, 18);
    found.pieces.push(head);
  } else if (marker === 0xee && startsWith(body, 'Adobe')) found.pieces.push(whole);
  else if (marker === 0xe2 && startsWith(body, 'ICC_PROFILE\0')) found.iccParts.push(body);
  else if (marker === 0xe2 && startsWith(body, 'MPF\0')) found.kinds.add('second');
  else if (marker === 0xe1 && startsWith(body, 'Exif\0')) {
    const exif = readExif(body.subarray(6));
    found.exif = body.subarray(6);
    found.orientation = exif.orientation;
    found.isAdobeRgb = exif.isAdobeRgb;
    for (const kind of exif.kinds) found.kinds.add(kind);
  } else if (marker === 0xe1) {
    if (startsWith(body, XMP_MARK)) found.xmp = body.subarray(XMP_MARK.length);
    for (const kind of readXmp(body.toString('latin1'))) found.kinds.add(kind);
  } else if (marker === 0xed) found.kinds.add(body.includes('8BIM\x04\x04', 0, 'latin1') ? 'person' : 'text');
  else found.kinds.add('text');
}

function takeFrame(marker: number, body: Buffer): Gathered['frame'] {
  if (body.length < 6) return null;
  return {
    bitsPerSample: body[0] ?? 8,
    height: body.readUInt16BE(1),
    width: body.readUInt16BE(3),
    components: body[5] ?? 3,
    isCommonCoding: marker <= 0xc2,
    isProgressive: marker === 0xc2,
  };
}

/** Chunks are numbered from 1; one that is missing makes the profile worthless. */
function joinProfile(parts: readonly Buffer[]): Buffer | null {
  const whole = parts.filter((part) => part.length > 14);
  if (whole.length === 0) return null;
  const sorted = [...whole].sort((a, b) => (a[12] ?? 0) - (b[12] ?? 0));
  const isComplete = sorted.every((part, index) => part[12] === index + 1 && part[13] === sorted.length);
  return isComplete ? Buffer.concat(sorted.map((part) => part.subarray(14))) : null;
}

/** Null: there is no picture in it that could be read. */
export function readJpeg(bytes: Buffer): JpegFile | null {
  const found: Gathered = {
    frame: null,
    orientation: 1,
    isAdobeRgb: false,
    iccParts: [],
    exif: null,
    xmp: null,
    kinds: new Set(),
    pieces: [],
  };
  let [at, hasEnd, hasStrayBytes, hasScan] = [2, false, false, false];
  for (let i = 0; i < MAX_SEGMENTS && at < bytes.length; i += 1) {
    const mark = bytes.indexOf(0xff, at);
    if (mark < 0) break;
    if (mark !== at) hasStrayBytes = true;
    at = mark;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff || marker === 0 || isStandalone(marker)) {
      if (marker !== 0xff) hasStrayBytes = true;
      at += marker === 0xff ? 1 : 2;
      continue;
    }
    if (marker === 0xd9) {
      hasEnd = true;
      at += 2;
      break;
    }
    const length = at + 4 <= bytes.length ? bytes.readUInt16BE(at + 2) : 0;
    const end = at + 2 + length;
    if (length < 2 || end > bytes.length) break;
    const [whole, body] = [bytes.subarray(at, end), bytes.subarray(at + 4, end)];
    at = end;
    if (isFrame(marker)) found.frame ??= takeFrame(marker, body);
    if ((marker >= 0xe0 && marker <= 0xef) || marker === 0xfe) takeExtra(found, marker, body, whole);
    else if (marker === 0xda) {
      hasScan = true;
      at = endOfScan(bytes, end);
      found.pieces.push(bytes.subarray(end - length - 2, at));
    } else found.pieces.push(whole);
  }
  if (!found.frame || !hasScan) return null;
  if (hasEnd && bytes.length > at)
    found.kinds.add(bytes.indexOf('\xff\xd8\xff', at, 'latin1') >= 0 ? 'second' : 'trailing');
  const { frame, iccParts, ...rest } = found;
  const icc = joinProfile(iccParts);
  return { ...frame, ...rest, icc, hasBrokenProfile: icc === null && iccParts.length > 0, hasEnd, hasStrayBytes };
}

export function segment(marker: number, body: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(0xff00 | marker, 0);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

function profileSegments(icc: Buffer): Buffer[] {
  const size = 65_519;
  const count = Math.ceil(icc.length / size);
  return Array.from({ length: count }, (_, i) =>
    segment(
      0xe2,
      Buffer.concat([
        Buffer.from('ICC_PROFILE\0', 'latin1'),
        Buffer.from([i + 1, count]),
        icc.subarray(i * size, (i + 1) * size),
      ]),
    ),
  );
}

/** The picture alone, its coded data byte for byte, with the colours and the turn that are wanted. */
export function writeJpeg(
  { pieces }: JpegFile,
  { icc, orientation, entropyTail }: { icc: Buffer | null; orientation: number; entropyTail?: Buffer },
): Buffer {
  const exif = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), orientationExif(orientation)]);
  // JFIF has to come first where there is one.
  const isJfif = pieces[0]?.[1] === 0xe0;
  return Buffer.concat([
    SOI,
    ...(isJfif ? pieces.slice(0, 1) : []),
    ...(orientation === 1 ? [] : [segment(0xe1, exif)]),
    ...(icc ? profileSegments(icc) : []),
    ...pieces.slice(isJfif ? 1 : 0),
    ...(entropyTail ? [entropyTail] : []),
    EOI,
  ]);
}
