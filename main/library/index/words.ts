/**
 * Words of the index: one table finds one character, two, and parts of words, in every script, because the app makes its words itself.
 * Every pair of neighbouring characters of a run (踊る人形 → 踊る る人 人形 形), the last one alone so that a phrase can go on into the next
 * run; three at a time where a script has few letters (pairs of them are in nearly every text); and each character once, for a search
 * that is one character long. SQLite’s tokenizer only cuts them apart at blanks.
 */
import type { StoredItem } from '../../../shared/contract/library.ts';

/** Half-width, composed or full-width: the same word is found however it was typed. Voiced and unvoiced kana stay two. */
export function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

/** By what names are sorted: take 2 comes before take 10. */
export function sortKey(name: string): string {
  return folded(name).replace(/\d{1,12}/g, (digits) => digits.padStart(12, '0'));
}

/** Between two texts, so that no phrase reaches from one into the next. Private use: no text of a person holds it. */
const END = '\uE000';
/** A blank inside a triple: `slow turn` has `w t` in it. */
const BLANK = '\uE001';

/** A control character is in no name, and a NUL would end the query in the middle. */
const runsOf = (text: string) =>
  folded(text)
    .split(/[\s\p{Cc}\p{Cs}\uE000\uE001]+/u)
    .filter(Boolean)
    .map((run) => [...run]);

/** Scripts of few letters: from CJK radicals on a pair tells enough. */
const isNarrow = (character: string) => character === BLANK || (character.codePointAt(0) ?? 0) < 0x2e80;

const spaced = (runs: readonly (readonly string[])[]) => runs.flatMap((run, at) => (at === 0 ? run : [BLANK, ...run]));

function pairs(run: readonly string[]): string[] {
  return run.map((character, at) => character + (run[at + 1] ?? ''));
}

function triples(run: readonly string[]): string[] {
  const found: string[] = [];
  for (let at = 0; at + 2 < run.length; at += 1) {
    const three = run.slice(at, at + 3);
    if (three.every(isNarrow)) found.push(three.join(''));
  }
  return found;
}

/** The words of a column that holds these texts. */
function wordsOf(texts: readonly string[]): string {
  const runs = texts.filter(Boolean).map(runsOf);
  const all = [...runs.map((of) => of.flatMap(pairs)), ...runs.map((of) => triples(spaced(of)))];
  return all
    .filter((words) => words.length > 0)
    .map((words) => words.join(' '))
    .join(` ${END} `);
}

/** The columns of the table `found`, in its order. */
export const foundColumns = ['name', 'clip', 'character', 'project', 'words', 'chars'] as const;
type FoundColumn = (typeof foundColumns)[number];

function textsOf(item: StoredItem): Record<Exclude<FoundColumn, 'chars'>, string[]> {
  const { recipe } = item;
  const ordered =
    recipe === null
      ? []
      : recipe.kind === 'motion'
        ? [recipe.prompt, recipe.elementId ?? '', recipe.quality]
        : [recipe.name, recipe.description];
  return {
    ...{ name: [item.name], clip: [item.videoName], character: [item.imageName ?? ''], project: [item.project ?? ''] },
    words: [item.note, ...item.notes.map(({ text }) => text), ...item.tags, ...ordered],
  };
}

/** One text per column of `found`. */
export function foundValues(item: StoredItem): string[] {
  const texts = textsOf(item);
  const every = runsOf(Object.values(texts).flat().join('\n')).flat();
  const columns: Record<FoundColumn, string> = {
    ...{ name: wordsOf(texts.name), clip: wordsOf(texts.clip), character: wordsOf(texts.character) },
    ...{ project: wordsOf(texts.project), words: wordsOf(texts.words), chars: [...new Set(every)].join(' ') },
  };
  return foundColumns.map((column) => columns[column]);
}

const quoted = (words: readonly string[]) => `"${words.join(' ').replaceAll('"', '""')}"`;

/** FTS5's expression for texts that hold `text`, in any column or in one. Null: nothing can be looked for (blanks alone). */
export function matchOf(text: string, column: Exclude<FoundColumn, 'chars' | 'words'> | null = null): string | null {
  const runs = runsOf(text);
  const last = runs.at(-1);
  if (!last) return null;
  const inside = column === null ? '' : `${column} : `;
  if (runs.length === 1) {
    if (last.length === 1) return column === null ? `chars : ${quoted(last)}` : `${inside}${quoted(last)} *`;
    return inside + quoted(last.length > 2 && last.every(isNarrow) ? triples(last) : pairs(last).slice(0, -1));
  }
  // Triples are rarer than pairs: they are read sooner.
  const whole = spaced(runs);
  if (whole.every(isNarrow)) return inside + quoted(triples(whole));
  const before = runs.slice(0, -1).flatMap(pairs);
  if (last.length === 1) return `${inside}${quoted([...before, ...last])} *`;
  return inside + quoted([...before, ...pairs(last).slice(0, -1)]);
}
