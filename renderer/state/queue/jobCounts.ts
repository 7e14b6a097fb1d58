/** How many jobs run, wait, are done, failed: one definition for rail, status bar and queue. */
import type { Job } from '../../../shared/contract/jobs.ts';
import { isFinal } from '../../../shared/jobs/jobStates.ts';

export type JobGroup = 'running' | 'waiting' | 'completed' | 'failed' | 'ended';

export function groupOf(job: Job): JobGroup {
  if (!isFinal(job.state)) return job.waitingFor !== null || job.state === 'queued' ? 'waiting' : 'running';
  if (job.state === 'completed') return 'completed';
  return job.state === 'cancelled' ? 'ended' : 'failed';
}

export function countJobs(jobs: readonly Job[]): Record<JobGroup, number> {
  const counts: Record<JobGroup, number> = { running: 0, waiting: 0, completed: 0, failed: 0, ended: 0 };
  for (const job of jobs) counts[groupOf(job)] += 1;
  return counts;
}
