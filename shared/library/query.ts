/**
 * The grammar of the library: one reader for the search field, saved searches and the command line. Pure.
 *
 *   words "a phrase" -not                   in names, prompt, tags, notes, project
 *   tag:winter  project:spot  clip:dance    character:hero  element:ID     contained; "in quotes": the whole of it
 *   flag:pick  quality:1080p  orientation:portrait  is:missing|sandbox|hidden|imported|signed
 *   rating>=4  seconds<10  made:2026-11..2026-12  made:2026-11-03
 *
 * All terms hold together; of one field that a result has once (flag, clip, …) any of the values named does. A mistake is told with its
 * place and leaves its term out; the rest holds.
 */
import { readMade, readNumber } from './queryValues.ts';

/** Fields that hold a name: part of it is enough, unless it stands in quotes. */
export const nameFields = ['character', 'clip', 'project', 'element'] as const;
export type NameField = (typeof nameFields)[number];

export const choiceFields = {
  flag: ['none', 'pick', 'reject'],
  quality: ['720p', '1080p'],
  orientation: ['portrait', 'landscape', 'square'],
} as const;
export type ChoiceField = keyof typeof choiceFields;

export const isWords = ['missing', 'present', 'sandbox', 'hidden', 'imported', 'signed'] as const;
export type IsWord = (typeof isWords)[number];

export const numberFields = ['rating', 'seconds'] as const;
export type NumberField = (typeof numberFields)[number];
export type Comparison = '=' | '<' | '<=' | '>' | '>=';

interface Common {
  isNot: boolean;
}
export type QueryTerm = Common &
  (
    | { kind: 'words'; text: string }
    | { kind: 'name'; field: NameField; value: string; isWhole: boolean }
    | { kind: 'tag'; value: string }
    | { kind: 'choice'; field: ChoiceField; value: string }
    | { kind: 'is'; value: IsWord }
    | { kind: 'number'; field: NumberField; comparison: Comparison; value: number }
    /** Days, both included; null: open at that end. */
    | { kind: 'made'; from: string | null; to: string | null }
  );

export const queryRules = ['quote', 'field', 'empty', 'value', 'number', 'date', 'dates', 'comparison'] as const;
export type QueryRule = (typeof queryRules)[number];

/** Characters `from` (included) to `to` (not) of the text. `params` fill the rule's sentence. */
export interface QueryProblem {
  from: number;
  to: number;
  rule: QueryRule;
  params: Record<string, string>;
}

export interface LibraryQueryTerms {
  terms: QueryTerm[];
  problems: QueryProblem[];
}

const fields: readonly string[] = [...nameFields, ...Object.keys(choiceFields), ...numberFields, 'tag', 'is', 'made'];

/** A term as it stands in the text. */
interface Piece {
  from: number;
  to: number;
  isNot: boolean;
  field: string | null;
  comparison: Comparison;
  value: string;
  isQuoted: boolean;
  isClosed: boolean;
}

