/** The text of a query as pieces, so that boxes to tick and chips write into the same words that a person types. Pure. */

const quotes = '"“”„«»＂';
const piece = new RegExp(`(?:[^\\s${quotes}]*[${quotes}][^${quotes}]*[${quotes}]?)|\\S+`, 'gu');
const fieldMark = /^-?([A-Za-z]+)(?:[:：]|[<>=＜＞＝]=?)/u;

export function piecesOf(text: string): string[] {
  return text.match(piece) ?? [];
}

/** The field that a piece names; null: plain words. */
export function fieldOf(term: string): string | null {
  return fieldMark.exec(term)?.[1]?.toLowerCase() ?? null;
}

/** However it was typed: capitals, full width, any kind of quotes or none where none are needed. */
function plain(term: string): string {
  return term
    .normalize('NFKC')
    .toLowerCase()
    .replace(new RegExp(`[${quotes}]`, 'gu'), '"');
}

export function hasTerm(text: string, term: string): boolean {
  return piecesOf(text).some((other) => plain(other) === plain(term));
}

export function withoutTerm(text: string, term: string): string {
  return piecesOf(text)
    .filter((other) => plain(other) !== plain(term))
    .join(' ');
}

export function withTerm(text: string, term: string): string {
  return [...piecesOf(text), term].join(' ');
}

export function toggleTerm(text: string, term: string): string {
  return hasTerm(text, term) ? withoutTerm(text, term) : withTerm(text, term);
}

/** The pieces that name a field, each once: what stands as chips under the field. */
export function fieldTerms(text: string): string[] {
  return [...new Set(piecesOf(text).filter((term) => fieldOf(term) !== null))];
}

/** Only the plain words. */
export function wordsOf(text: string): string {
  return piecesOf(text)
    .filter((term) => fieldOf(term) === null)
    .join(' ');
}
