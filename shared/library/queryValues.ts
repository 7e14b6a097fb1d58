/** Numbers and days as they are typed into a query. Pure. */
import type { Comparison } from './query.ts';

/** Null: no number. A decimal comma is one; so are full-width digits. */
export function readNumber(text: string): number | null {
  const plain = text.normalize('NFKC').replace(',', '.');
  return /^\d{1,9}(\.\d{1,6})?$/.test(plain) ? Number(plain) : null;
}

export interface MadeRange {
  /** 2026-11-03, both included; null: open. */
  from: string | null;
  to: string | null;
}

/** `2026`, `2026-11`, `2026-11-03`, and two of them with `..` between; `2026-11..` and `..2026-11` are open. */
export function readMade(text: string, comparison: Comparison): MadeRange | 'date' | 'dates' {
  const plain = text.normalize('NFKC').replaceAll('/', '-');
  const [first, second, ...more] = plain.split('..');
  if (first === undefined || more.length > 0) return 'date';
  if (second !== undefined) {
    if (comparison !== '=' || (first === '' && second === '')) return 'date';
    const [from, to] = [first === '' ? null : spanOf(first), second === '' ? null : spanOf(second)];
    if (from === undefined || to === undefined) return 'date';
    if (from && to && from.first > to.last) return 'dates';
    return { from: from?.first ?? null, to: to?.last ?? null };
  }
  const span = spanOf(first);
  if (span === undefined) return 'date';
  if (comparison === '=') return { from: span.first, to: span.last };
  if (comparison === '>=') return { from: span.first, to: null };
  if (comparison === '<=') return { from: null, to: span.last };
  return comparison === '>' ? { from: dayAfter(span.last, 1), to: null } : { from: null, to: dayAfter(span.first, -1) };
}

/** The first and the last day of a year, a month, a day; undefined: it is none. */
function spanOf(text: string): { first: string; last: string } | undefined {
  const match = /^(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?$/.exec(text);
  if (!match) return undefined;
  const [year, month, day] = [match[1] ?? '', match[2]?.padStart(2, '0'), match[3]?.padStart(2, '0')];
  if (month === undefined) return { first: `${year}-01-01`, last: `${year}-12-31` };
  const lastDay = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  const isMonth = Number(month) >= 1 && Number(month) <= 12;
  if (!isMonth || (day !== undefined && (Number(day) < 1 || Number(day) > lastDay))) return undefined;
  if (day !== undefined) return { first: `${year}-${month}-${day}`, last: `${year}-${month}-${day}` };
  return { first: `${year}-${month}-01`, last: `${year}-${month}-${lastDay}` };
}

function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
