/** Hands a table to the system as a file, the way a page saves one. */
import { localDay } from '../../../shared/money/spend.ts';

/** `what` stands in the file's name. */
export function saveCsv(csv: string, what: string): void {
  const url = URL.createObjectURL(new Blob([csv], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `restage-spend-${what}-${localDay(new Date())}.csv`;
  link.click();
  // The download has taken its own hold of it by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
