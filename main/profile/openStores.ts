/** Opens what a profile keeps, in the state in which it is found: damaged records from a backup, an index that can be thrown away, strays of a kill. */
import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { RestageError } from '../../shared/errors.ts';
import type { Restored } from '../jobs/record/afterRestore.ts';
import { type LibraryStore, openLibraryStore } from '../library/store.ts';
import type { Clock, Logger, Notice } from '../services.ts';
import { restoreDatabase } from '../storage/backups.ts';
import { isDiskFull, sweepFolder } from '../storage/files.ts';
import { jobsDbFile, openJobsDb } from '../storage/jobsDb.ts';
import { type Database, isIntact } from '../storage/sqlite.ts';

type TruthState = { db: Database; restored: { backupMs: number | null; damaged: string } | null };

/** jobs.db as it is, or, when SQLite finds it damaged, as the last good backup has it. */
export async function openTruth(
  profileDir: string,
  { clock, logger }: { clock: Clock; logger: Logger },
): Promise<TruthState> {
  const file = jobsDbFile(profileDir);
  if (isIntact(file)) return { db: openJobsDb(profileDir), restored: null };
  const restored = await restoreDatabase(file, clock.now());
  logger.error('jobs.damaged', restored);
  return { db: openJobsDb(profileDir), restored };
}

export function restoredNotice(
  { backupMs, damaged }: { backupMs: number | null; damaged: string },
  { found, asked }: Restored,
): Notice {
  if (backupMs === null) return { id: 'jobsLost', params: { damaged } };
  return { id: 'jobsRestored', params: { damaged, at: new Date(backupMs).toISOString(), found, asked } };
}

/** The index can be thrown away: one that cannot be opened is set aside, and the sidecars tell it anew. */
export async function openIndex(
  profileDir: string,
  logger: Logger,
): Promise<{ library: LibraryStore; isNew: boolean }> {
  const file = path.join(profileDir, 'library.db');
  const isNew = !existsSync(file);
  try {
    if (!isIntact(file)) throw new RestageError('storage', { detail: 'library.db is damaged' });
    return { library: openLibraryStore(profileDir), isNew };
  } catch (error) {
    if (isDiskFull(error)) throw error;
    logger.warn('library.index', { error: String(error) });
    for (const suffix of ['', '-wal', '-shm']) await rm(`${file}${suffix}`, { force: true });
    return { library: openLibraryStore(profileDir), isNew: true };
  }
}

/** Staged bytes that no asset names (a tab closed in mid-upload) go at start. */
export async function sweepStaging(stagingDir: string, db: ReturnType<typeof openJobsDb>): Promise<void> {
  const named = new Set(
    db.all('SELECT path FROM assets WHERE is_staged = 1').map((row) => path.basename(String(row.path))),
  );
  await sweepFolder(stagingDir, (name) => !named.has(name));
}

export function readVersion(): string {
  // Beside out/ in a checkout, at the root of the archive in a package.
  for (const up of ['..', '../..', '../../..']) {
    const file = path.join(import.meta.dirname, up, 'package.json');
    if (existsSync(file)) return String(JSON.parse(readFileSync(file, 'utf8')).version);
  }
  return '0.0.0';
}
