/** Tables of what orders have cost, for a terminal: amounts exact, as the ledger has them. */
import type { SpendEntry } from '../../../shared/contract/spend.ts';
import { creditsToString } from '../../../shared/money/pricing.ts';
import { amountOf, type SpendGrouping, type SpendRow, type SpendSums } from '../../../shared/money/spend.ts';
import { spendStates } from '../../../shared/money/spendStates.ts';
import { costPerKept, type SpendSummary } from '../../../shared/money/spendSummary.ts';
import { creditsOf } from '../../../shared/money/testCredits.ts';
import type { CommandContext } from './context.ts';
import { type Cell, type Column, printable, renderTable } from './table.ts';
import { timeText } from './timeText.ts';

const none = '–';
const amountText = (units: bigint) => (units === 0n ? none : creditsToString(units));
const countText = (count: number) => (count === 0 ? none : String(count));

/** One account: a line per group, what is counted more than once, the total. */
export function summaryText(
  context: CommandContext,
  { isSandbox, summary }: { isSandbox: boolean; summary: SpendSummary },
): string {
  const { t, style, io, locale } = context;
  const money = creditsOf(isSandbox);
  const header = (text: string) => text.toLocaleUpperCase(locale);
  const right = (text: string): Column => ({ header: header(text), align: 'right' });
  const columns: Column[] = [
    { header: header(t(`spend.by.${summary.by}`)), mayShrink: true },
    ...spendStates.map((state) => right(t(`spend.state.${state}`, money))),
    ...(['jobs', 'failed', 'kept'] as const).map((name) => right(t(`spend.${name}`))),
    right(t('spend.perKept')),
  ];
  const line = (name: string, sums: SpendSums, paint?: (text: string) => string): Cell[] =>
    [
      name,
      ...spendStates.map((state) => amountText(sums[state])),
      ...[sums.jobs, sums.failed, sums.kept].map(countText),
      perKeptText(sums),
    ].map((text) => ({ text, ...(paint ? { paint } : {}) }));
  const { rows, overlap, total, by } = summary;
  const table = renderTable(
    columns,
    [
      ...rows.map((row) => line(rowName(row, by, context), row)),
      ...(overlap ? [line(t('spend.overlap'), overlap, style.dim)] : []),
      line(t('spend.total'), total, style.bold),
    ],
    { width: io.stdout.columns, paintHeader: style.dim },
  );
  const notes = [
    ...(total.isEstimate ? [t('spend.estimated')] : []),
    ...(total.unclear > 0 ? [t('spend.unclear', { number: total.unclear })] : []),
    ...(overlap ? [t('spend.overlapNote')] : []),
  ];
  const title = isSandbox ? t('jobs.testCredits') : t('spend.account.evolink');
  return `${style.bold(title)}\n${table}${notes.map((note) => `${style.dim(note)}\n`).join('')}`;
}

function perKeptText(sums: SpendSums): string {
  const cost = costPerKept(sums);
  return cost === null ? none : creditsToString(cost);
}

function rowName({ key, name }: SpendRow, by: SpendGrouping, { t }: CommandContext): string {
  if (by === 'day' || by === 'month') return key;
  if (name !== '') return printable(name);
  const empty = {
    character: 'spend.noCharacter',
    clip: 'spend.noName',
    tag: 'spend.noTag',
    project: 'spend.noProject',
  };
  return t(empty[by]);
}

/** Every job that the ledger speaks of, newest first. */
export function jobsText({ t, style, io, locale }: CommandContext, entries: readonly SpendEntry[]): string {
  return renderTable(
    [
      { header: t('cli.columns.id') },
      { header: t('cli.columns.created') },
      { header: t('cli.columns.state') },
      { header: t('cli.columns.credits'), align: 'right' },
      { header: t('cli.columns.job'), mayShrink: true },
      { header: t('cli.columns.account') },
    ],
    entries.map((entry) => [
      { text: entry.jobId, paint: style.dim },
      { text: timeText(entry.at, locale), paint: style.dim },
      t(`spend.state.${entry.state}`, creditsOf(entry.isSandbox)),
      creditsToString(amountOf(entry).units),
      printable([entry.character?.name, entry.clip.name].filter(Boolean).join(' × ')),
      t(entry.isSandbox ? 'cli.credits.sandbox' : 'cli.credits.evolink'),
    ]),
    { width: io.stdout.columns, paintHeader: style.dim },
  );
}
