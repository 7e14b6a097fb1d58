/** Sums over the ledger's entries, by day, month, character, clip, tag or project. Pure; credits are integers of 10^-8. */
import type { SpendEntry } from '../contract/spend.ts';
import { parseCredits } from './pricing.ts';
import type { SpendState } from './spendStates.ts';

export const spendGroupings = ['day', 'month', 'character', 'clip', 'tag', 'project'] as const;
export type SpendGrouping = (typeof spendGroupings)[number];

/**
 * How many jobs; of them those that ended with what was ordered and those that ended without; of the results those that were kept, were
 * rejected, and are no longer in the library; and the jobs for which an amount was named that cannot be in credits.
 */
export const spendCounts = ['jobs', 'delivered', 'failed', 'kept', 'rejected', 'gone', 'unclear'] as const;
export type SpendCount = (typeof spendCounts)[number];

export interface SpendSums extends Record<SpendState, bigint>, Record<SpendCount, number> {
  /** Some of it is our upper estimate, because no amount was named. */
  isEstimate: boolean;
}

export interface SpendRow extends SpendSums {
  /** Day (2026-11-21), month (2026-11), asset id, tag or project; empty: none. */
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

export function noSums(): SpendSums {
  return {
    ...{ reserved: 0n, charged: 0n, released: 0n, unknown: 0n, isEstimate: false },
    ...{ jobs: 0, delivered: 0, failed: 0, kept: 0, rejected: 0, gone: 0, unclear: 0 },
  };
}

function add(sums: SpendSums, entry: SpendEntry): void {
  const { units, isEstimate } = amountOf(entry);
  sums[entry.state] += units;
  sums.jobs += 1;
  sums.isEstimate ||= isEstimate;
  if (entry.outcome === 'delivered' || entry.outcome === 'failed') sums[entry.outcome] += 1;
  if (entry.result !== null) sums[entry.result] += 1;
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

/** Tags that differ in case or width alone are one tag, as in the library. */
function distinctTags(tags: readonly string[]): { key: string; name: string }[] {
  const found = new Map<string, { key: string; name: string }>();
  for (const name of tags) {
    const key = name.normalize('NFKC').toLowerCase();
    if (!found.has(key)) found.set(key, { key, name });
  }
  return [...found.values()];
}

/** Where an entry counts: in one group, or with several tags in the group of each. */
function groupsOf(entry: SpendEntry, by: SpendGrouping): { key: string; name: string }[] {
  const one = (key: string, name = key) => [{ key, name }];
  switch (by) {
    case 'day':
      return one(localDay(new Date(entry.at)), '');
    case 'month':
      return one(localDay(new Date(entry.at)).slice(0, 7), '');
    case 'character':
      return one(entry.character?.id ?? '', entry.character?.name ?? '');
    case 'clip':
      return one(entry.clip.id, entry.clip.name);
    case 'tag':
      return entry.tags.length === 0 ? one('') : distinctTags(entry.tags);
    case 'project':
      return one(entry.project ?? '');
  }
}

/** Days and months newest first; everything else the dearest first. */
export function groupSpend(entries: readonly SpendEntry[], by: SpendGrouping): SpendRow[] {
  const rows = new Map<string, SpendRow>();
  for (const entry of entries) {
    for (const { key, name } of groupsOf(entry, by)) {
      const row = rows.get(key) ?? { key, name, ...noSums() };
      add(row, entry);
      rows.set(key, row);
    }
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
