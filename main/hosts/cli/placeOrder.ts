/** The way of every order: what exists is found, what is missing is priced, agreed to and put on disk, then followed. */
import type { Job } from '../../../shared/contract/jobs.ts';
import { RestageError } from '../../../shared/errors.ts';
import { addRanges, type CreditRange } from '../../../shared/money/pricing.ts';
import { creditsOf } from '../../../shared/money/testCredits.ts';
import { orderingAccount, type Provider } from './account.ts';
import { cliReason } from './cliReason.ts';
import { confirmSpending, rangeText } from './confirmSpending.ts';
import { type CommandContext, callOrThrow, type Outcome } from './context.ts';
import { exitCodeOfJobs, exitCodes, needsPerson } from './exitCodes.ts';
import { followJobs } from './followJobs.ts';
import { ensureWritableFolder } from './inputs.ts';
import { jobJson, jobLines, jobProgress } from './jobView.ts';
import { assertSameRecipes, type OrderCell, sortCells } from './orderIdentity.ts';

export interface PricedCell extends OrderCell {
  price: CreditRange;
}

const maxCells = 400;

export async function placeOrder(context: CommandContext, cells: readonly PricedCell[]): Promise<Outcome> {
  const orderName = context.flags.one('order');
  const unique = [...new Map(cells.map((cell) => [cell.orderId, cell])).values()];
  if (unique.length > maxCells) {
    const params = { value: unique.length, max: maxCells };
    throw new RestageError('refused', { reasons: [cliReason('video', 'tooManyCells', params)] });
  }
  const { provider, account } = await orderingAccount(context);
  await requireLibrary(context);
  const connection = await context.connect();
  const known = orderName === undefined ? [] : await callOrThrow(connection, 'jobs.list', {});
  const same = { orderName, isSandbox: account.isSandbox };
  const { existing, missing } = sortCells(unique, known, same);
  const price = missing.reduce((sum, cell) => addRanges(sum, cell.price), { low: 0n, high: 0n });
  if (missing.length > 0 && !account.isSandbox) {
    await confirmSpending(context, { jobCount: missing.length, price, remainingCredits: account.remainingCredits });
  }
  context.signal.throwIfAborted();
  const ordered = missing.length === 0 ? [] : await orderCells(context, missing, { provider, ...same });
  const byOrder = new Map(ordered.map((job) => [job.orderId, job]));
  const jobs = unique.flatMap((cell, index) => existing[index] ?? byOrder.get(cell.orderId) ?? []);
  const counts = { ordered: ordered.length, existing: jobs.length - ordered.length };
  sayWhatWasOrdered(context, { ...counts, price, isSandbox: account.isSandbox });
  if (context.flags.has('detach')) return outcome(context, jobs, exitCodes.done);
  return followToTheEnd(context, jobs);
}

async function orderCells(
  context: CommandContext,
  cells: readonly OrderCell[],
  { provider, ...same }: { provider: Provider; orderName: string | undefined; isSandbox: boolean },
): Promise<Job[]> {
  const jobs = await callOrThrow(await context.connect(), 'jobs.order', {
    cells: cells.map(({ orderId, recipe }) => ({ orderId, recipe })),
    ...(same.orderName === undefined ? {} : { orderName: same.orderName }),
    isConfirmed: !same.isSandbox,
    provider,
  });
  // Another process may have taken the same name between the look and the order.
  assertSameRecipes(cells, jobs, same);
  return jobs;
}

/** A result that cannot be stored is found out before it is ordered. */
async function requireLibrary(context: CommandContext): Promise<void> {
  const info = await callOrThrow(await context.connect(), 'app.info', {});
  const asked = context.libraryDir;
  if (asked !== undefined && asked !== info.folders.library) {
    const params = { value: asked, existing: info.folders.library };
    throw new RestageError('conflict', { reasons: [cliReason('library', 'otherLibrary', params)] });
  }
  await ensureWritableFolder(info.folders.library, 'library');
}

function sayWhatWasOrdered(
  { t, progress, flags }: CommandContext,
  told: { ordered: number; existing: number; price: CreditRange; isSandbox: boolean },
): void {
  const { ordered, existing, price, isSandbox } = told;
  const credits = rangeText(price);
  if (ordered > 0) progress.note(t('cli.generate.ordered', { count: ordered, credits, ...creditsOf(isSandbox) }));
  if (existing > 0) progress.note(t('cli.generate.existing', { count: existing, order: flags.one('order') ?? '' }));
}

/** Interrupted: the jobs stay as they are on disk, and are told as they stood. */
async function followToTheEnd(context: CommandContext, jobs: readonly Job[]): Promise<Outcome> {
  const ids = new Set(jobs.map((job) => job.id));
  const inOrder = (found: readonly Job[]) => {
    const latest = new Map(found.map((job) => [job.id, job]));
    return jobs.map((job) => latest.get(job.id) ?? job);
  };
  let standing: readonly Job[] = jobs;
  try {
    const settled = await followJobs({
      connection: await context.connect(),
      select: (job) => ids.has(job.id),
      signal: context.signal,
      onChange: (changed) => {
        standing = inOrder(changed);
        context.progress.show(standing.map((job) => jobProgress(job, context.t)));
      },
    });
    context.progress.end();
    await sayMissingOriginals(context);
    return outcome(context, inOrder(settled), exitCodeOfJobs(settled));
  } catch (error) {
    context.progress.end();
    if (!context.signal.aborted) throw error;
    context.progress.note(context.t('cli.interrupted.jobs'));
    return outcome(context, standing, exitCodes.interrupted);
  }
}

/** The results are there all the same. */
async function sayMissingOriginals({ progress, t, ...context }: CommandContext): Promise<void> {
  const state = await (await context.connect()).call('library.originals', {});
  if (state.ok && state.value.missing > 0)
    progress.note(t('cli.settings.originalsMissing', { count: state.value.missing }));
}

function outcome(context: CommandContext, jobs: readonly Job[], exitCode: number): Outcome {
  const { t, style } = context;
  const lines = jobs.flatMap((job) => jobLines(job, t, style));
  if (exitCode === exitCodes.needsPerson) {
    lines.push('', t('cli.generate.waits', { count: jobs.filter(needsPerson).length }));
  } else if (exitCode === exitCodes.done && context.flags.has('detach')) {
    lines.push('', t('cli.generate.detached'));
  }
  return { exitCode, json: { jobs: jobs.map(jobJson) }, text: `${lines.join('\n')}\n` };
}
