/**
 * What the decoder of pictures is given: the file's name only where its first bytes are those of a format that cannot name other files.
 * Everything else (an SVG above all: images, styles and texts beside it, by `href` and XInclude) comes as bytes, which lie nowhere, so
 * that no neighbour can be found from them.
 */
import { open, readFile, stat } from 'node:fs/promises';

/** A drawing is text: one larger than this holds pictures that belong into files of their own. */
const MAX_TEXT_BYTES = 32_000_000;
const HEAD_BYTES = 16;

/** JPEG, PNG, GIF, BMP, TIFF and BigTIFF in both orders of bytes. */
const openings = [
  ...['\xff\xd8\xff', '\x89PNG\r\n\x1a\n', 'GIF87a', 'GIF89a', 'BM'],
  ...['II*\0', 'II+\0', 'MM\0*', 'MM\0+'],
];

/** Pictures made of pixels alone, by the bytes that every one of them begins with. */
function isMadeOfPixels(head: Buffer): boolean {
  const text = head.toString('latin1');
  if (head[0] === 0 && text.slice(4, 8) === 'ftyp') return true;
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return true;
  return openings.some((opening) => text.startsWith(opening));
}

export interface PictureInput {
  /** Goes to the decoder as it is. */
  input: string | Buffer;
  /** A drawing costs what its maker wants it to cost: few bytes can ask for hours of work. */
  isText: boolean;
}

/** Throws RangeError for a text that is too large to be a drawing; what `open` throws otherwise. */
export async function pictureInput(path: string): Promise<PictureInput> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    if (isMadeOfPixels(buffer.subarray(0, bytesRead))) return { input: path, isText: false };
  } finally {
    await file.close();
  }
  const { size } = await stat(path);
  if (size > MAX_TEXT_BYTES) throw new RangeError(`${size} bytes of text are no picture`);
  return { input: await readFile(path), isText: true };
}
