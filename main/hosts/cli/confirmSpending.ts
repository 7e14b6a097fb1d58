/** Nothing is bought without a yes: from the person at the terminal, or written into the command as `--yes`. */
import { RestageError } from '../../../shared/errors.ts';
import { type CreditRange, creditsToDollars, creditsToString, pricesWith } from '../../../shared/money/pricing.ts';
import { cliReason } from './cliReason.ts';
import { type CommandContext, callOrThrow } from './context.ts';

export function rangeText(range: CreditRange): string {
  const [low, high] = [creditsToString(range.low), creditsToString(range.high)];
  return low === high ? low : `${low}–${high}`;
}

export function dollarsText(range: CreditRange, locale: string): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency: 'USD' });
  const [low, high] = [range.low, range.high].map((units) => format.format(creditsToDollars(units)));
  return low === high ? `${low}` : `${low}–${high}`;
}

export interface Spending {
  jobCount: number;
  price: CreditRange;
  remainingCredits: string | null;
}

/** Throws needsConsent when nobody says yes; then nothing was ordered. */
export async function confirmSpending(
  context: CommandContext,
  spending: Spending,
  question: 'spend' | 'consent' = 'spend',
): Promise<void> {
  if (context.flags.has('yes')) return;
  const { t, io, signal, locale } = context;
  const { priceOverride } = await callOrThrow(await context.connect(), 'settings.get', {});
  const params = {
    count: spending.jobCount,
    credits: rangeText(spending.price),
    dollars: dollarsText(spending.price, locale),
    date: pricesWith(priceOverride).date,
  };
  if (!io.ask) {
    throw new RestageError('needsConsent', { reasons: [cliReason('yes', 'spendingNeedsYes', params)] });
  }
  const balance =
    spending.remainingCredits === null ? '' : `\n${t('cli.ask.balance', { credits: spending.remainingCredits })}`;
  if (await askYes(context, `${t(`cli.ask.${question}`, params)}${balance}\n${t('cli.ask.goOn')} `)) return;
  signal.throwIfAborted();
  throw new RestageError('needsConsent', { reasons: [cliReason('yes', 'spendingDeclined', params)] });
}

/** Throws needsConsent when the person at the terminal, or `--yes`, does not agree to a risk. */
export async function confirmRisk(context: CommandContext, risk: 'resend' | 'retry', id: string): Promise<void> {
  if (context.flags.has('yes')) return;
  const rule = context.io.ask ? 'riskDeclined' : 'riskNeedsYes';
  if (
    context.io.ask &&
    (await askYes(context, `${context.t(`cli.ask.${risk}`, { id })}\n${context.t('cli.ask.goOn')} `))
  )
    return;
  context.signal.throwIfAborted();
  throw new RestageError('needsConsent', { reasons: [cliReason('yes', rule, { id })] });
}

async function askYes({ io, signal }: CommandContext, question: string): Promise<boolean> {
  const answer = await io.ask?.(question, signal);
  return /^(y|yes|はい|예|네)$/i.test((answer ?? '').trim());
}
