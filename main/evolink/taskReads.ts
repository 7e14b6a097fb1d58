/** How several tasks stand: in batches, and one by one where the server has no batches or will not have one of the ids. */

import type { Clock, EvolinkClient, TaskSnapshot } from '../services.ts';
import { causeOf } from './errors.ts';
import { unreadableSnapshot } from './snapshot.ts';

/** [contract section 3] */
const batchMax = 50;
/** So long single reads are made after a batch was refused once: one answer says nothing of all days. */
const batchRetryMs = 10 * 60_000;
/** Between a batch request that was refused and the same tasks by themselves. */
const sameTaskGapMs = 1000;
const singleReadsAtOnce = 4;

interface Reads {
  task(id: string, signal?: AbortSignal): Promise<TaskSnapshot>;
  batch(ids: readonly string[], signal?: AbortSignal): Promise<TaskSnapshot[]>;
  clock: Clock;
}

/** Tasks that the server does not know are left out of the answer. Throws EvolinkError for what concerns them all. */
export function createTaskReads({ task, batch, clock }: Reads): EvolinkClient['tasks'] {
  let singleUntilMs = Number.NEGATIVE_INFINITY;

  async function single(ids: readonly string[], signal: AbortSignal | undefined): Promise<TaskSnapshot[]> {
    const found: TaskSnapshot[] = [];
    const open = [...ids];
    const worker = async () => {
      for (let id = open.shift(); id !== undefined; id = open.shift()) {
        try {
          found.push(await task(id, signal));
        } catch (error) {
          const cause = causeOf(error);
          // A refusal of one read is about that task alone: the others are read all the same.
          if (cause === 'invalid' || cause === 'unreadable') found.push(unreadableSnapshot(id, String(error)));
          else if (cause !== 'notFound') throw error;
        }
      }
    };
    await Promise.all(Array.from({ length: singleReadsAtOnce }, worker));
    return found;
  }

  async function part(ids: readonly string[], signal: AbortSignal | undefined): Promise<TaskSnapshot[]> {
    const isSingle = clock.now() < singleUntilMs && singleUntilMs - clock.now() <= batchRetryMs;
    if (isSingle) return await single(ids, signal);
    try {
      return await batch(ids, signal);
    } catch (error) {
      if (!isRefusedAsAWhole(error)) throw error;
      singleUntilMs = clock.now() + batchRetryMs;
      await clock.sleep(sameTaskGapMs, signal);
      return await single(ids, signal);
    }
  }

  return async (ids, signal) => {
    const wanted = [...new Set(ids)];
    const found = new Map<string, TaskSnapshot>();
    for (let from = 0; from < wanted.length; from += batchMax) {
      for (const snapshot of await part(wanted.slice(from, from + batchMax), signal)) found.set(snapshot.id, snapshot);
    }
    return found;
  };
}

/** The batch is missing, or one of its ids is not to the server's taste: neither says anything of the other tasks. */
const isRefusedAsAWhole = (error: unknown) => causeOf(error) === 'notFound' || causeOf(error) === 'invalid';
