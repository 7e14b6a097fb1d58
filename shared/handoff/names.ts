/** Names and notes of people as each format can hold them. Pure. */

const BREAKS = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;
/** What no XML 1.0 document may hold, escaped or not, and what no line of text shows. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above
const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufffe\uffff]/g;

/** One line, in characters that every format can hold; half of a character becomes U+FFFD. */
export function lineText(text: string): string {
  return text.toWellFormed().replace(BREAKS, ' ').replace(UNWRITABLE, '').trim();
}

/** Like `lineText`, but never empty: a clip without a name cannot be found. */
export const nameText = (text: string, otherwise = 'Untitled'): string => lineText(text) || otherwise;

/** At most `length` characters, none of them cut in half. */
export function shortened(text: string, length: number): string {
  const characters = [...new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(text)];
  let cut = '';
  for (const { segment } of characters) {
    if (cut.length + segment.length > length) break;
    cut += segment;
  }
  return cut.trimEnd();
}

/** CMX3600 knows eight letters and digits of ASCII. */
const REEL_LENGTH = 8;
/** Words that an EDL keeps for itself. */
const RESERVED_REELS: ReadonlySet<string> = new Set(['AX', 'BL', 'BLACK', 'NONE']);

/** A reel name per file, each its own: of the given names, else of the files' names. Same path, same reel. */
export function reelNames(files: readonly { path: string; reel: string }[]): Map<string, string> {
  const names = new Map<string, string>();
  const taken = new Set(RESERVED_REELS);
  for (const { path, reel } of files) {
    if (names.has(path)) continue;
    const base = reel
      .normalize('NFKD')
      .replace(/[^A-Za-z0-9]/g, '')
      .toUpperCase();
    let name = base.slice(0, REEL_LENGTH) || 'CLIP';
    for (let number = 1; taken.has(name); number += 1) {
      const digits = String(number);
      name = `${(base || 'CLIP').slice(0, REEL_LENGTH - digits.length)}${digits}`;
    }
    taken.add(name);
    names.set(path, name);
  }
  return names;
}