// Half-width and full-width alike: a Japanese keyboard types either. A control character is in no name.
const BLANK = /[\s\p{Cc}]/u;
const QUOTE = /["“”„«»＂]/;
const FIELD = /^([A-Za-z]+)([:：=＝]|[<>＜＞][=＝]?)/;

export function parseQuery(text: string): LibraryQueryTerms {
  const terms: QueryTerm[] = [];
  const problems: QueryProblem[] = [];
  for (const piece of piecesOf(text)) {
    const told = termOf(piece);
    if (told === null) continue;
    if ('kind' in told) terms.push(told);
    else problems.push({ from: piece.from, to: piece.to, ...told });
    if (!piece.isClosed)
      problems.push({ from: piece.to - piece.value.length - 1, to: piece.to, rule: 'quote', params: {} });
  }
  return { terms, problems };
}

function* piecesOf(text: string): Generator<Piece> {
  let at = 0;
  while (at < text.length) {
    if (BLANK.test(text[at] ?? '')) {
      at += 1;
      continue;
    }
    const from = at;
    // A minus alone, or before a blank, is a word.
    const isNot = text[at] === '-' && at + 1 < text.length && !BLANK.test(text[at + 1] ?? '');
    if (isNot) at += 1;
    const named = FIELD.exec(text.slice(at));
    const field = named?.[1]?.toLowerCase() ?? null;
    const isField = field !== null && isMeant(field, named?.[2] ?? '', text.slice(at + (named?.[0].length ?? 0)));
    if (isField) at += named?.[0].length ?? 0;
    const { value, end, isQuoted, isClosed } = valueAt(text, at);
    yield {
      ...{ from, to: end, isNot, value, isQuoted, isClosed },
      field: isField ? field : null,
      comparison: isField ? comparisonOf(named?.[2] ?? ':') : '=',
    };
    at = end;
  }
}

/** `https://…` and `a=b` are words; `tga:x` is a slip. */
const isMeant = (field: string, mark: string, rest: string) =>
  fields.includes(field) || (/[:：]/.test(mark) && !rest.startsWith('/') && !rest.startsWith('\\'));

const comparisonOf = (mark: string): Comparison => mark.normalize('NFKC').replace(':', '=') as Comparison;

function valueAt(text: string, from: number): { value: string; end: number; isQuoted: boolean; isClosed: boolean } {
  if (QUOTE.test(text[from] ?? '')) {
    const rest = text.slice(from + 1);
    const close = rest.search(QUOTE);
    if (close < 0) return { value: rest, end: text.length, isQuoted: true, isClosed: false };
    return { value: rest.slice(0, close), end: from + close + 2, isQuoted: true, isClosed: true };
  }
  let end = from;
  while (end < text.length && !BLANK.test(text[end] ?? '')) end += 1;
  return { value: text.slice(from, end), end, isQuoted: false, isClosed: true };
}

type Told = QueryTerm | { rule: QueryRule; params: Record<string, string> };
const wrong = (rule: QueryRule, params: Record<string, string>) => ({ rule, params });

/** Null: nothing is meant by it (an empty pair of quotes). */
function termOf(piece: Piece): Told | null {
  const { field, isNot, comparison, isQuoted } = piece;
  const value = piece.value.trim();
  if (field === null) return value === '' ? null : { kind: 'words', isNot, text: value };
  if (!fields.includes(field)) return wrong('field', { field, fields: fields.join(', ') });
  // `project:""`: those that have none.
  const mayBeEmpty = isQuoted && isOneOf(nameFields, field);
  if (value === '' && !mayBeEmpty) return wrong('empty', { field });
  if (isOneOf(numberFields, field)) {
    const number = readNumber(value);
    return number === null
      ? wrong('number', { field, value })
      : { kind: 'number', isNot, field, comparison, value: number };
  }
  if (field === 'made') {
    const made = readMade(value, comparison);
    return typeof made === 'string' ? wrong(made, { value }) : { kind: 'made', isNot, ...made };
  }
  if (comparison !== '=') return wrong('comparison', { field, comparison });
  if (field === 'tag') return { kind: 'tag', isNot, value };
  if (isOneOf(nameFields, field)) return { kind: 'name', isNot, field, value, isWhole: isQuoted };
  const word = value.normalize('NFKC').toLowerCase();
  if (field === 'is') {
    return isOneOf(isWords, word) ? { kind: 'is', isNot, value: word } : wrong('value', choices(field, value, isWords));
  }
  const known: readonly string[] = choiceFields[field as ChoiceField];
  if (!known.includes(word)) return wrong('value', choices(field, value, known));
  return { kind: 'choice', isNot, field: field as ChoiceField, value: word };
}

const choices = (field: string, value: string, known: readonly string[]) => ({
  field,
  value,
  choices: known.join(', '),
});

function isOneOf<Word extends string>(words: readonly Word[], word: string): word is Word {
  return (words as readonly string[]).includes(word);
}

/** A term as it is written, whatever its value holds. */
export function queryTerm(field: NameField | 'tag' | ChoiceField | 'is', value: string): string {
  if (field === 'is' || field in choiceFields) return `${field}:${value}`;
  // A name that holds quotes cannot stand in them: each kind of them reads as a blank.
  return `${field}:"${value.replace(/["“”„«»＂]/g, ' ')}"`;
}
