/** Folders of results are watched where the system can: what changes in one is looked at a moment later. */
import type { FileLayer } from './files.ts';

/** Copying a hundred files is one look, not a hundred. */
const SETTLE_MS = 500;

/** A system gives so many watches and no more; the look from time to time sees the other folders. */
const MOST_FOLDERS = 100;

export interface FolderWatch {
  /** These from now on, and no others. */
  follow(folders: Iterable<string>): void;
  close(): void;
}

export function createFolderWatch(files: FileLayer, onChange: (folders: string[]) => void): FolderWatch {
  const watched = new Map<string, (() => void) | null>();
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;

  const note = (folder: string) => {
    changed.add(folder);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const folders = [...changed];
      changed.clear();
      onChange(folders);
    }, SETTLE_MS);
    timer.unref();
  };

  return {
    follow(folders) {
      const wanted = new Set([...folders].slice(0, MOST_FOLDERS));
      for (const [folder, stop] of watched) {
        if (wanted.has(folder)) continue;
        stop?.();
        watched.delete(folder);
      }
      for (const folder of wanted)
        if (!watched.get(folder))
          watched.set(
            folder,
            files.watch(folder, () => note(folder)),
          );
    },
    close() {
      clearTimeout(timer);
      for (const stop of watched.values()) stop?.();
      watched.clear();
    },
  };
}
