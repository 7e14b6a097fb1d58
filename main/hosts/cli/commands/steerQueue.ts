/** `restage jobs move|pause-all|resume-all|stop-after-current`: decisions about the queue as a whole. */
import type { Job, QueueState } from '../../../../shared/contract/jobs.ts';
import { queueMoves } from '../../../../shared/contract/jobs.ts';
import { isCancellable } from '../../../../shared/jobs/jobStates.ts';
import { type CommandContext, callOrThrow, type Outcome } from '../context.ts';
import { exitCodes } from '../exitCodes.ts';
import { findJob } from '../findJob.ts';
import { jobJson, jobLabel, paintState, stateText } from '../jobView.ts';
import { printable } from '../table.ts';

export async function moveJob(context: CommandContext): Promise<Outcome> {
  const connection = await context.connect();
  const { id } = await findJob(context, connection);
  const to = queueMoves.find((move) => move === context.flags.required('to')) ?? 'top';
  return outcome(context, await callOrThrow(connection, 'jobs.move', { id, to }));
}

export async function steerQueue(context: CommandContext): Promise<Outcome> {
  const connection = await context.connect();
  const word = context.command.path[1];
  const state =
    word === 'stop-after-current'
      ? await callOrThrow(connection, 'queue.stopAfterCurrent', {})
      : await callOrThrow(connection, 'queue.pauseAll', { isPaused: word === 'pause-all' });
  const jobs = await callOrThrow(connection, 'jobs.list', {});
  const line = jobs
    .filter((job) => isCancellable(job.state) || state.currentIds.includes(job.id))
    .toSorted((a, b) => a.queuePosition - b.queuePosition);
  return outcome(context, line, state);
}

function outcome({ t, style }: CommandContext, line: readonly Job[], state?: QueueState): Outcome {
  const head = state === undefined ? [] : [t(`cli.queue.${state.hold}`)];
  const rows = line.map((job, index) => {
    const mark = state?.currentIds.includes(job.id) ? style.accent(t('cli.queue.goesOn')) : stateText(job, t);
    return `${String(index + 1).padStart(3)}  ${style.dim(job.id)}  ${printable(jobLabel(job))}  ${paintState(job, style)(mark)}`;
  });
  const lines = [...head, ...(rows.length === 0 ? [t('cli.queue.empty')] : rows)];
  return {
    exitCode: exitCodes.done,
    json: { ...(state === undefined ? {} : { queue: state }), jobs: line.map(jobJson) },
    text: `${lines.join('\n')}\n`,
  };
}
