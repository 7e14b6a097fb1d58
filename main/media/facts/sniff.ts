/** Tells pictures from everything else by their first bytes; the extension is never asked. */
import { beginsLikeSvg } from '../picture/svgHead.ts';

const imageBrands = new Set(['avif', 'avis', 'heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1']);

/** So much of a file has to be seen: programs write long heads before the first element of an SVG. */
export const SNIFF_BYTES = 16_384;

/** Animated GIFs count as clips (`gif`), still ones as pictures: the caller decides by the number of pictures. */
export type Sniffed = 'image' | 'gif' | 'other';

/** Also in UTF-16, as some programs save text. */
function isSvg(head: Buffer): boolean {
  const isWide = head[0] === 0xff && head[1] === 0xfe;
  return beginsLikeSvg(isWide ? head.subarray(2).toString('utf16le') : head.toString('latin1'));
}

export function sniffKind(head: Uint8Array): Sniffed {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  const text = bytes.toString('latin1', 0, 32);
  if (text.startsWith('GIF8')) return 'gif';
  if (text.startsWith('\xff\xd8\xff') || text.startsWith('\x89PNG\r\n\x1a\n')) return 'image';
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return 'image';
  if (/^(II[*+]\0|MM\0[*+])/.test(text)) return 'image';
  if (text.slice(4, 8) === 'ftyp' && imageBrands.has(text.slice(8, 12))) return 'image';
  if (isBmp(bytes)) return 'image';
  return isSvg(bytes) ? 'image' : 'other';
}

/** Two letters are too few: the header's own size has to be one that there is. */
function isBmp(bytes: Buffer): boolean {
  return (
    bytes.length >= 26 &&
    bytes.toString('latin1', 0, 2) === 'BM' &&
    [12, 40, 52, 56, 64, 108, 124].includes(bytes.readUInt32LE(14))
  );
}

/** Pictures that other programs write and Restage does not read: their first bytes in hexadecimal, and what they are called. */
const named: readonly (readonly [marks: readonly string[], name: string, at?: number])[] = [
  [['384250530001', '384250530002'], 'Photoshop (PSD, PSB)'],
  [['0000000c4a584c20', 'ff0a'], 'JPEG XL'],
  [['0000000c6a502020', 'ff4fff51'], 'JPEG 2000'],
  [['4949bc01'], 'JPEG XR'],
  [['255044462d'], 'PDF, Illustrator (AI)'],
  [['25215053', 'c5d0d3c6'], 'EPS'],
  [['762f3101'], 'OpenEXR'],
  [['233f52414449414e4345', '233f52474245'], 'Radiance HDR'],
  [['44445320'], 'DDS'],
  [['67696d7020786366'], 'GIMP (XCF)'],
  // Olympus, Panasonic, Fujifilm, Sigma, Minolta; Canon's newer one in boxes.
  [['4949524f', '49495253', '49495500', '46554a4946494c4d', '464f5662', '004d524d'], 'RAW'],
  [['6674797063727820'], 'CR3 (RAW)', 4],
  [['00000100', '00000200'], 'ICO'],
  [['50310a', '50320a', '50330a', '50340a', '50350a', '50360a', '50370a'], 'Netpbm (PBM, PGM, PPM)'],
  [['716f6966'], 'QOI'],
  [['0a0501', '0a0301', '0a0201'], 'PCX'],
  [['1f8b08'], 'SVGZ'],
  [['53445058', '58504453'], 'DPX'],
  [
    ['6d696d6574797065696d6167652f6f70656e726173746572', '6d696d65747970656170706c69636174696f6e2f782d6b72697461'],
    'OpenRaster, Krita',
    30,
  ],
];

/** Null: no picture that is known by name. */
export function nameOfPicture(head: Uint8Array): string | null {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  const isMarked = (mark: string, at: number) => bytes.toString('hex', at, at + mark.length / 2) === mark;
  return named.find(([marks, , at = 0]) => marks.some((mark) => isMarked(mark, at)))?.[1] ?? null;
}
