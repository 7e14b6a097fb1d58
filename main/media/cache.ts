/** Keeps the cache folder under its size: least recently used files go first, never what is named by a job or the shelf. */
import { rm } from 'node:fs/promises';
import { listFiles } from './files.ts';

/** Part files of a run that was killed: older than any deadline. */
const STALE_PART_MS = 6 * 3_600_000;

/** A file and what describes it leave together. */
const companions = (path: string) => [path, `${path}.json`];

export async function sweepParts(folder: string, nowMs: number): Promise<void> {
  const files = await listFiles(folder);
  const stale = files.filter((file) => /\.part(\.|$)/.test(file.path) && nowMs - file.usedMs > STALE_PART_MS);
  await Promise.all(stale.map((file) => rm(file.path, { force: true })));
}

export async function trimCache(folder: string, maxBytes: number, keep: ReadonlySet<string>): Promise<void> {
  const kept = new Set([...keep].flatMap(companions));
  const files = await listFiles(folder);
  let total = files.reduce((sum, file) => sum + file.sizeBytes, 0);
  for (const file of files.sort((a, b) => a.usedMs - b.usedMs)) {
    if (total <= maxBytes) return;
    // A part file belongs to a run that is under way.
    if (kept.has(file.path) || /\.part(\.|$)/.test(file.path)) continue;
    await rm(file.path, { force: true });
    total -= file.sizeBytes;
  }
}
