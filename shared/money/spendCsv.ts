/** The ledger's entries, and their sums, as tables for spreadsheets: RFC 4180, with the mark that makes Excel read UTF-8, amounts exact to 10^-8. Pure. */
import type { SpendEntry } from '../contract/spend.ts';
import { csvText, safeText } from '../words/csvText.ts';
import { creditsToString } from './pricing.ts';
import { amountOf, localDay, type SpendSums, spendCounts } from './spend.ts';
import { spendStates } from './spendStates.ts';
import { costPerKept, failedShare, releasedShare, type SpendSummary } from './spendSummary.ts';

const entryColumns = [
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
  'tags',
  'outcome',
  'result',
] as const;

function table<Column extends string>(
  columns: readonly Column[],
  rows: readonly Readonly<Record<Column, string>>[],
): string {
  return csvText([columns, ...rows.map((row) => columns.map((name) => row[name]))]);
}

const accountOf = (isSandbox: boolean) => (isSandbox ? 'sandbox' : 'evolink');

/** One line per job. */
export function spendCsv(entries: readonly SpendEntry[]): string {
  return table(
    entryColumns,
    entries.map((entry) => {
      const { units, isEstimate } = amountOf(entry);
      return {
        date: localDay(new Date(entry.at)),
        time_utc: entry.at,
        state: entry.state,
        credits: creditsToString(units),
        is_estimate: isEstimate ? 'yes' : 'no',
        account: accountOf(entry.isSandbox),
        kind: entry.kind,
        project: safeText(entry.project ?? ''),
        character: safeText(entry.character?.name ?? ''),
        clip: safeText(entry.clip.name),
        job: safeText(entry.jobId),
        task: safeText(entry.taskId ?? ''),
        unclear: entry.doubt?.kind ?? '',
        named: safeText(entry.doubt?.raw ?? ''),
        tags: safeText(entry.tags.join('; ')),
        outcome: entry.outcome,
        result: entry.result ?? '',
      };
    }),
  );
}

/** `row` says what a line is: a group, what comes off the groups because they count it more than once, or the total. */
const summaryColumns = [
  'account',
  'unit',
  'row',
  'by',
  'group',
  'id',
  ...spendStates,
  'is_estimate',
  ...spendCounts,
  'charged_per_kept',
  'failed_share',
  'released_share',
] as const;

/** One line per group, and a total, of each account: the sandbox's credits are no money, and are never in one sum with it. */
export function spendSummaryCsv(accounts: readonly { isSandbox: boolean; summary: SpendSummary }[]): string {
  return table(
    summaryColumns,
    accounts.flatMap(({ isSandbox, summary: { by, rows, overlap, total } }) => {
      const line = (row: 'group' | 'overlap' | 'total', sums: SpendSums, { key = '', name = '' } = {}) => ({
        account: accountOf(isSandbox),
        unit: isSandbox ? 'test_credits' : 'credits',
        row,
        by,
        group: safeText(name || (by === 'day' || by === 'month' ? key : '')),
        id: by === 'character' || by === 'clip' ? safeText(key) : '',
        ...figures(sums),
      });
      return [
        ...rows.map((row) => line('group', row, row)),
        ...(overlap ? [line('overlap', overlap)] : []),
        line('total', total),
      ];
    }),
  );
}

function figures(sums: SpendSums) {
  const perKept = costPerKept(sums);
  return {
    reserved: creditsToString(sums.reserved),
    charged: creditsToString(sums.charged),
    released: creditsToString(sums.released),
    unknown: creditsToString(sums.unknown),
    is_estimate: sums.isEstimate ? 'yes' : 'no',
    ...mapCounts(sums),
    charged_per_kept: perKept === null ? '' : creditsToString(perKept),
    failed_share: shareText(failedShare(sums)),
    released_share: shareText(releasedShare(sums)),
  };
}

const mapCounts = ({ jobs, delivered, failed, kept, rejected, gone, unclear }: SpendSums) => ({
  ...{ jobs: String(jobs), delivered: String(delivered), failed: String(failed), unclear: String(unclear) },
  ...{ kept: String(kept), rejected: String(rejected), gone: String(gone) },
});

const shareText = (share: number | null) => (share === null ? '' : share.toFixed(6));
