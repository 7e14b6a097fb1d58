/** `restage jobs watch`: runs the profile's unfinished jobs, or watches the app that does, until none can move. */
import type { Job } from '../../../../shared/contract/jobs.ts';
import { isFinal } from '../../../../shared/jobs/jobStates.ts';
import { type CommandContext, callOrThrow, type Outcome } from '../context.ts';
import { exitCodeOfJobs, exitCodes } from '../exitCodes.ts';
import { followJobs } from '../followJobs.ts';
import { jobJson, jobLines, jobProgress } from '../jobView.ts';

export async function watchJobs(context: CommandContext): Promise<Outcome> {
  const { t, progress, signal } = context;
  const connection = await context.connect();
  const before = await callOrThrow(connection, 'jobs.list', {});
  // What was over before is history, not part of this watch; the runner may have begun before the first look.
  const finished = new Set(before.filter((job) => isFinal(job.state)).map((job) => job.id));
  let standing: readonly Job[] = before.filter((job) => !finished.has(job.id));
  try {
    const settled = await followJobs({
      connection,
      select: (job) => !finished.has(job.id),
      signal,
      onChange: (jobs) => {
        standing = jobs;
        progress.show(jobs.map((job) => jobProgress(job, t)));
      },
    });
    progress.end();
    return outcome(context, settled, exitCodeOfJobs(settled));
  } catch (error) {
    progress.end();
    if (!signal.aborted) throw error;
    progress.note(t('cli.interrupted.jobs'));
    return outcome(context, standing, exitCodes.interrupted);
  }
}

function outcome({ t, style }: CommandContext, jobs: readonly Job[], exitCode: number): Outcome {
  const text =
    jobs.length === 0 ? t('cli.jobs.nothingToWatch') : jobs.flatMap((job) => jobLines(job, t, style)).join('\n');
  return { exitCode, json: { jobs: jobs.map(jobJson) }, text: `${text}\n` };
}
