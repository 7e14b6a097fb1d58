/** The order of what has not been sent, and whether the queue is held; on disk, so that both survive every end of the app. */
import type { QueueState, QueueTarget } from '../../../shared/contract/jobs.ts';
import { RestageError } from '../../../shared/errors.ts';
import { isCancellable, isFinal } from '../../../shared/jobs/jobStates.ts';
import type { Database } from '../../storage/sqlite.ts';
import type { JobRecord } from '../record/record.ts';
import type { JobStore } from '../record/store.ts';

export interface Queue {
  state(): QueueState;
  setHold(hold: QueueState['hold'], currentIds?: readonly string[]): QueueState;
  /** Whether the hold of the whole queue keeps this job where it stands. What has been sent is never held. */
  isHeld(job: JobRecord): boolean;
  positionOf(jobId: string): number;
  /** What has not been sent, in order. */
  unsent(): JobRecord[];
  /** Answers the line in its new order. Throws refused for what has been sent. */
  move(jobId: string, to: QueueTarget): JobRecord[];
}

export function createQueue(db: Database, store: JobStore): Queue {
  let known: QueueState | null = null;

  function state(): QueueState {
    known ??= read();
    return known;
  }

  function read(): QueueState {
    const row = db.get('SELECT hold, current_ids FROM queue');
    return { hold: row?.hold as QueueState['hold'], currentIds: JSON.parse(String(row?.current_ids)) as string[] };
  }

  const line = () => store.unfinished().filter(({ state }) => isCancellable(state));

  return {
    unsent: () => store.unfinished().filter(isUnsent),
    state,
    setHold(hold, currentIds = []) {
      db.run('UPDATE queue SET hold = ?, current_ids = ?', hold, JSON.stringify(currentIds));
      known = { hold, currentIds: [...currentIds] };
      return known;
    },
    isHeld(job) {
      const { hold, currentIds } = state();
      if (hold === 'none' || !isUnsent(job)) return false;
      return hold === 'all' || !currentIds.includes(job.id);
    },
    positionOf: (jobId) => Number(db.get('SELECT queue_position FROM jobs WHERE id = ?', jobId)?.queue_position ?? 0),
    move(jobId, to) {
      const jobs = line();
      const from = jobs.findIndex(({ id }) => id === jobId);
      const job = jobs[from];
      if (!job) {
        const { state } = store.get(jobId);
        const rule = isFinal(state) ? 'job.isFinal' : 'job.isSubmitted';
        throw new RestageError('refused', { reasons: [{ field: 'id', rule, params: { id: jobId, state } }] });
      }
      const others = jobs.toSpliced(from, 1);
      const moved = others.toSpliced(targetOf(others, from, to), 0, job);
      const places = jobs.map(({ queuePosition }) => queuePosition);
      db.transaction(() => {
        for (const [index, { id, queuePosition }] of moved.entries()) {
          const place = places[index] ?? queuePosition;
          if (place !== queuePosition) store.update(id, { queuePosition: place });
        }
      });
      return line();
    },
  };
}

/** The place among the others; what is no longer in the line is no place to go before. */
function targetOf(others: readonly JobRecord[], from: number, to: QueueTarget): number {
  if (typeof to === 'string') return { top: 0, up: Math.max(0, from - 1), down: Math.min(others.length, from + 1) }[to];
  if (to.before === null) return others.length;
  const place = others.findIndex(({ id }) => id === to.before);
  return place === -1 ? from : place;
}

/** Nothing that may have been charged for: not yet in the server's hands, and no answer outstanding. */
function isUnsent(job: JobRecord): boolean {
  if (isCancellable(job.state)) return true;
  return job.state === 'submitting' && job.postCount === 0 && !job.isPostInFlight && job.outcomeUnknownSince === null;
}
