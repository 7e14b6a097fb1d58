/** File names of results: a person's template, filled, readable, legal on every system, at most 255 bytes with every suffix. Pure. */
import { codePointOf, withoutHidden } from './shownText.ts';

export const namingTokens = ['character', 'clip', 'project', 'in', 'quality', 'date', 'time', 'take'] as const;
export type NamingToken = (typeof namingTokens)[number];

/** Who, doing what, when. */
export const defaultNamingTemplate = '{character} on {clip} {date}';
export const namingTemplateMaxLength = 200;

export interface NamedResult {
  /** With its extension, as the asset is called. */
  videoName: string;
  imageName: string | null;
  project: string;
  /** Of the trim, HH:MM:SS:FF or HH:MM:SS.mmm. */
  inTimecode: string;
  quality: string;
  /** The how many of this character on this clip. */
  take: number;
  at: Date;
}

export type NamingTrouble =
  | { rule: 'naming.empty' }
  | { rule: 'naming.length'; max: number }
  | { rule: 'naming.token'; token: string }
  | { rule: 'naming.characters'; characters: string };

/** Of Windows, with any extension behind them: `con.take.mp4` is the console as well. */
const RESERVED = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\s*\.|$)/i;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what has to go
const ILLEGAL = /[\u0000-\u001f\u007f\u0080-\u009f\u202a-\u202e\u2066-\u2069<>:"/\\|?*]+/g;
/** Room for ` 2`, `.restage.json` and the name of a temporary file beside it. */
const MAX_BASE_BYTES = 180;
/** One long name must not push the others out. */
const MAX_TOKEN_BYTES = 70;
const TOKEN = /\{([^{}]*)\}/;
const BRACKETS = ['()', '[]', '（）', '［］', '【】', '「」', '『』', '〈〉'];
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** What is wrong with a template; null: nothing. */
export function findNamingTrouble(template: string): NamingTrouble | null {
  if (template.length > namingTemplateMaxLength) return { rule: 'naming.length', max: namingTemplateMaxLength };
  // Text and tokens take turns.
  const parts = template.split(TOKEN);
  const texts = parts.filter((_, index) => index % 2 === 0);
  const unknown = parts.find((part, index) => index % 2 === 1 && !isToken(part));
  if (unknown !== undefined) return { rule: 'naming.token', token: `{${unknown}}` };
  const stray = texts.join('').match(/[{}]/);
  if (stray) return { rule: 'naming.token', token: stray[0] };
  const illegal = texts.join('').match(ILLEGAL);
  if (illegal) return { rule: 'naming.characters', characters: [...new Set(illegal.join(''))].map(visible).join(' ') };
  return legalName(parts.map((part, index) => (index % 2 === 0 ? part : 'x')).join('')) === ''
    ? { rule: 'naming.empty' }
    : null;
}

/** The name by a template without trouble; by the default one where it leaves nothing over (a project that is not there). */
export function resultName(template: string, result: NamedResult): string {
  const values = valuesOf(result);
  const name = legalName(fill(template, values));
  return safeName(name === '' ? fill(defaultNamingTemplate, values) : name);
}

export function safeName(text: string): string {
  const cleaned = legalName(text);
  const named = cleaned === '' || RESERVED.test(cleaned) ? `_${cleaned}` : cleaned;
  return cutBytes(named, MAX_BASE_BYTES).replace(/[.\s]+$/, '');
}

function legalName(text: string): string {
  return withoutHidden(text.toWellFormed().normalize('NFC').replace(ILLEGAL, ' '))
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^[.\-\s]+|[.\s]+$/g, '');
}

function valuesOf({ videoName, imageName, at, ...result }: NamedResult): Record<NamingToken, string> {
  const stem = (name: string) => name.replace(/\.[^.]{1,5}$/, '');
  const two = (n: number) => String(n).padStart(2, '0');
  const values: Record<NamingToken, string> = {
    character: stem(imageName ?? ''),
    clip: stem(videoName),
    project: result.project.trim(),
    in: result.inTimecode.replace(/[:;.]/g, '-'),
    quality: result.quality,
    date: `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`,
    time: `${two(at.getHours())}-${two(at.getMinutes())}`,
    take: two(result.take),
  };
  for (const token of namingTokens) values[token] = cutBytes(values[token], MAX_TOKEN_BYTES);
  return values;
}

/** What has no value takes the text along that binds it to the next token, or to the one before when it is the last; or the brackets around it. */
function fill(template: string, values: Readonly<Record<NamingToken, string>>): string {
  const parts = template.split(TOKEN);
  for (let index = 1; index < parts.length; index += 2) {
    const token = parts[index] ?? '';
    const value = isToken(token) ? values[token] : '';
    parts[index] = value;
    if (value !== '') continue;
    const [before = '', after = ''] = [parts[index - 1], parts[index + 1]];
    if (BRACKETS.includes(`${before.slice(-1)}${after.slice(0, 1)}`)) {
      parts[index - 1] = before.slice(0, -1);
      parts[index + 1] = after.slice(1);
    } else if (index + 2 < parts.length) parts[index + 1] = '';
    else parts[index - 1] = '';
  }
  return parts.join('');
}

const isToken = (text: string): text is NamingToken => namingTokens.some((token) => token === text);

/** What cannot be seen is named by its number. */
function visible(character: string): string {
  if (/[!-~]/.test(character)) return character;
  return codePointOf(character);
}

/** At most so many bytes of UTF-8; a picture made of several code points is left whole or left out. */
function cutBytes(text: string, maxBytes: number): string {
  let length = 0;
  let result = '';
  for (const { segment } of graphemes.segment(text)) {
    length += utf8Bytes(segment);
    if (length > maxBytes) break;
    result += segment;
  }
  return result;
}

function utf8Bytes(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
}
