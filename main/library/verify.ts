/** Holds every master against the bytes that it had when it came: what was changed, what is missing, and what nobody wrote down. */
import type { VerifiedOriginal } from '../../shared/contract/libraryCommands.ts';
import { hashWhole } from '../intake/identity.ts';
import { type FileLayer, systemFiles } from './files.ts';
import { createOriginalsCheck, type OriginalsToVerify, originalsOf } from './originals/verify.ts';
import { readSidecarLater } from './sidecar.ts';
import type { LibraryStore } from './store.ts';

export interface VerifiedItem {
  id: string;
  name: string;
  file: string;
}

export interface VerifyReport {
  intact: number;
  changed: VerifiedItem[];
  missing: VerifiedItem[];
  /** Results of older versions, of which no hash was written down. */
  unhashed: VerifiedItem[];
  /** That the recipes name, each once. */
  originals: VerifiedOriginal[];
  /** False: a person ended it; the rest is not known. */
  isComplete: boolean;
}

interface VerifyOptions {
  ids: readonly string[];
  originals: OriginalsToVerify;
  signal: AbortSignal;
  onProgress: (done: number, total: number) => void;
  files?: FileLayer;
}

/** Reads only. The recipe beside a master has the last word; the index, where there is none. */
export async function verifyItems(library: LibraryStore, options: VerifyOptions): Promise<VerifyReport> {
  const { ids, signal, onProgress, files = systemFiles } = options;
  const report: VerifyReport = { intact: 0, changed: [], missing: [], unhashed: [], originals: [], isComplete: true };
  const originals = createOriginalsCheck(options.originals, { files, signal });
  for (const [at, id] of ids.entries()) {
    if (signal.aborted) return { ...report, isComplete: false };
    onProgress(at, ids.length);
    const entry = library.find(id);
    if (!entry) continue;
    const { name, file, sidecar } = entry.item;
    const found = { id, name, file };
    const recipe = await readSidecarLater(sidecar, files);
    const wanted = recipe?.file ?? entry.content;
    if ((await files.sizeOf(file)) === null) report.missing.push(found);
    else if (!wanted) report.unhashed.push(found);
    else {
      const seen = await hashWhole(file, signal).catch(() => null);
      if (signal.aborted) return { ...report, isComplete: false };
      if (seen === null) report.missing.push(found);
      else if (seen.sha256 === wanted.sha256) report.intact += 1;
      else report.changed.push(found);
    }
    for (const original of recipe ? originalsOf(recipe) : []) {
      const seen = await originals.check(original, found);
      if (signal.aborted) return { ...report, isComplete: false };
      if (seen) report.originals.push(seen);
    }
  }
  onProgress(ids.length, ids.length);
  return report;
}
