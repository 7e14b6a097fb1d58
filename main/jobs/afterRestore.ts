/**
 * After jobs.db came back from a backup: what happened since is read from the sidecars, and what may have been ordered since is asked
 * about, never ordered again on its own.
 */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { SIDECAR_SUFFIX, type Sidecar } from '../library/sidecar.ts';
import { readSidecar } from '../library/store.ts';
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
  options: { libraryDir: string; clock: Clock },
): Restored {
  const { libraryDir, clock } = options;
  const sidecars = new Map(readSidecars(libraryDir).map((entry) => [entry.sidecar.order.jobId, entry]));
  let found = 0;
  let asked = 0;
  for (const job of store.unfinished()) {
    const arrived = sidecars.get(job.id);
    if (arrived) {
      const { provider, price } = arrived.sidecar;
      db.transaction(() => {
        db.run(
          `UPDATE jobs SET state = 'completed', waiting_for = NULL, next_try_at = NULL, task_id = ?, result_item_id = ?, result_file = ?,
             result_sidecar = ?, submitted_at = ?, server_completed_at = ?, finished_at = ?, is_post_in_flight = 0 WHERE id = ?`,
          provider.taskId,
          job.id,
          arrived.file,
          arrived.path,
          provider.submittedAt,
          provider.completedAt,
          arrived.sidecar.item.createdAt,
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

function readSidecars(folder: string): { path: string; file: string; sidecar: Sidecar }[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(SIDECAR_SUFFIX))
    .flatMap((name) => {
      const place = path.join(folder, name);
      const file = `${place.slice(0, -SIDECAR_SUFFIX.length)}.mp4`;
      const sidecar = readSidecar(place);
      return sidecar && existsSync(file) ? [{ path: place, file, sidecar }] : [];
    });
}
