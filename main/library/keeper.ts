/** Keeps the library's index true to the folders: looks again when something is missing, rebuilds it all when asked, and moves results into the trash and back. */
import type { LibraryItem, TrashedItem } from '../../shared/contract/library.ts';
import type { Clock, Logger } from '../services.ts';
import { type FileLayer, systemFiles } from './files.ts';
import { lookThrough } from './look.ts';
import { type RebuildReport, rebuildIndex } from './rebuild.ts';
import type { LibraryStore } from './store.ts';
import { damagedTrash, deleteForGood, listTrash, moveToTrash, putBack } from './trash.ts';
import { createFolderWatch } from './watch.ts';

/** Folders are looked into at most this often, however often the library is asked. */
const LOOK_EVERY_MS = 15_000;

/** How long a first look at the library waits for an index that is being made; what comes later is told as a change. */
const FILL_PATIENCE_MS = 4_000;

const patience = () =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, FILL_PATIENCE_MS).unref();
  });

export interface LibraryKeeper {
  rebuild(): Promise<RebuildReport>;
  /** The index is new and empty: it is filled beside everything else, and who asks for results waits a moment for them. */
  fill(): void;
  /** Until the index is filled, or a moment has passed. */
  filled(): Promise<void>;
  /** Somebody looks at the library: what lies in its folders may have changed where nothing tells of it. */
  lookSoon(): void;
  /** While nothing else changes the index. */
  exclusively<Answer>(work: () => Promise<Answer>): Promise<Answer>;
  trash(ids: readonly string[]): Promise<TrashedItem[]>;
  putBack(ids: readonly string[]): Promise<LibraryItem[]>;
  listTrash(): Promise<TrashedItem[]>;
  /** For good; answers how many. */
  emptyTrash(ids: readonly string[]): Promise<number>;
  close(): Promise<void>;
}

interface KeeperOptions {
  library: LibraryStore;
  /** The folder of new results, and those of older ones. */
  folders: () => Iterable<string>;
  clock: Clock;
  logger: Logger;
  files?: FileLayer;
  /** Whether changes are watched for: not in a process that does one thing and goes. */
  isWatching?: boolean;
  onMoved: (item: LibraryItem) => void;
  onChanged: () => void;
  /** A result is about to leave the library. */
  onParting: (item: LibraryItem) => void;
}

export function createLibraryKeeper(options: KeeperOptions): LibraryKeeper {
  const { library, folders, clock, logger, files = systemFiles, isWatching = false, ...on } = options;
  let going: Promise<unknown> = Promise.resolve();
  let lookedAt = Number.NEGATIVE_INFINITY;
  let isLooking = false;
  let isClosed = false;
  let filling: Promise<void> = Promise.resolve();

  /** One after another: two at once would write what the other has just corrected. */
  function inTurn<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    const next = going.then(work);
    going = next.catch((error: unknown) => logger.warn('library.look', { error: String(error) }));
    return next;
  }

  const run = (readsAll: boolean): Promise<RebuildReport> =>
    inTurn(async () => {
      const before = library.counts();
      const report = await rebuildIndex(library, folders(), { readsAll, files });
      followFolders();
      if (readsAll)
        void library.tidy().catch((error: unknown) => logger.warn('library.tidy', { error: String(error) }));
      if (readsAll) report.damaged.push(...(await damagedTrash(folders())));
      for (const item of report.moved) on.onMoved(item);
      const isAsBefore = report.present === before.present && report.missing === before.missing;
      if (readsAll || report.moved.length > 0 || !isAsBefore) on.onChanged();
      return report;
    });

  const watch = createFolderWatch(files, (changed) => {
    void inTurn(async () => {
      if (isClosed) return;
      const { changedIds } = await lookThrough(library, { files, folders: changed });
      if (changedIds.length > 0) on.onChanged();
    });
    // What has gone may only have moved, and what has come may be a result of another computer.
    lookSoon();
  });
  const followFolders = () => {
    if (isWatching && !isClosed) watch.follow(new Set([...folders(), ...library.folders()]));
  };

  function lookSoon(): void {
    if (isLooking || isClosed || Math.abs(clock.now() - lookedAt) < LOOK_EVERY_MS) return;
    isLooking = true;
    void run(false)
      .catch(() => {})
      .finally(() => {
        lookedAt = clock.now();
        isLooking = false;
      });
  }

  /** What was done before one of them failed is told all the same. */
  const each = <Answer>(ids: readonly string[], work: (id: string) => Promise<Answer>): Promise<Answer[]> =>
    inTurn(async () => {
      const done: Answer[] = [];
      try {
        for (const id of ids) done.push(await work(id));
        return done;
      } finally {
        on.onChanged();
      }
    });

  return {
    rebuild: () => run(true),
    fill() {
      filling = run(true).then(
        () => undefined,
        (error: unknown) => logger.warn('library.fill', { error: String(error) }),
      );
    },
    filled: () => Promise.race([filling, patience()]),
    lookSoon,
    exclusively: inTurn,
    trash: (ids) =>
      each(ids, async (id) => {
        on.onParting(library.get(id));
        return moveToTrash(library, id, clock.now());
      }),
    putBack: (ids) =>
      each(ids, async (id) => {
        const item = await putBack(library, folders(), id);
        on.onMoved(item);
        return item;
      }),
    listTrash: () => inTurn(() => listTrash(folders())),
    emptyTrash: (ids) => inTurn(() => deleteForGood(folders(), ids)).finally(() => on.onChanged()),
    async close() {
      isClosed = true;
      watch.close();
      await going;
    },
  };
}
