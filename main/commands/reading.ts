/** Commands that only read the databases: the app answers them, and so does a read-only reader beside a running app. */

import type { Settings } from '../../shared/contract/app.ts';
import type { Job } from '../../shared/contract/jobs.ts';
import type { SpendEntry } from '../../shared/contract/spend.ts';
import type { Assets } from '../intake/assets.ts';
import { spentSoFar } from '../jobs/order/budget.ts';
import type { JobRecord } from '../jobs/record/record.ts';
import type { JobStore } from '../jobs/record/store.ts';
import type { Queue } from '../jobs/turns/queue.ts';
import type { LibraryStore } from '../library/store.ts';
import type { Shelf } from '../shelf/shelf.ts';
import type { Handlers } from './types.ts';

export interface ReadingServices {
  store: JobStore;
  queue: Pick<Queue, 'state'>;
  assets: Pick<Assets, 'get' | 'list'>;
  shelf: Pick<Shelf, 'list'>;
  library: LibraryStore;
  settings: () => Settings;
  spending: () => SpendEntry[] | Promise<SpendEntry[]>;
  progressOf: (jobId: string) => number | null;
  /** Whether an account's elements can be named in an order now; null: not known from here. */
  isUsableAccount: (accountId: string) => boolean;
}

type ReadingName =
  | 'assets.get'
  | 'assets.list'
  | 'jobs.list'
  | 'jobs.get'
  | 'jobs.log'
  | 'queue.get'
  | `library.${'list' | 'outline' | 'facets' | 'ids' | 'sums' | 'get' | 'searches'}`
  | 'settings.get'
  | 'prepared.list'
  | 'elements.list'
  | 'spend.list';

export function createReadingHandlers(services: ReadingServices): Pick<Handlers, ReadingName> {
  const { store, assets, shelf, library } = services;
  const snapshot = (record: JobRecord): Job => store.snapshot(record, services.progressOf(record.id));
  return {
    'assets.get': ({ id }) => assets.get(id),
    'assets.list': ({ kind, limit }) => assets.list({ limit, ...(kind ? { kind } : {}) }),
    'jobs.list': ({ includeHidden }) =>
      store.snapshots(
        store.list().filter((job) => includeHidden || !job.isHidden),
        services.progressOf,
      ),
    'jobs.get': ({ id }) => snapshot(store.get(id)),
    'jobs.log': ({ id }) => {
      store.get(id);
      return store.logOf(id);
    },
    'queue.get': () => services.queue.state(),
    'library.list': (query) => library.list(query),
    'library.outline': (query) => library.outline(query),
    'library.facets': (query) => library.facets(query),
    'library.ids': async (query) => ({ ids: await library.ids(query) }),
    'library.sums': ({ ids }) => library.sums(ids),
    'library.searches': () => services.settings().librarySearches,
    'library.get': ({ id }) => library.get(id),
    'settings.get': () => services.settings(),
    'spend.list': async () => ({ entries: await services.spending(), counted: spentSoFar(store, new Date()) }),
    'prepared.list': () => shelf.list(),
    'elements.list': () =>
      store.elements().map((element) => ({ ...element, isUsable: services.isUsableAccount(element.accountId) })),
  };
}
