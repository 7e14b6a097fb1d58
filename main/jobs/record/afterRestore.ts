/**
 * After jobs.db came back from a backup: what happened since is read from the sidecars, also of orders that the backup does not know, and what
 * may have been ordered since is asked about, never ordered again on its own.
 */
import type { LibraryItem } from '../../../shared/contract/library.ts';
import type { Assets } from '../../intake/assets.ts';
import { readSidecar, type Sidecar } from '../../library/sidecar.ts';
import type { LibraryStore } from '../../library/store.ts';
import type { Clock } from '../../services.ts';
import type { Database } from '../../storage/sqlite.ts';
import { type JobRecord, newRecord } from './record.ts';
import type { JobStore } from './store.ts';

/** More than any number of posts: the same bytes do not go again without a person. */
const NEVER_ON_ITS_OWN = 1000;

export interface Restored {
  /** Jobs whose result lies in the library. */
  found: number;
  /** Jobs that a person is asked about. */
  asked: number;
}

export async function reconcileRestored(
  db: Database,
  store: JobStore,
  options: { library: LibraryStore; assets: Assets; clock: Clock; backupMs: number | null },
): Promise<Restored> {
  const { library, clock, backupMs } = options;
  const results = new Map(library.all().map(({ item }) => [item.jobId, item]));
  let found = backupMs === null ? 0 : await addUnknown(db, store, { ...options, backupMs });
  let asked = 0;
  for (const job of store.unfinished()) {
    const arrived = results.get(job.id);
    const sidecar = arrived?.state === 'present' ? readOrdered(arrived.sidecar) : null;
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

/** Orders that were made and done after the backup: with their jobs the sums are right again, and the same order is not taken twice. */
async function addUnknown(
  db: Database,
  store: JobStore,
  { library, assets, backupMs }: { library: LibraryStore; assets: Assets; backupMs: number },
): Promise<number> {
  const known = new Set(store.list().map(({ id }) => id));
  let added = 0;
  for (const { item } of library.all()) {
    if (item.jobId === null || known.has(item.jobId) || Date.parse(item.createdAt) < backupMs) continue;
    const sidecar = readOrdered(item.sidecar);
    const hasAccount = db.get('SELECT 1 FROM accounts WHERE id = ?', sidecar?.provider.accountId ?? '') !== undefined;
    if (!sidecar || !hasAccount || store.byOrderId(sidecar.order.orderId) || !(await haveSources(assets, sidecar)))
      continue;
    const job = jobOf(sidecar, item);
    store.together(() => {
      store.insert([job]);
      store.charge(
        job.id,
        sidecar.price.chargeState === 'charged' ? 'charged' : 'unknown',
        sidecar.price.chargedCredits,
      );
      store.log(job.id, 'restored', 'its recipe lies in the library');
    });
    added += 1;
  }
  return added;
}

type OrderedSidecar = Sidecar & { [part in 'recipe' | 'order' | 'provider' | 'price']: NonNullable<Sidecar[part]> };

/** Null: there is none, or it is an imported video's, which no order has made. */
function readOrdered(file: string): OrderedSidecar | null {
  const sidecar = readSidecar(file);
  if (!sidecar) return null;
  const { recipe, order, provider, price } = sidecar;
  return recipe && order && provider && price ? { ...sidecar, recipe, order, provider, price } : null;
}

/** A job names its sources; such as are known or lie where they were are. */
async function haveSources(assets: Assets, { sources }: Sidecar): Promise<boolean> {
  for (const source of [sources.video, sources.image]) {
    if (source === null || assets.names([source.assetId]).has(source.assetId)) continue;
    const added = await assets.addPath(source.path, { name: source.name }).catch(() => null);
    if (added?.id !== source.assetId) return false;
  }
  return true;
}

function jobOf({ order, recipe, prepared, provider, price }: OrderedSidecar, item: LibraryItem): JobRecord {
  const ordered = newRecord({
    ...{ id: order.jobId, orderId: order.orderId, orderName: order.orderName, retryOf: order.retryOf },
    ...{ accountId: provider.accountId, recipe, plan: prepared?.plan ?? null },
    ...{ estimateLow: price.estimateLow, estimateHigh: price.estimateHigh, createdAt: order.createdAt },
  });
  return {
    ...ordered,
    state: 'completed',
    body: provider.request === null ? null : JSON.stringify(provider.request),
    taskId: provider.taskId === '' ? null : provider.taskId,
    taskRaw: provider.task === null ? null : JSON.stringify(provider.task),
    submittedAt: provider.submittedAt,
    serverCompletedAt: provider.completedAt,
    serverProgress: 1,
    resultName: item.name,
    resultItemId: item.id,
    resultFile: item.file,
    resultSidecar: item.sidecar,
    updatedAt: item.createdAt,
    finishedAt: item.createdAt,
  };
}
