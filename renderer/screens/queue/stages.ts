/** How a job's state reads as steps: which are behind it, which one it is in, how far. Pure. */
import type { Job } from '../../../shared/contract/jobs.ts';
import { isFinal, type JobState } from '../../../shared/jobs/jobStates.ts';

const stages = ['prepare', 'upload', 'wait', 'render', 'download'] as const;
export type Stage = (typeof stages)[number];

export type StepState = 'done' | 'current' | 'ahead' | 'stopped';

const stageOf: Partial<Record<JobState, Stage>> = {
  queued: 'prepare',
  preparing: 'prepare',
  uploading: 'upload',
  submitting: 'wait',
  running: 'render',
  downloading: 'download',
};

/** Whoever waits for a place at the provider has its files up, and is not sent yet: it stands in line once more. */
export function shownState(job: Job): JobState {
  return job.waitingFor === 'slot' ? 'queued' : job.state;
}

function currentStage(job: Job): Stage {
  return job.waitingFor === 'slot' ? 'wait' : (stageOf[job.state] ?? 'prepare');
}

/** An element has no file to fetch. */
function stagesFor(job: Job): readonly Stage[] {
  return job.recipe.kind === 'element' ? stages.filter((stage) => stage !== 'download') : stages;
}

/** Where a job that ended otherwise than completed had come to, as far as its record tells. */
function lastStage(job: Job): Stage {
  if (job.state === 'expired') return 'download';
  if (job.taskId !== null) return 'render';
  if (job.submittedAt !== null) return 'wait';
  if (job.uploads.video !== null) return 'upload';
  return 'prepare';
}

export function stepStates(job: Job): { stage: Stage; state: StepState }[] {
  const steps = stagesFor(job);
  if (job.state === 'completed') return steps.map((stage) => ({ stage, state: 'done' }));
  const isStopped = isFinal(job.state);
  const current = steps.indexOf(isStopped ? lastStage(job) : currentStage(job));
  return steps.map((stage, index) => ({
    stage,
    state: index < current ? 'done' : index > current ? 'ahead' : isStopped ? 'stopped' : 'current',
  }));
}

/** Seconds since submission while it runs, or that the whole job took. */
export function elapsedSeconds(job: Job, nowMs: number): number | null {
  if (isFinal(job.state)) {
    if (job.finishedAt === null) return null;
    return (Date.parse(job.finishedAt) - Date.parse(job.createdAt)) / 1000;
  }
  const start = job.submittedAt ?? job.createdAt;
  return Math.max(0, (nowMs - Date.parse(start)) / 1000);
}

/** The one figure of time in a row: what is left, that it takes longer than usual, what has passed, or what is usual. */
export type JobTime = { kind: 'left' | 'elapsed' | 'usual'; seconds: number } | { kind: 'over' };

export function timeOf(job: Job, nowMs: number): JobTime | null {
  const elapsed = elapsedSeconds(job, nowMs);
  if (isFinal(job.state)) return elapsed === null ? null : { kind: 'elapsed', seconds: elapsed };
  const expected = job.estimatedSeconds;
  if (job.submittedAt === null) {
    // What waits says for what it waits; how long it has stood there is no news.
    return expected === null ? null : { kind: 'usual', seconds: expected };
  }
  if (expected === null || elapsed === null) return elapsed === null ? null : { kind: 'elapsed', seconds: elapsed };
  return elapsed >= expected ? { kind: 'over' } : { kind: 'left', seconds: expected - elapsed };
}
