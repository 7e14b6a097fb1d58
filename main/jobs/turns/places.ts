/** How many jobs of an account may be at the provider at once, where a person has set a number. The others wait before their order is written. */
import { isUnconfirmed, type JobRecord } from '../record/record.ts';
import type { JobStore } from '../record/store.ts';

export interface Places {
  /** Whether a job whose files are up may be ordered now. */
  hasPlace(jobId: string): boolean;
  /** Those that wait for a place and could have one by now, in the order of the queue. */
  released(): string[];
}

export function createPlaces(store: Pick<JobStore, 'get' | 'unfinished'>, limit: () => number | null): Places {
  function fits(job: JobRecord, unfinished: readonly JobRecord[]): boolean {
    const most = limit();
    if (most === null) return true;
    const others = unfinished.filter(({ id, accountId }) => id !== job.id && accountId === job.accountId);
    // Those before it in the queue that come to the same point go first, as with every order.
    const first = others.filter((other) => isComing(other) && other.queuePosition < job.queuePosition);
    return others.filter(isThere).length + first.length < most;
  }

  return {
    hasPlace: (jobId) => limit() === null || fits(store.get(jobId), store.unfinished()),
    released() {
      const unfinished = store.unfinished();
      return unfinished.filter((job) => job.waitingFor === 'slot' && fits(job, unfinished)).map(({ id }) => id);
    },
  };
}

/**
 * At the provider, or its order is written. Not one whose answer was lost: it may wait for a person all night, and so would the others.
 * Nor one that the provider does not know any more, or that nobody asks about until a person does.
 */
function isThere(job: JobRecord): boolean {
  const { state, waitingFor, vanishedSince } = job;
  if (waitingFor === 'stuck') return false;
  return (
    (state === 'running' && (vanishedSince === null || isUnconfirmed(job))) ||
    (state === 'submitting' && waitingFor !== 'outcome')
  );
}

const isComing = ({ state, waitingFor }: JobRecord) =>
  state === 'uploading' && (waitingFor === null || waitingFor === 'slot');
