/** Orders become jobs: all cells are checked first, then all are on disk, then anything happens. The same orderId is the same job. */
import { randomUUID } from 'node:crypto';
import type { CommandParsed } from '../../../shared/contract/index.ts';
import type { Recipe } from '../../../shared/contract/jobs.ts';
import { type Reason, RestageError } from '../../../shared/errors.ts';
import { creditsToString, parseCredits } from '../../../shared/money/pricing.ts';
import { tidyRecipe } from '../../../shared/rules/tidyRecipe.ts';
import type { Account } from '../../accounts/accounts.ts';
import type { JobContext } from '../context.ts';
import { type JobRecord, newRecord } from '../record/record.ts';
import { requireLegal } from './check.ts';

export type OrderInput = CommandParsed<'jobs.order'>;

interface NewJob {
  orderId: string;
  orderName: string | null;
  recipe: Recipe;
  account: Account;
  retryOf: string | null;
}

/** Ids of the jobs of every cell, in order; `fresh` are those that were made now. Throws refused (all reasons of all cells), needsConsent, apiKey. */
export function placeOrder(
  context: JobContext,
  input: OrderInput,
  account: Account,
  { isBalanceKnown }: { isBalanceKnown: boolean },
): { ids: string[]; fresh: string[] } {
  const known = input.cells.map((cell) => context.store.byOrderId(cell.orderId));
  for (const [index, job] of known.entries()) if (job) requireSameRecipe(job, input.cells[index]?.recipe);
  const fresh = new Map<string, JobRecord>();
  const reasons: Reason[] = [];
  for (const [index, cell] of input.cells.entries()) {
    if (known[index] || fresh.has(cell.orderId)) continue;
    try {
      requireProject(context, cell.recipe);
      fresh.set(
        cell.orderId,
        draftJob(context, { ...cell, orderName: input.orderName ?? null, account, retryOf: null }),
      );
    } catch (error) {
      if (!(error instanceof RestageError) || error.code !== 'refused') throw error;
      reasons.push(...error.reasons);
    }
  }
  if (reasons.length > 0) throw new RestageError('refused', { reasons: unique(reasons) });
  const jobs = [...fresh.values()];
  if (jobs.length > 0 && account.provider !== 'sandbox' && !input.isConfirmed) throw priceQuestion(jobs);
  if (jobs.length > 0 && account.provider !== 'sandbox') requireKnownLimits(context);
  const isConsentOpen = account.provider !== 'sandbox' && !isBalanceKnown;
  context.store.insert(jobs.map((job) => ({ ...job, isConsentOpen })));
  return {
    ids: input.cells.map((cell, index) => known[index]?.id ?? fresh.get(cell.orderId)?.id ?? ''),
    fresh: jobs.map((job) => job.id),
  };
}

/** By a person's own rule; a retry is the order of then. */
function requireProject({ settings }: JobContext, recipe: Recipe): void {
  if (!settings().needsProject || recipe.kind !== 'motion' || (recipe.project ?? '').trim() !== '') return;
  throw new RestageError('refused', { reasons: [{ field: 'project', rule: 'project.required' }] });
}

/** Limits that went with a damaged settings file: once nothing is ordered and it is said, then a yes counts again. */
function requireKnownLimits({ limitsLoss }: JobContext): void {
  const loss = limitsLoss.limitsLoss();
  if (loss === 'none') return;
  limitsLoss.noteLimitsLoss(loss === 'lost' ? 'told' : 'none');
  if (loss === 'lost') {
    throw new RestageError('needsConsent', { reasons: [{ field: 'limits', rule: 'order.limitsLost' }] });
  }
}

export function draftJob(context: JobContext, { orderId, orderName, account, retryOf, ...ordered }: NewJob): JobRecord {
  const recipe = tidyRecipe(ordered.recipe);
  const { plan, price } = requireLegal(recipe, context);
  return newRecord({
    ...{ id: randomUUID().slice(0, 13).replace('-', ''), orderId, orderName, recipe, plan, retryOf },
    accountId: account.id,
    estimateLow: price.low,
    estimateHigh: price.high,
    createdAt: new Date(context.clock.now()).toISOString(),
  });
}

/** An orderId stands for one order: with other content it is a mistake, and never a second job. */
function requireSameRecipe(job: JobRecord, recipe: Recipe | undefined): void {
  const textOf = (of: Recipe) => JSON.stringify(sorted(tidyRecipe(of)));
  if (recipe && textOf(job.recipe) === textOf(recipe)) return;
  throw new RestageError('conflict', {
    reasons: [{ field: 'order', rule: 'order.otherRecipe', params: { id: job.id } }],
  });
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, entry]) => [key, sorted(entry)]));
}

function priceQuestion(jobs: readonly JobRecord[]): RestageError {
  const sum = (field: 'estimateLow' | 'estimateHigh') =>
    creditsToString(jobs.reduce((total, job) => total + parseCredits(job[field]), 0n));
  return new RestageError('needsConsent', {
    reasons: [
      {
        field: 'price',
        rule: 'order.price',
        params: { low: sum('estimateLow'), high: sum('estimateHigh'), count: jobs.length },
      },
    ],
  });
}

function unique(reasons: readonly Reason[]): Reason[] {
  return [...new Map(reasons.map((reason) => [JSON.stringify(reason), reason])).values()];
}
