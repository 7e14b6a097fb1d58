/** `restage jobs retry|cancel|hide|pause|resume|approve|resolve ID`: one decision of a person about one job. */
import type { CommandInput } from '../../../../shared/contract/index.ts';
import type { Job } from '../../../../shared/contract/jobs.ts';
import { RestageError } from '../../../../shared/errors.ts';
import { isFinal } from '../../../../shared/jobs/jobStates.ts';
import { addRanges, parseCredits } from '../../../../shared/money/pricing.ts';
import { cliReason } from '../cliReason.ts';
import { confirmRisk, confirmSpending } from '../confirmSpending.ts';
import { type CommandContext, callOrThrow, type Outcome } from '../context.ts';
import { exitCodes } from '../exitCodes.ts';
import { findJob } from '../findJob.ts';
import { jobJson, jobLines } from '../jobView.ts';

export async function changeJob(context: CommandContext): Promise<Outcome> {
  const connection = await context.connect();
  const job = await findJob(context, connection);
  if (context.command.path[1] === 'approve' && job.waitingFor === 'consent') return approveConsent(context);
  const changed = await decide(context, job);
  return {
    exitCode: exitCodes.done,
    json: { jobs: [jobJson(changed)] },
    text: `${jobLines(changed, context.t, context.style).join('\n')}\n`,
  };
}

/** Everything that was ordered while the balance was unknown, priced and agreed to in one answer. */
async function approveConsent(context: CommandContext): Promise<Outcome> {
  const connection = await context.connect();
  const open = (await callOrThrow(connection, 'jobs.list', {})).filter(
    (job) => job.isConsentOpen && !isFinal(job.state),
  );
  const price = open.reduce((sum, { estimate }) => addRanges(sum, rangeOf(estimate)), { low: 0n, high: 0n });
  const account = await callOrThrow(connection, 'account.refresh', { provider: 'evolink' });
  const spending = { jobCount: open.length, price, remainingCredits: account.remainingCredits };
  await confirmSpending(context, spending, 'consent');
  const jobs = await callOrThrow(connection, 'jobs.answerConsent', { answer: 'order' });
  const lines = jobs.flatMap((job) => jobLines(job, context.t, context.style));
  return { exitCode: exitCodes.done, json: { jobs: jobs.map(jobJson) }, text: `${lines.join('\n')}\n` };
}

const rangeOf = ({ low, high }: Job['estimate']) => ({ low: parseCredits(low), high: parseCredits(high) });

async function decide(context: CommandContext, job: Job): Promise<Job> {
  const connection = await context.connect();
  const { id } = job;
  switch (context.command.path[1]) {
    case 'retry':
      // A new order of the same recipe costs what the first one did.
      if (isFinal(job.state) && !job.isSandbox) await confirmRisk(context, 'retry', id);
      return callOrThrow(connection, 'jobs.retry', { id });
    case 'cancel':
      return callOrThrow(connection, 'jobs.cancel', { id });
    case 'hide':
      return callOrThrow(connection, 'jobs.hide', { id });
    case 'pause':
      return callOrThrow(connection, 'jobs.pause', { id, isPaused: true });
    case 'resume':
      return callOrThrow(connection, 'jobs.pause', { id, isPaused: false });
    case 'approve':
      return callOrThrow(connection, 'jobs.approveBudget', { id });
    default:
      return callOrThrow(connection, 'jobs.resolveOutcome', { id, choice: await outcomeChoice(context, job) });
  }
}

type Choice = CommandInput<'jobs.resolveOutcome'>['choice'];

async function outcomeChoice(context: CommandContext, job: Job): Promise<Choice> {
  const { flags } = context;
  const given = ['task', 'resend', 'give-up'].filter((name) => flags.has(name));
  if (given.length !== 1) throw await whichOutcome(context, job, given);
  const taskId = flags.one('task');
  if (taskId !== undefined) return { kind: 'task', taskId };
  if (flags.has('give-up')) return { kind: 'giveUp' };
  if (!job.isSandbox) await confirmRisk(context, 'resend', job.id);
  return { kind: 'resend' };
}

/** Without a choice the refusal names the tasks that it may have been. */
async function whichOutcome(context: CommandContext, job: Job, given: readonly string[]): Promise<RestageError> {
  const candidates = await callOrThrow(await context.connect(), 'jobs.outcomeCandidates', { id: job.id });
  const tasks = candidates.map(({ taskId, status, createdAt }) => `${taskId} (${status}, ${createdAt})`).join('; ');
  const params = { value: given.map((name) => `--${name}`).join(' ') || '–', tasks: tasks || '–' };
  return new RestageError('refused', { reasons: [cliReason('task', 'whichOutcome', params)] });
}
