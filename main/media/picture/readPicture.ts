/** Reads any picture into one form: by its own bytes for what decoders do not tell, by sharp for the rest. Decodes nothing. */
import { open, readFile } from 'node:fs/promises';
import type { Metadata } from 'sharp';
import type { PrivateKind } from '../../../shared/contract/imageInside.ts';
import { decodeBmp, readBmpHeader } from './bmpFile.ts';
import { type Colours, coloursOfCicp, coloursOfProfile, sRgb } from './colours.ts';
import { readExif, readXmp } from './exif.ts';
import { readHeif } from './heifFile.ts';
import { ImageError } from './imageError.ts';
import { type Picture, PLAIN_PROFILE_MAX_BYTES, type SharpModule } from './picture.ts';
import { pictureInput } from './pictureInput.ts';
import { readJpegPicture } from './readJpegPicture.ts';
import { readPngPicture } from './readPngPicture.ts';
import { tiffRawName } from './tiffHead.ts';

/** What is read into memory in one piece. */
const MAX_BYTES = 600_000_000;
const depthBits: Readonly<Record<string, number>> = { uchar: 8, char: 8, ushort: 16, short: 16, uint: 32, float: 32 };
const HEAD_BYTES = 16;

async function readHead(path: string): Promise<{ head: Buffer; sizeBytes: number }> {
  const file = await open(path, 'r');
  try {
    const head = Buffer.alloc(HEAD_BYTES);
    const { bytesRead } = await file.read(head, 0, HEAD_BYTES, 0);
    return { head: head.subarray(0, bytesRead), sizeBytes: (await file.stat()).size };
  } finally {
    await file.close();
  }
}

export async function readMetadata(sharp: SharpModule, input: string | Buffer): Promise<Metadata> {
  try {
    // The size is judged from the header alone, before a single pixel is decoded.
    return await sharp(input, { limitInputPixels: false }).metadata();
  } catch (error) {
    throw new ImageError('damaged', String(error));
  }
}

function kindsOf({ exif, xmp, iptc, icc }: Metadata): Set<PrivateKind> {
  const kinds = new Set<PrivateKind>();
  const tiff = tiffOf(exif);
  for (const kind of tiff ? readExif(tiff).kinds : []) kinds.add(kind);
  for (const kind of xmp ? readXmp(xmp.toString('latin1')) : []) kinds.add(kind);
  if (iptc) kinds.add('person');
  if (icc && icc.length > PLAIN_PROFILE_MAX_BYTES && !kinds.has('profile')) kinds.add('profile');
  return kinds;
}

/** Channels of colour, without alpha. */
const colourChannels = ({ channels = 3, hasAlpha }: Metadata) => channels - (hasAlpha ? 1 : 0);

const profiledSpaces = ['srgb', 'rgb16', 'b-w', 'grey16', 'cmyk', 'rgb'];

/** Some formats write the mark of JPEG before it. */
const tiffOf = (exif: Buffer | undefined) =>
  exif?.subarray(exif.toString('latin1', 0, 6) === 'Exif\0\0' ? 6 : 0) ?? null;

function fromMetadata(metadata: Metadata, input: string | Buffer): Picture {
  const isProfiled = profiledSpaces.includes(metadata.space ?? '');
  const profile = isProfiled ? coloursOfProfile(metadata.icc, colourChannels(metadata)) : null;
  const bits = depthBits[metadata.depth ?? ''] ?? 8;
  if (bits > 16) throw new ImageError('format', `${(metadata.format ?? '').toUpperCase()} (${bits} bit)`);
  return {
    format: metadata.format ?? 'unknown',
    width: metadata.width ?? 0,
    height: metadata.pageHeight ?? metadata.height ?? 0,
    orientation: metadata.orientation ?? 1,
    channels: metadata.channels ?? 3,
    bits,
    space: metadata.space ?? null,
    pages: metadata.pages ?? 1,
    isAnimated: (metadata.pages ?? 1) > 1 && ['gif', 'webp'].includes(metadata.format ?? ''),
    hasAlpha: metadata.hasAlpha ?? false,
    colours: profile ?? sRgb,
    kinds: kindsOf(metadata),
    damage: null,
    isStreamable: false,
    metadata: { exif: tiffOf(metadata.exif), xmp: metadata.xmp ?? null },
    share: () => 1,
    input: async () => input,
    isProfileRead: (bits === 8 || metadata.space === 'cmyk') && profile?.profile !== null,
    clean: null,
  };
}

/** HEIC through libheif in WebAssembly, because sharp's build leaves that decoder out; it answers 8 bits and no profile. */
async function decodeHeic(bytes: Buffer, index: number) {
  const { default: decode } = await import('heic-decode');
  const all = await decode.all({ buffer: bytes });
  try {
    const { width, height, data } = await (
      all[index] ??
      all[0] ?? { decode: () => Promise.reject(new Error('empty')) }
    ).decode();
    return { width, height, data: Buffer.from(data.buffer, data.byteOffset, data.byteLength), hasAlpha: true };
  } finally {
    all.dispose?.();
  }
}

