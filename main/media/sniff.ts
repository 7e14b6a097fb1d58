/** Tells pictures from everything else by their first bytes; the extension is never asked. */
import { beginsLikeSvg } from './svgHead.ts';

const imageBrands = new Set(['avif', 'avis', 'heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1']);

/** Animated GIFs count as clips (`gif`), still ones as pictures: the caller decides by the number of pictures. */
export type Sniffed = 'image' | 'gif' | 'other';

export function sniffKind(head: Uint8Array): Sniffed {
  const text = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString('latin1');
  if (text.startsWith('GIF8')) return 'gif';
  if (text.startsWith('\xff\xd8\xff') || text.startsWith('\x89PNG\r\n\x1a\n')) return 'image';
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return 'image';
  if (/^(II[*+]\0|MM\0[*+])/.test(text)) return 'image';
  if (text.slice(4, 8) === 'ftyp' && imageBrands.has(text.slice(8, 12))) return 'image';
  if (beginsLikeSvg(text)) return 'image';
  return 'other';
}
