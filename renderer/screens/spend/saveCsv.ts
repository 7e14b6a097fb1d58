/** Hands the entries to the system as a file, the way a page saves one. */
import type { SpendEntry } from '../../../shared/contract/spend.ts';
import { localDay } from '../../../shared/money/spend.ts';
import { spendCsv } from '../../../shared/money/spendCsv.ts';

export function saveCsv(entries: readonly SpendEntry[], account: string): void {
  const url = URL.createObjectURL(new Blob([spendCsv(entries)], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `restage-spend-${account}-${localDay(new Date())}.csv`;
  link.click();
  // The download has taken its own hold of it by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
