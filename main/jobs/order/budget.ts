/** Spending limits, asked before they are crossed: the upper estimate of this order on top of what the day and the month have seen. */
import type { Settings } from '../../../shared/contract/app.ts';
import { creditsToString, parseCredits } from '../../../shared/money/pricing.ts';
import type { JobRecord } from '../record/record.ts';
import type { JobStore } from '../record/store.ts';

export type BudgetLimit = 'perJob' | 'perDay' | 'perMonth';

/** Which limit this order would cross, or null. What was charged counts as charged, what is held or unknown as its upper estimate. */
export function crossedLimit(
  job: JobRecord,
  limits: Settings['limits'],
  store: JobStore,
  now: Date,
): BudgetLimit | null {
  const wish = parseCredits(job.estimateHigh);
  if (limits.perJob !== null && wish > parseCredits(limits.perJob)) return 'perJob';
  const { day, month } = startsOf(now);
  if (limits.perDay !== null && spent(store, day) + wish > parseCredits(limits.perDay)) return 'perDay';
  if (limits.perMonth !== null && spent(store, month) + wish > parseCredits(limits.perMonth)) return 'perMonth';
  return null;
}

/** What counts against the limits of this day and this month by now. */
export function spentSoFar(store: JobStore, now: Date): { day: string; month: string } {
  const { day, month } = startsOf(now);
  return { day: creditsToString(spent(store, day)), month: creditsToString(spent(store, month)) };
}

function startsOf(now: Date): { day: Date; month: Date } {
  const [year, month] = [now.getFullYear(), now.getMonth()];
  return { day: new Date(year, month, now.getDate()), month: new Date(year, month, 1) };
}

function spent(store: JobStore, since: Date): bigint {
  return store.spentSince(since.toISOString()).reduce((sum, row) => {
    if (row.state === 'released') return sum;
    return sum + parseCredits(row.state === 'charged' && row.charged !== null ? row.charged : row.high);
  }, 0n);
}
