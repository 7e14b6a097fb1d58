/** The ledger's entries as a table for spreadsheets: RFC 4180, with the mark that makes Excel read UTF-8, amounts exact to 10^-8. Pure. */
import type { SpendEntry } from '../contract/spend.ts';
import { csvText, safeText } from '../words/csvText.ts';
import { creditsToString } from './pricing.ts';
import { amountOf, localDay } from './spend.ts';

const columns = [
  'date',
  'time_utc',
  'state',
  'credits',
  'is_estimate',
  'account',
  'kind',
  'project',
  'character',
  'clip',
  'job',
  'task',
  'unclear',
  'named',
] as const;

export function spendCsv(entries: readonly SpendEntry[]): string {
  const rows = entries.map((entry) => {
    const { units, isEstimate } = amountOf(entry);
    const values: Record<(typeof columns)[number], string> = {
      date: localDay(new Date(entry.at)),
      time_utc: entry.at,
      state: entry.state,
      credits: creditsToString(units),
      is_estimate: isEstimate ? 'yes' : 'no',
      account: entry.isSandbox ? 'sandbox' : 'evolink',
      kind: entry.kind,
      project: safeText(entry.project ?? ''),
      character: safeText(entry.character?.name ?? ''),
      clip: safeText(entry.clip.name),
      job: safeText(entry.jobId),
      task: safeText(entry.taskId ?? ''),
      unclear: entry.doubt?.kind ?? '',
      named: safeText(entry.doubt?.raw ?? ''),
    };
    return columns.map((name) => values[name]);
  });
  return csvText([columns, ...rows]);
}