async function readHeifPicture(sharp: SharpModule, path: string): Promise<Picture> {
  const bytes = await readFile(path);
  const metadata = await readMetadata(sharp, bytes);
  const picture = fromMetadata(metadata, bytes);
  let file: ReturnType<typeof readHeif>;
  try {
    file = readHeif(bytes);
  } catch (error) {
    throw new ImageError('damaged', String(error));
  }
  const isHeic = metadata.compression === 'hevc';
  const colours: Colours =
    coloursOfProfile(file?.icc, colourChannels(metadata)) ?? (file?.cicp ? coloursOfCicp(file.cicp) : sRgb);
  const isSequence = /^(avis|hevc|hevx|msf1)$/.test(bytes.toString('latin1', 8, 12));
  return {
    ...picture,
    format: metadata.compression === 'av1' ? 'avif' : 'heif',
    bits: metadata.bitsPerSample ?? picture.bits,
    // libheif has turned it already.
    orientation: isHeic ? 1 : picture.orientation,
    isAnimated: isSequence && picture.pages > 1,
    colours,
    kinds: new Set([...picture.kinds, ...(file?.kinds ?? [])]),
    input: isHeic ? () => decodeHeic(bytes, file?.primaryIndex ?? 0) : picture.input,
    isProfileRead: !isHeic && picture.bits === 8 && file?.icc !== null && picture.isProfileRead,
  };
}

async function readBmpPicture(path: string): Promise<Picture> {
  const bytes = await readFile(path);
  const header = readBmpHeader(bytes);
  if (!header || header.width === 0 || header.height === 0) throw new ImageError('damaged', 'BMP header');
  if (!header.isReadable) throw new ImageError('format', 'BMP (RLE)');
  return {
    format: 'bmp',
    width: header.width,
    height: header.height,
    orientation: 1,
    channels: 3,
    bits: 8,
    space: 'srgb',
    pages: 1,
    isAnimated: false,
    hasAlpha: header.bits === 32 || header.bits === 16,
    colours: coloursOfProfile(header.icc, 3) ?? sRgb,
    kinds: new Set(),
    damage: null,
    isStreamable: false,
    metadata: { exif: null, xmp: null },
    share: () => 1,
    input: async () => decodeBmp(bytes, header),
    isProfileRead: false,
    clean: null,
  };
}

async function readTiffPicture(sharp: SharpModule, path: string): Promise<Picture> {
  const raw = await tiffRawName(path);
  // Its first picture is a preview of a few pixels.
  if (raw) throw new ImageError('format', raw);
  return fromMetadata(await readMetadata(sharp, path), path);
}

/** Throws ImageError: damaged, format (one that is known and not read), tooLarge. */
export async function readPicture(sharp: SharpModule, path: string): Promise<Picture> {
  const { head, sizeBytes } = await readHead(path);
  const mark = head.toString('latin1');
  if (/^(II\*\0|MM\0\*|II\+\0|MM\0\+)/.test(mark)) return readTiffPicture(sharp, path);
  if (sizeBytes > MAX_BYTES) throw new ImageError('tooLarge', `${sizeBytes} bytes`);
  if (mark.startsWith('\xff\xd8')) return readJpegPicture(sharp, await readFile(path));
  if (mark.startsWith('\x89PNG')) return readPngPicture(sharp, await readFile(path));
  if (mark.startsWith('BM')) return readBmpPicture(path);
  if (mark.slice(4, 8) === 'ftyp') return readHeifPicture(sharp, path);
  const { input, isText } = await pictureInput(path).catch((error: unknown) => {
    throw error instanceof RangeError ? new ImageError('damaged', error.message) : error;
  });
  const read = typeof input === 'string' ? await readFile(input) : input;
  const bytes = isText ? inUtf8(read) : read;
  const picture = fromMetadata(await readMetadata(sharp, bytes), bytes);
  return picture.format === 'webp' ? { ...picture, ...webpExtras(bytes) } : picture;
}

/** An SVG may be written in UTF-16; its reader knows UTF-8 alone. */
function inUtf8(bytes: Buffer): Buffer {
  if (bytes[0] !== 0xff || bytes[1] !== 0xfe) return bytes;
  const text = bytes.subarray(2).toString('utf16le');
  return Buffer.from(text.replace(/^(\s*<\?xml[^>]*?)\s+encoding\s*=\s*["'][^"']*["']/, '$1'));
}

/** What lies behind the container's end. */
function webpExtras(bytes: Buffer): Partial<Picture> {
  const end = bytes.length >= 12 ? bytes.readUInt32LE(4) + 8 : bytes.length;
  return bytes.length > end + 1 ? { kinds: new Set<PrivateKind>(['trailing']) } : {};
}
