/** What a person means by what they typed: every word has to be in a name, and the nearer it is to how the name begins, the higher it stands. Pure. */

export interface Matchable {
  label: string;
  /** Further words by which it is found: a prompt, a project. */
  words?: string;
  /** Of two that match alike the higher one comes first: a time in milliseconds, or a place. Left out: as they stand in the list. */
  rank?: number;
}

export interface Indexed<T> {
  entry: T;
  label: string;
  words: string;
}

/** Half-width, full-width and capitals are one; voiced and unvoiced kana are two. */
const fold = (text: string): string => text.normalize('NFKC').toLocaleLowerCase();

/** Once per list: what is compared with every key that is typed. */
export function indexEntries<T extends Matchable>(entries: readonly T[]): Indexed<T>[] {
  return entries.map((entry) => ({ entry, label: fold(entry.label), words: fold(entry.words ?? '') }));
}

/** At most `limit`, the best first. Nothing typed: all, by rank. */
export function matchEntries<T extends Matchable>(indexed: readonly Indexed<T>[], typed: string, limit: number): T[] {
  const terms = fold(typed).split(/\s+/u).filter(Boolean);
  const found: { entry: T; distance: number }[] = [];
  for (const candidate of indexed) {
    let distance = 0;
    for (const term of terms) {
      distance += distanceOf(candidate, term);
      if (distance === Number.POSITIVE_INFINITY) break;
    }
    if (distance !== Number.POSITIVE_INFINITY) found.push({ entry: candidate.entry, distance });
  }
  found.sort((a, b) => a.distance - b.distance || (b.entry.rank ?? 0) - (a.entry.rank ?? 0));
  return found.slice(0, limit).map(({ entry }) => entry);
}

/** 0: the name begins so; 1: a word of it; 2: it is somewhere inside; 3: in the further words; 4: its letters in this order. */
function distanceOf({ label, words }: Indexed<unknown>, term: string): number {
  const at = label.indexOf(term);
  if (at === 0) return 0;
  if (at > 0) return startsWord(label, term, at) ? 1 : 2;
  if (words.includes(term)) return 3;
  return isAbbreviation(label, term) ? 4 : Number.POSITIVE_INFINITY;
}

function startsWord(label: string, term: string, from: number): boolean {
  for (let at = from; at !== -1; at = label.indexOf(term, at + 1))
    if (!/[\p{L}\p{N}]/u.test(label[at - 1] ?? ' ')) return true;
  return false;
}

/** Letters left out, as in "gnrt"; of one or two letters every name would be one. */
function isAbbreviation(label: string, term: string): boolean {
  if (term.length < 3 || !/^[a-z0-9]+$/.test(term)) return false;
  let at = -1;
  for (const letter of term) {
    at = label.indexOf(letter, at + 1);
    if (at === -1) return false;
  }
  return true;
}
