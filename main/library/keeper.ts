/** Keeps the library's index true to the folders: looks again when something is missing, rebuilds it all when asked. */
import type { LibraryItem } from '../../shared/contract/library.ts';
import type { Clock, Logger } from '../services.ts';
import { type RebuildReport, rebuildIndex } from './rebuild.ts';
import type { LibraryStore } from './store.ts';

/** Missing results are looked for at most this often, however often the library is looked at. */
const LOOK_EVERY_MS = 15_000;

export interface LibraryKeeper {
  rebuild(): Promise<RebuildReport>;
  /** Somebody saw that a file is missing: it may only have moved. */
  lookSoon(): void;
  close(): Promise<void>;
}

interface KeeperOptions {
  library: LibraryStore;
  /** The folder of new results, and those of older ones. */
  folders: () => Iterable<string>;
  clock: Clock;
  logger: Logger;
  onMoved: (item: LibraryItem) => void;
  onChanged: () => void;
}

export function createLibraryKeeper({ library, folders, clock, logger, ...on }: KeeperOptions): LibraryKeeper {
  let going: Promise<unknown> = Promise.resolve();
  let lookedAt = Number.NEGATIVE_INFINITY;
  let isLooking = false;
  let isClosed = false;

  /** One after another: two at once would write what the other has just corrected. */
  function run(readsAll: boolean): Promise<RebuildReport> {
    const next = going.then(async () => {
      const before = library.all().length;
      const report = await rebuildIndex(library, folders(), { readsAll });
      for (const item of report.moved) on.onMoved(item);
      if (readsAll || report.moved.length > 0 || report.present + report.missing !== before) on.onChanged();
      return report;
    });
    going = next.catch((error: unknown) => logger.warn('library.look', { error: String(error) }));
    return next;
  }

  return {
    rebuild: () => run(true),
    lookSoon() {
      if (isLooking || isClosed || Math.abs(clock.now() - lookedAt) < LOOK_EVERY_MS) return;
      isLooking = true;
      void run(false)
        .catch(() => {})
        .finally(() => {
          lookedAt = clock.now();
          isLooking = false;
        });
    },
    async close() {
      isClosed = true;
      await going;
    },
  };
}
