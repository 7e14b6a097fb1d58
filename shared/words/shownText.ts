/**
 * Names and texts of strangers as they are shown: what has no picture of its own and changes how the rest is read (the direction of
 * writing, characters of no width) is shown by its number, so that `cat\u202egpj.exe` does not look like a picture. Pure.
 */

/** Directions, zero width, fillers, invisible operators and tags; of the controls all but tab and line breaks. */
const HIDDEN_RANGES = [
  ...['\\u0000-\\u0008', '\\u000b', '\\u000c', '\\u000e-\\u001f', '\\u007f-\\u009f'],
  ...['\\u00ad', '\\u034f', '\\u061c', '\\u115f', '\\u1160', '\\u17b4', '\\u17b5', '\\u180e', '\\u200b-\\u200f'],
  ...[
    '\\u2028-\\u202e',
    '\\u2060-\\u206f',
    '\\u3164',
    '\\ufeff',
    '\\uffa0',
    '\\ufff9-\\ufffb',
    '\\u{e0000}-\\u{e007f}',
  ],
];
const HIDDEN = new RegExp(`[${HIDDEN_RANGES.join('')}]`, 'gu');

const EMOJI_BEFORE = /(?:\p{Extended_Pictographic}|\ufe0f|[\u{1f3fb}-\u{1f3ff}])$/u;
const EMOJI_AFTER = /^\p{Extended_Pictographic}/u;
/** Scripts whose letters are written joined or apart by these very characters; the others have no use for them. */
const JOINING =
  '\\p{Script=Arabic}\\p{Script=Syriac}\\p{Script=Devanagari}\\p{Script=Bengali}\\p{Script=Gurmukhi}\\p{Script=Gujarati}' +
  '\\p{Script=Oriya}\\p{Script=Tamil}\\p{Script=Telugu}\\p{Script=Kannada}\\p{Script=Malayalam}\\p{Script=Sinhala}\\p{Script=Khmer}';
const JOINING_BEFORE = new RegExp(`[${JOINING}]\\p{M}*$`, 'u');
const JOINING_AFTER = new RegExp(`^[${JOINING}]`, 'u');
const FLAG_BEFORE = /\u{1f3f4}[\u{e0020}-\u{e007e}]*$/u;

/** Part of what is seen: inside an emoji, or between letters that are joined by it. */
function isSeen(character: string, before: string, after: string): boolean {
  if (character === '\u200d' && EMOJI_BEFORE.test(before) && EMOJI_AFTER.test(after)) return true;
  if (character === '\u200c' || character === '\u200d') return JOINING_BEFORE.test(before) && JOINING_AFTER.test(after);
  return /[\u{e0020}-\u{e007f}]/u.test(character) && FLAG_BEFORE.test(before);
}

/** How far around a character is looked: a long text costs no more than its length. */
const NEIGHBOURS = 24;

function replaceHidden(text: string, by: (character: string) => string): string {
  return text.replace(HIDDEN, (character, at: number) => {
    const before = text.slice(Math.max(0, at - NEIGHBOURS), at);
    const end = at + character.length;
    return isSeen(character, before, text.slice(end, end + NEIGHBOURS)) ? character : by(character);
  });
}

export const codePointOf = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

/** 'a\u202eb' → 'a‹U+202E›b'. */
export const shownText = (text: string): string => replaceHidden(text, (character) => `‹${codePointOf(character)}›`);

/** For names of files: without what `shownText` would have to name. */
export const withoutHidden = (text: string): string => replaceHidden(text, () => '');
