/** Sums over the ledger's entries, by day, month, character, clip or project. Pure; credits are integers of 10^-8. */
import type { SpendEntry } from '../contract/spend.ts';
import { parseCredits } from './pricing.ts';
import type { SpendState } from './spendStates.ts';

export const spendGroupings = ['day', 'month', 'character', 'clip', 'project'] as const;
export type SpendGrouping = (typeof spendGroupings)[number];

export interface SpendSums extends Record<SpendState, bigint> {
  jobs: number;
  /** Some of it is our upper estimate, because no amount was named. */
  isEstimate: boolean;
  /** So many jobs had an amount named that cannot be in credits. */
  unclear: number;
}

export interface SpendRow extends SpendSums {
  /** Day (2026-11-21), month (2026-11), asset id or project; empty: none. */
  key: string;
  /** Name of the asset or project; empty where there is none. */
  name: string;
}

/** What an entry counts: the amount that was named, else the upper estimate; nothing where nothing was taken. */
export function amountOf({ credits, estimateHigh, state }: SpendEntry): { units: bigint; isEstimate: boolean } {
  if (credits !== null) return { units: parseCredits(credits), isEstimate: false };
  if (state === 'released') return { units: 0n, isEstimate: false };
  return { units: parseCredits(estimateHigh), isEstimate: true };
}

function noSums(): SpendSums {
  return { reserved: 0n, charged: 0n, released: 0n, unknown: 0n, jobs: 0, isEstimate: false, unclear: 0 };
}

function add(sums: SpendSums, entry: SpendEntry): void {
  const { units, isEstimate } = amountOf(entry);
  sums[entry.state] += units;
  sums.jobs += 1;
  sums.isEstimate ||= isEstimate;
  if (entry.doubt) sums.unclear += 1;
}

export function totalSpend(entries: readonly SpendEntry[]): SpendSums {
  const sums = noSums();
  for (const entry of entries) add(sums, entry);
  return sums;
}

/** The day of an instant where the person is. */
export function localDay(instant: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${instant.getFullYear()}-${two(instant.getMonth() + 1)}-${two(instant.getDate())}`;
}

function groupOf(entry: SpendEntry, by: SpendGrouping): { key: string; name: string } {
  switch (by) {
    case 'day':
      return { key: localDay(new Date(entry.at)), name: '' };
    case 'month':
      return { key: localDay(new Date(entry.at)).slice(0, 7), name: '' };
    case 'character':
      return { key: entry.character?.id ?? '', name: entry.character?.name ?? '' };
    case 'clip':
      return { key: entry.clip.id, name: entry.clip.name };
    case 'project':
      return { key: entry.project ?? '', name: entry.project ?? '' };
  }
}

/** Days and months newest first; everything else the dearest first. */
export function groupSpend(entries: readonly SpendEntry[], by: SpendGrouping): SpendRow[] {
  const rows = new Map<string, SpendRow>();
  for (const entry of entries) {
    const { key, name } = groupOf(entry, by);
    const row = rows.get(key) ?? { key, name, ...noSums() };
    add(row, entry);
    rows.set(key, row);
  }
  const found = [...rows.values()];
  if (by === 'day' || by === 'month') return found.sort((a, b) => (a.key < b.key ? 1 : -1));
  return found.sort((a, b) => compare(atStake(b), atStake(a)) || (a.name < b.name ? -1 : 1));
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** What may have to be paid: everything but what came back. */
export function atStake({ reserved, charged, unknown }: SpendSums): bigint {
  return reserved + charged + unknown;
}

/** The last `count` days or months up to `today`, also the empty ones, oldest first: what a chart shows. */
export function recentRows(
  rows: readonly SpendRow[],
  { by, count, today }: { by: 'day' | 'month'; count: number; today: Date },
): SpendRow[] {
  const byKey = new Map(rows.map((row) => [row.key, row]));
  return Array.from({ length: count }, (_, index) => {
    const back = count - 1 - index;
    const instant =
      by === 'day'
        ? new Date(today.getFullYear(), today.getMonth(), today.getDate() - back)
        : new Date(today.getFullYear(), today.getMonth() - back, 1);
    const key = by === 'day' ? localDay(instant) : localDay(instant).slice(0, 7);
    return byKey.get(key) ?? { key, name: '', ...noSums() };
  });
}
