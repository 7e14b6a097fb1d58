/** The order of the queue's rows: what is with the server, then the line in its own order, then what is over. Pure. */
import type { Job, QueueMove, QueueState } from '../../../shared/contract/jobs.ts';
import { isCancellable, isFinal } from '../../../shared/jobs/jobStates.ts';

export interface Place {
  /** From 1 on. */
  number: number;
  isFirst: boolean;
  isLast: boolean;
}

const groupOf = ({ state }: Job) => (isFinal(state) ? 2 : isCancellable(state) ? 1 : 0);

/** Within what is sent and what is over the newest comes first, as `jobs` has them. */
export function inQueueOrder(jobs: readonly Job[]): Job[] {
  return jobs.toSorted((a, b) => {
    const byGroup = groupOf(a) - groupOf(b);
    if (byGroup !== 0 || groupOf(a) !== 1) return byGroup;
    return a.queuePosition - b.queuePosition;
  });
}

/** Places of what has not been sent, by job id. */
export function placesOf(jobs: readonly Job[]): Map<string, Place> {
  const line = inQueueOrder(jobs).filter((job) => groupOf(job) === 1);
  return new Map(
    line.map(({ id }, index) => [id, { number: index + 1, isFirst: index === 0, isLast: index === line.length - 1 }]),
  );
}

/**
 * Several jobs move as one block: the job before which all of them are put, in their order; null is the end, undefined means that there is
 * nowhere to go. `line`: ids of what has not been sent, in order.
 */
export function blockTarget(line: readonly string[], ids: readonly string[], to: QueueMove): string | null | undefined {
  const chosen = new Set(ids);
  const indices = line.flatMap((id, index) => (chosen.has(id) ? [index] : []));
  const [first, last] = [indices[0], indices.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const others = line.filter((id) => !chosen.has(id));
  const isTogether = last - first === indices.length - 1;
  if (to === 'down') {
    if (isTogether && last === line.length - 1) return undefined;
    const passed = others.indexOf(line.slice(first).find((id) => !chosen.has(id)) ?? '');
    return others[passed + 1] ?? null;
  }
  if (isTogether && first === 0) return undefined;
  return to === 'top' ? (others[0] ?? null) : (line.slice(0, first).at(-1) ?? others[0] ?? null);
}

/** The job after which the queue stops, while it has not been sent yet. */
export function currentOf(queue: QueueState, jobs: readonly Job[]): Job | null {
  const isUnsent = ({ state }: Job) => isCancellable(state) || state === 'submitting';
  return jobs.find((job) => queue.currentIds.includes(job.id) && isUnsent(job)) ?? null;
}
