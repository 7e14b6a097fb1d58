/** What a fetched result is, by its first bytes: its name, its type and its length are the server's word only. */

/** What can be wrong with a link or with what lies behind it; each has a text under `jobs.problem`. */
export type ResultTrouble =
  | 'resultLink'
  | 'resultAddress'
  | 'resultGone'
  | 'resultEmpty'
  | 'resultNotVideo'
  | 'resultTooLarge';

/** The types of a first box that begin an MP4 or QuickTime file. */
const firstBoxes = new Set(['ftyp', 'moov', 'mdat', 'free', 'skip', 'wide', 'styp', 'pnot']);
const pictures = new Set(['avif', 'avis', 'heic', 'heix', 'heim', 'heis', 'mif1', 'msf1']);

const signatures: readonly [what: string, pattern: RegExp][] = [
  ['a PNG picture', /^\x89PNG/],
  ['a JPEG picture', /^\xff\xd8\xff/],
  ['a GIF picture', /^GIF8/],
  ['a WebP picture', /^RIFF[\s\S]{4}WEBP/],
  ['a PDF', /^%PDF/],
  ['a ZIP archive', /^PK/],
  ['a web page', /^(\xef\xbb\xbf)?\s*<(!doctype|html|head|body|script)/i],
  ['XML', /^(\xef\xbb\xbf)?\s*</],
  ['JSON', /^(\xef\xbb\xbf)?\s*[[{]/],
];

/** `video`, or what it is in words for the log. */
export function sniffResult(head: Buffer): string {
  const text = head.toString('latin1');
  const box = text.slice(4, 8);
  if (firstBoxes.has(box)) return box === 'ftyp' && pictures.has(text.slice(8, 12)) ? 'a picture' : 'video';
  // Matroska and WebM.
  if (text.startsWith('\x1a\x45\xdf\xa3')) return 'video';
  return signatures.find(([, pattern]) => pattern.test(text))?.[0] ?? 'something unknown';
}
