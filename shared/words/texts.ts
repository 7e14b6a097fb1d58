/** Texts that people type, in the one form in which they are counted, compared, sent and stored. */

/** Composed (a decomposed Hangul syllable is one character, not three), one kind of line end, no blanks around it. */
export function tidyText(text: string): string {
  return text.normalize('NFC').replaceAll(/\r\n?/g, '\n').trim();
}

/** Characters as people count them: code points of the text in that form [r]. */
export function countCharacters(text: string): number {
  return [...tidyText(text)].length;
}

/** Half of a surrogate pair alone is no character either: no two programs store it alike. */
const notText = /\p{Cc}|\p{Cs}/u;
const notTextOfLines = /(?![\n\t])(?:\p{Cc}|\p{Cs})/u;

/** The first character that no text may hold, as `U+0007`; null: there is none. Line breaks and tabs are for texts of several lines alone. */
export function forbiddenCharacter(text: string, { isMultiline = false } = {}): string | null {
  const found = (isMultiline ? notTextOfLines : notText).exec(text)?.[0];
  return found === undefined ? null : `U+${(found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
