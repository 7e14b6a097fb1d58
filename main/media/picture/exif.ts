/** Reads what a TIFF structure (EXIF of any format, a TIFF itself) says beside its pixels: orientation, colour space, whose and where. Bounded. */

import type { PrivateKind } from '../../../shared/contract/imageInside.ts';

export interface ExifFindings {
  /** 1..8. */
  orientation: number;
  /** The "option file" of the DCF standard: Adobe RGB without a profile. */
  isAdobeRgb: boolean;
  kinds: ReadonlySet<PrivateKind>;
}

const MAX_ENTRIES = 1_000;

/** Form, size and resolution of the picture: nothing that tells of a person. */
const harmless = new Set([
  ...[0x0100, 0x0101, 0x0102, 0x0103, 0x0106, 0x0112, 0x0115, 0x011a, 0x011b, 0x011c, 0x0128, 0x0211, 0x0212, 0x0213],
  ...[0x0214, 0x9000, 0x9101, 0xa000, 0xa001, 0xa002, 0xa003, 0xa005, 0x8769, 0x0001, 0x0002],
]);
/** Artist, Copyright, owner of the camera, author as Windows writes it. */
const personal = new Set([0x013b, 0x8298, 0xa430, 0x9c9d]);

interface Entry {
  tag: number;
  /** The four bytes that hold the value or say where it is. */
  value: number;
  short: number;
  letters: string;
  /** Where the value lies in the view. */
  at: number;
}

export interface Ifd {
  entries: Entry[];
  next: number;
}

/** `view` begins at `start` of the TIFF structure; entries that do not lie in it are left out. */
export function readIfd(view: Buffer, offset: number, isLittle: boolean): Ifd {
  const u16 = (at: number) => (isLittle ? view.readUInt16LE(at) : view.readUInt16BE(at));
  const u32 = (at: number) => (isLittle ? view.readUInt32LE(at) : view.readUInt32BE(at));
  if (offset < 0 || offset + 2 > view.length) return { entries: [], next: 0 };
  const count = Math.min(u16(offset), MAX_ENTRIES);
  const entries: Entry[] = [];
  for (let i = 0; i < count; i += 1) {
    const at = offset + 2 + i * 12;
    if (at + 12 > view.length) return { entries, next: 0 };
    entries.push({
      tag: u16(at),
      value: u32(at + 8),
      short: u16(at + 8),
      letters: view.toString('latin1', at + 8, at + 11),
      at: at + 8,
    });
  }
  const end = offset + 2 + count * 12;
  return { entries, next: end + 4 <= view.length ? u32(end) : 0 };
}

/** Little-endian, big-endian, or null: no TIFF structure. */
export function tiffOrder(view: Buffer): boolean | null {
  const mark = view.toString('latin1', 0, 4);
  if (mark === 'II*\0') return true;
  return mark === 'MM\0*' ? false : null;
}

const entryOf = (ifd: Ifd, tag: number) => ifd.entries.find((entry) => entry.tag === tag);

export function readExif(tiff: Buffer): ExifFindings {
  const kinds = new Set<PrivateKind>();
  const isLittle = tiffOrder(tiff);
  if (isLittle === null || tiff.length < 8) return { orientation: 1, isAdobeRgb: false, kinds };
  const first = readIfd(tiff, isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4), isLittle);
  const below = (ifd: Ifd, tag: number): Ifd => {
    const found = entryOf(ifd, tag);
    return found ? readIfd(tiff, found.value, isLittle) : { entries: [], next: 0 };
  };
  const detail = below(first, 0x8769);
  const interop = below(detail, 0xa005);
  for (const { tag } of [...first.entries, ...detail.entries]) {
    if (tag === 0x8825) kinds.add('place');
    else if (personal.has(tag)) kinds.add('person');
    else if (!harmless.has(tag)) kinds.add('device');
  }
  if (first.next !== 0) kinds.add('preview');
  const orientation = entryOf(first, 0x0112)?.short ?? 1;
  return {
    orientation: orientation >= 1 && orientation <= 8 ? orientation : 1,
    isAdobeRgb: entryOf(detail, 0xa001)?.short === 2 || entryOf(interop, 0x0001)?.letters === 'R03',
    kinds,
  };
}

/** What XMP says, judged by the names of its fields alone. */
export function readXmp(text: string): ReadonlySet<PrivateKind> {
  const kinds = new Set<PrivateKind>(['text']);
  if (/GPSLatitude|GPSLongitude|Iptc4xmpCore:Location|photoshop:City|LocationCreated/i.test(text)) kinds.add('place');
  if (/dc:creator|dc:rights|aux:OwnerName|CreatorContactInfo|photoshop:AuthorsPosition/i.test(text))
    kinds.add('person');
  return kinds;
}

/** The same, of a picture that has been turned. */
export function uprightExif(tiff: Buffer): Buffer {
  const isLittle = tiffOrder(tiff);
  const copy = Buffer.from(tiff);
  if (isLittle === null || tiff.length < 8) return copy;
  const first = readIfd(copy, isLittle ? copy.readUInt32LE(4) : copy.readUInt32BE(4), isLittle);
  const at = entryOf(first, 0x0112)?.at;
  if (at === undefined) return copy;
  if (isLittle) copy.writeUInt16LE(1, at);
  else copy.writeUInt16BE(1, at);
  return copy;
}

/** The smallest EXIF that says how to turn a picture. */
export function orientationExif(orientation: number): Buffer {
  const tiff = Buffer.alloc(26);
  tiff.write('MM\0*', 0, 'latin1');
  tiff.writeUInt32BE(8, 4);
  tiff.writeUInt16BE(1, 8);
  tiff.writeUInt16BE(0x0112, 10);
  tiff.writeUInt16BE(3, 12);
  tiff.writeUInt32BE(1, 14);
  tiff.writeUInt16BE(orientation, 18);
  return tiff;
}
