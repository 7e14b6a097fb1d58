/**
 * After jobs.db came back from a backup: what happened since is read from the sidecars, and what may have been ordered since is asked
 * about, never ordered again on its own.
 */
import { readSidecar } from '../library/sidecar.ts';
import type { LibraryStore } from '../library/store.ts';
import type { Clock } from '../services.ts';
import type { Database } from '../storage/sqlite.ts';
import type { JobStore } from './store.ts';

/** More than any number of posts: the same bytes do not go again without a person. */
const NEVER_ON_ITS_OWN = 1000;

export interface Restored {
  /** Jobs whose result lies in the library. */
  found: number;
  /** Jobs that a person is asked about. */
  asked: number;
}

export function reconcileRestored(
  db: Database,
  store: JobStore,
  options: { library: LibraryStore; clock: Clock },
): Restored {
  const { library, clock } = options;
  const results = new Map(library.all().map(({ item }) => [item.jobId, item]));
  let found = 0;
  let asked = 0;
  for (const job of store.unfinished()) {
    const arrived = results.get(job.id);
    const sidecar = arrived?.state === 'present' ? readSidecar(arrived.sidecar) : null;
    if (arrived && sidecar) {
      const { provider, price } = sidecar;
      db.transaction(() => {
        db.run(
          `UPDATE jobs SET state = 'completed', waiting_for = NULL, next_try_at = NULL, task_id = ?, result_item_id = ?, result_file = ?,
             result_sidecar = ?, submitted_at = ?, server_completed_at = ?, finished_at = ?, is_post_in_flight = 0 WHERE id = ?`,
          provider.taskId,
          job.id,
          arrived.file,
          arrived.sidecar,
          provider.submittedAt,
          provider.completedAt,
          arrived.createdAt,
          job.id,
        );
        store.charge(job.id, price.chargeState === 'charged' ? 'charged' : 'unknown', price.chargedCredits);
        store.log(job.id, 'restored', 'its result lies in the library');
      });
      found += 1;
    } else if (job.taskId === null) {
      // It may have been sent after the backup was made; the body of then is not known any more.
      db.transaction(() => {
        db.run(`UPDATE jobs SET state = 'submitting' WHERE id = ?`, job.id);
        store.update(
          job.id,
          {
            waitingFor: 'outcome',
            nextTryAt: null,
            isPostInFlight: false,
            outcomeUnknownSince: clock.now(),
            firstPostAt: Date.parse(job.createdAt),
            postCount: NEVER_ON_ITS_OWN,
          },
          'restored',
          'may have been ordered after the backup was made',
        );
      });
      asked += 1;
    }
  }
  return { found, asked };
}
