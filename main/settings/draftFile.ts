/** What the page was in the middle of, in the page's own words: a small file of the profile for each, so that it outlives the page's address. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { writeFileSafely } from '../storage/files.ts';

export interface DraftFile {
  /** Null: there is none, or it cannot be read; the page then starts with an empty form. */
  read(): Promise<string | null>;
  keep(text: string): Promise<void>;
  /** After the last write. */
  settled(): Promise<void>;
}

export function createDraftFile(profileDir: string, name: 'draft.json' | 'matrix.json'): DraftFile {
  const file = path.join(profileDir, name);
  let last: Promise<void> = Promise.resolve();
  return {
    read: () => last.then(() => readFile(file, 'utf8')).catch(() => null),
    keep(text) {
      const write = last.then(() => writeFileSafely(file, text, { isOnlyWriter: true, isOwn: true }));
      last = write.catch(() => undefined);
      return write;
    },
    settled: () => last,
  };
}
