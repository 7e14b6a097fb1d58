/** What the CLI's exit codes mean, and which error ends in which. */
import type { ErrorData } from '../../../shared/errors.ts';
import { isFinal, type JobState, personReasons, type WaitingReason } from '../../../shared/jobs/jobStates.ts';

export const exitCodes = {
  done: 0,
  failed: 1,
  /** Bad input or a limit: every reason is printed, nothing was written. */
  refused: 2,
  /** Some job waits for what only a person can release; it stays in the queue. */
  needsPerson: 3,
  interrupted: 130,
} as const;

/** As shells have it: 128 and the signal's number. */
export const exitCodeOfSignal = { SIGINT: exitCodes.interrupted, SIGTERM: 143, SIGHUP: 129 } as const;

export function exitCodeOf(error: ErrorData): number {
  switch (error.code) {
    case 'refused':
    case 'notFound':
    case 'conflict':
    case 'needsConsent':
    case 'apiKey':
      return exitCodes.refused;
    case 'cancelled':
      return exitCodes.interrupted;
    default:
      return exitCodes.failed;
  }
}

interface JobStanding {
  state: JobState;
  waitingFor: WaitingReason | null;
}

/** True when a job cannot move without a person. */
export function needsPerson(job: JobStanding): boolean {
  return !isFinal(job.state) && job.waitingFor !== null && personReasons.includes(job.waitingFor);
}

/** True when watching the job further would show nothing new. */
export function isSettled(job: JobStanding): boolean {
  return isFinal(job.state) || needsPerson(job);
}

export function exitCodeOfJobs(jobs: readonly JobStanding[]): number {
  if (jobs.some(needsPerson)) return exitCodes.needsPerson;
  return jobs.every((job) => job.state === 'completed') ? exitCodes.done : exitCodes.failed;
}
