/** `restage spend`: what orders have cost, summed as the page sums it; read beside a running app. Real and test credits stand apart. */
import type { SpendEntry } from '../../../../shared/contract/spend.ts';
import { RestageError } from '../../../../shared/errors.ts';
import { creditsToString } from '../../../../shared/money/pricing.ts';
import { amountOf, type SpendSums, spendCounts, spendGroupings } from '../../../../shared/money/spend.ts';
import { spendCsv, spendSummaryCsv } from '../../../../shared/money/spendCsv.ts';
import { spendStates } from '../../../../shared/money/spendStates.ts';
import {
  costPerKept,
  failedShare,
  releasedShare,
  type SpendSummary,
  summariseSpend,
} from '../../../../shared/money/spendSummary.ts';
import { cliReason } from '../cliReason.ts';
import { type CommandContext, callOrThrow, type Outcome } from '../context.ts';
import { exitCodes } from '../exitCodes.ts';
import { jobsText, summaryText } from '../spendText.ts';

export interface AccountSpend {
  isSandbox: boolean;
  summary: SpendSummary;
}

export async function spend(context: CommandContext): Promise<Outcome> {
  const { flags, t } = context;
  if (flags.has('csv') && flags.has('json'))
    throw new RestageError('refused', { reasons: [cliReason('csv', 'oneForm', { value: '--csv --json' })] });
  const { entries, counted } = await callOrThrow(await context.read(), 'spend.list', {});
  const provider = flags.one('provider');
  const shown = entries.filter(({ isSandbox }) => provider === undefined || isSandbox === (provider === 'sandbox'));
  const by = flags.one('by') ?? 'month';
  const grouping = spendGroupings.find((name) => name === by);
  const nothing = `${t('cli.spend.none')}\n`;
  if (grouping === undefined) {
    const text = flags.has('csv') ? spendCsv(shown) : shown.length === 0 ? nothing : jobsText(context, shown);
    return { exitCode: exitCodes.done, json: { by, jobs: shown.map(jobJson), counted }, text };
  }
  const accounts: AccountSpend[] = [false, true].flatMap((isSandbox) => {
    const own = shown.filter((entry) => entry.isSandbox === isSandbox);
    return own.length === 0 ? [] : [{ isSandbox, summary: summariseSpend(own, grouping) }];
  });
  const text = flags.has('csv')
    ? spendSummaryCsv(accounts)
    : accounts.length === 0
      ? nothing
      : accounts.map((account) => summaryText(context, account)).join('\n');
  return { exitCode: exitCodes.done, json: { by, accounts: accounts.map(accountJson), counted }, text };
}

function jobJson(entry: SpendEntry) {
  const { units, isEstimate } = amountOf(entry);
  return { ...entry, counts: creditsToString(units), isEstimate };
}

function accountJson({ isSandbox, summary: { rows, overlap, total } }: AccountSpend) {
  return {
    account: isSandbox ? 'sandbox' : 'evolink',
    isSandbox,
    rows: rows.map(({ key, name, ...sums }) => ({ key, name, ...sumsJson(sums), ...ratiosJson(sums) })),
    overlap: overlap && sumsJson(overlap),
    total: { ...sumsJson(total), ...ratiosJson(total) },
  };
}

/** Credits as exact decimals. */
function sumsJson(sums: SpendSums) {
  return {
    ...Object.fromEntries(spendStates.map((state) => [state, creditsToString(sums[state])])),
    ...Object.fromEntries(spendCounts.map((count) => [count, sums[count]])),
    isEstimate: sums.isEstimate,
  };
}

function ratiosJson(sums: SpendSums) {
  const perKept = costPerKept(sums);
  return {
    chargedPerKept: perKept === null ? null : creditsToString(perKept),
    failedShare: failedShare(sums),
    releasedShare: releasedShare(sums),
  };
}
