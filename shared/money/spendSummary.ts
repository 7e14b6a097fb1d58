/** The table of sums that page, command line and CSV show alike: its rows, what they count more than once, and a total that equals the ledger. Pure. */
import type { SpendEntry } from '../contract/spend.ts';
import {
  groupSpend,
  noSums,
  type SpendGrouping,
  type SpendRow,
  type SpendSums,
  spendCounts,
  totalSpend,
} from './spend.ts';
import { spendStates } from './spendStates.ts';

export interface SpendSummary {
  by: SpendGrouping;
  rows: SpendRow[];
  /** Below zero: what comes off the rows to make the total, since jobs with several tags count in full under each. Null: every job is in one row. */
  overlap: SpendSums | null;
  /** Each job once. */
  total: SpendSums;
}

export function summariseSpend(entries: readonly SpendEntry[], by: SpendGrouping): SpendSummary {
  const rows = groupSpend(entries, by);
  const total = totalSpend(entries);
  const overlap = differenceOf(total, rows);
  return { by, rows, total, overlap: overlap.jobs === 0 ? null : overlap };
}

function differenceOf(total: SpendSums, rows: readonly SpendRow[]): SpendSums {
  const difference = noSums();
  for (const state of spendStates) difference[state] = rows.reduce((rest, row) => rest - row[state], total[state]);
  for (const count of spendCounts) difference[count] = rows.reduce((rest, row) => rest - row[count], total[count]);
  return difference;
}

/** What was charged for all of it, the failed and the rejected too, per result that was kept: credits x 10^-8, half rounded up. Null: none was kept. */
export function costPerKept({ charged, kept }: Pick<SpendSums, 'charged' | 'kept'>): bigint | null {
  if (kept <= 0) return null;
  const divisor = BigInt(kept);
  return (charged * 2n + divisor) / (divisor * 2n);
}

/** Of the jobs that ended by themselves, 0..1; null: none has. */
export function failedShare({ failed, delivered }: Pick<SpendSums, 'failed' | 'delivered'>): number | null {
  return failed + delivered <= 0 ? null : failed / (failed + delivered);
}

/** Of the credits that were settled, 0..1, exact to 10^-6; null: none were. */
export function releasedShare({ released, charged }: Pick<SpendSums, 'released' | 'charged'>): number | null {
  const settled = released + charged;
  return settled <= 0n ? null : Number((released * 1_000_000n) / settled) / 1_000_000;
}
