/** Work on the library that takes its time: checking masters, importing folders. Each tells how far it is and can be ended. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Settings } from '../../shared/contract/app.ts';
import type { ImportReport } from '../../shared/contract/libraryCommands.ts';
import { RestageError, refused } from '../../shared/errors.ts';
import type { EventHub } from '../events.ts';
import type { AppOptions } from '../hostTypes.ts';
import { importFolder } from '../library/importFolder.ts';
import type { LibraryKeeper } from '../library/keeper.ts';
import type { LibraryStore } from '../library/store.ts';
import { verifyItems } from '../library/verify.ts';
import type { MediaService } from '../services.ts';
import { asFileError } from '../storage/files.ts';
import type { SettingsChange } from './changeSettings.ts';
import type { Handlers } from './types.ts';
import { usableFolder } from './usableFolder.ts';

interface WorkServices {
  options: AppOptions;
  library: LibraryStore;
  media: MediaService;
  keeper: LibraryKeeper;
  events: EventHub;
  libraryDir: () => string;
  /** Folders in which `originals/` may lie. */
  originalsRoots: () => Iterable<string>;
  settings: () => Settings;
  change: SettingsChange;
}

type Work = 'verify' | 'import';

export interface LibraryWorks {
  handlers: Pick<Handlers, `library.${'verify' | 'import' | 'cancel'}`>;
  /** Throws refused (the folder), diskFull, outputNotWritable. */
  importFolder(folder: string, options: { copy: boolean }): Promise<ImportReport>;
  cancel(): void;
}

export function createLibraryWorks(services: WorkServices): LibraryWorks {
  const { options, library, media, keeper, events, libraryDir, originalsRoots, settings, change } = services;
  const running = new Set<AbortController>();

  async function run<Answer>(
    work: Work,
    task: (how: { signal: AbortSignal; onProgress: (done: number, total: number) => void }) => Promise<Answer>,
  ): Promise<Answer> {
    const controller = new AbortController();
    running.add(controller);
    const onProgress = (done: number, total: number) => events.emit('library.progress', { work, done, total });
    try {
      return await task({ signal: controller.signal, onProgress });
    } catch (error) {
      throw asFileError(error);
    } finally {
      running.delete(controller);
    }
  }
  const cancel = () => {
    for (const controller of running) controller.abort();
  };

  async function importFrom(named: string, { copy }: { copy: boolean }): Promise<ImportReport> {
    const folder = await existingFolder(named);
    const copyTo = copy ? await usableFolder(libraryDir()) : null;
    // Before anything is written there: an index that is made anew has to find it.
    if (!copy) rememberFolder(folder);
    const report = await run('import', (how) =>
      keeper.exclusively(() => importFolder({ library, media }, { folder, copyTo, ...how })),
    );
    events.emit('library.changed', {});
    return report;
  }

  function rememberFolder(folder: string): void {
    const { libraryFolders } = settings();
    const isInside = [libraryDir(), ...libraryFolders].some((known) => !path.relative(known, folder).startsWith('..'));
    if (!isInside) change({ libraryFolders: [...libraryFolders, folder] });
  }

  return {
    handlers: {
      'library.verify': async ({ ids, after, limit, toldOriginals }) => {
        await keeper.filled();
        const originals = { libraryDirs: [...originalsRoots()], told: toldOriginals };
        if (ids)
          return { ...(await run('verify', (how) => verifyItems(library, { ids, originals, ...how }))), next: null };
        const { present, missing } = library.counts();
        const part = library.idsAfter(after, limit);
        const report = await run('verify', ({ signal, onProgress }) => {
          const onPart = (done: number) => onProgress(part.before + done, present + missing);
          return verifyItems(library, { ids: part.ids, originals, signal, onProgress: onPart });
        });
        return { ...report, next: part.next };
      },
      'library.import': async (how) => {
        if (!options.chooseFolder) throw new RestageError('notFound', { detail: 'this host has no folder dialog' });
        const chosen = await options.chooseFolder(libraryDir());
        return chosen === null ? null : importFrom(chosen, how);
      },
      'library.cancel': () => {
        cancel();
        return {};
      },
    },
    importFolder: importFrom,
    cancel,
  };
}

async function existingFolder(named: string): Promise<string> {
  const folder = path.resolve(named);
  const found = await stat(folder).catch(() => null);
  if (!path.isAbsolute(named) || !found?.isDirectory()) throw refused('folder', 'library.noFolder', { folder: named });
  return folder;
}
