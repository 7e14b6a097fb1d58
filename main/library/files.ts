/** How the library looks at folders: one listing tells of all files in it. The one place where it asks the disk, so that tests can make one slow. */
import { watch } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { startTimer } from '../storage/clock.ts';
import { type JsonBounds, readBoundedJsonLater } from '../storage/ownFiles.ts';

export interface FolderEntry {
  name: string;
  /** other: a link, a pipe, a device. A link is no result: it may lead anywhere. */
  kind: 'file' | 'folder' | 'other';
}

export interface FileLayer {
  /** Rejects with what the system says. */
  list(folder: string): Promise<FolderEntry[]>;
  /** Undefined: not there, no file of its own, too large, too deep, or no JSON. */
  readJson(file: string, bounds: JsonBounds): Promise<unknown>;
  /** Calls back when something in the folder changes, as far as the system tells; null: it does not. */
  watch(folder: string, onChange: () => void): (() => void) | null;
  /** Null: it is not there, or cannot be looked at. */
  sizeOf(file: string): Promise<number | null>;
}

export const systemFiles: FileLayer = {
  async list(folder) {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.map((entry) => ({
      name: entry.name,
      kind: entry.isFile() ? 'file' : entry.isDirectory() ? 'folder' : 'other',
    }));
  },
  readJson: readBoundedJsonLater,
  watch(folder, onChange) {
    try {
      const watcher = watch(folder, { persistent: false }, onChange);
      // A folder that goes away is found so by the next look.
      watcher.on('error', () => watcher.close());
      return () => watcher.close();
    } catch {
      return null;
    }
  },
  sizeOf: (file) =>
    stat(file).then(
      ({ size }) => size,
      () => null,
    ),
};

/** A drive that does not answer by then is away; it costs one look, however many results lie on it. */
export const FOLDER_DEADLINE_MS = 5_000;

export type Listing = { kind: 'listed'; entries: FolderEntry[] } | { kind: 'gone' } | { kind: 'silent' };

/** gone: there is no such folder, or none that may be read. silent: no answer in time. Never rejects. */
export async function lookInto(
  files: FileLayer,
  folder: string,
  deadlineMs: number = FOLDER_DEADLINE_MS,
): Promise<Listing> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Listing>((resolve) => {
    timer = startTimer(() => resolve({ kind: 'silent' }), deadlineMs);
    timer.unref();
  });
  const listed = files.list(folder).then(
    (entries): Listing => ({ kind: 'listed', entries }),
    (): Listing => ({ kind: 'gone' }),
  );
  try {
    return await Promise.race([listed, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Which files are there, each folder looked into once. Null: its folder does not answer. */
export function createPresence(files: FileLayer): (file: string) => Promise<boolean | null> {
  const folders = new Map<string, Promise<ReadonlySet<string> | null>>();
  const namesIn = async (folder: string) => {
    const listing = await lookInto(files, folder);
    if (listing.kind === 'silent') return null;
    const entries = listing.kind === 'listed' ? listing.entries : [];
    return new Set(entries.filter(({ kind }) => kind === 'file').map(({ name }) => name));
  };
  return async (file) => {
    const folder = path.dirname(file);
    const known = folders.get(folder) ?? namesIn(folder);
    folders.set(folder, known);
    const names = await known;
    return names === null ? null : names.has(path.basename(file));
  };
}
