/** A look through the folders of results: which files are there is put into the index, so that no list has to ask. */
import path from 'node:path';
import { type FileLayer, FOLDER_DEADLINE_MS, lookInto } from './files.ts';
import type { LibraryStore } from './store.ts';

/** So many folders are looked into at once: one that does not answer keeps no other waiting. */
const LANES = 4;

export interface LookReport {
  /** Results that were thought to be there and are not, or the other way round. */
  changedIds: string[];
  /** Folders that did not answer: what is known of their results stays. */
  silentFolders: string[];
}

export interface LookOptions {
  files: FileLayer;
  /** All in which results lie, if left out. */
  folders?: readonly string[];
  deadlineMs?: number;
}

export async function lookThrough(library: LibraryStore, options: LookOptions): Promise<LookReport> {
  const report: LookReport = { changedIds: [], silentFolders: [] };
  const waiting = [...(options.folders ?? library.folders())];
  const lane = async () => {
    for (let folder = waiting.shift(); folder !== undefined; folder = waiting.shift())
      await lookAt(library, folder, { ...options, report });
  };
  await Promise.all(Array.from({ length: Math.min(LANES, waiting.length) }, lane));
  return report;
}

async function lookAt(
  library: LibraryStore,
  folder: string,
  { files, deadlineMs = FOLDER_DEADLINE_MS, report }: LookOptions & { report: LookReport },
): Promise<void> {
  const listing = await lookInto(files, folder, deadlineMs);
  if (listing.kind === 'silent') {
    report.silentFolders.push(folder);
    return;
  }
  const entries = listing.kind === 'listed' ? listing.entries : [];
  const there = new Set(entries.filter(({ kind }) => kind === 'file').map(({ name }) => name));
  const lost: string[] = [];
  const back: string[] = [];
  for (const { id, file, isMissing } of library.placesIn(folder)) {
    const isThere = there.has(path.basename(file));
    if (isThere === isMissing) (isThere ? back : lost).push(id);
  }
  if (lost.length > 0) library.setMissing(lost, true);
  if (back.length > 0) library.setMissing(back, false);
  report.changedIds.push(...lost, ...back);
}
