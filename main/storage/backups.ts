/** Copies of jobs.db for the day when it cannot be read: made at a clean end and daily, three kept, checked before one is trusted. */
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { asFileError, flushFile, flushFolder } from './files.ts';
import { copyToOwnFile, makeOwnFile, makeOwnFolder } from './ownOnly.ts';
import { type Database, isIntact } from './sqlite.ts';

const KEPT = 3;
const DAY_MS = 24 * 3600_000;

const folderOf = (file: string) => path.join(path.dirname(file), 'backups');

const madeAt = (backup: string | undefined): number => (backup ? Number(path.extname(backup).slice(1)) : 0);

/** Newest first. */
function backupsOf(file: string): string[] {
  const folder = folderOf(file);
  if (!existsSync(folder)) return [];
  const stem = `${path.basename(file)}.`;
  return readdirSync(folder)
    .filter((name) => name.startsWith(stem) && /\.\d+$/.test(name))
    .sort((a, b) => Number(b.slice(stem.length)) - Number(a.slice(stem.length)))
    .map((name) => path.join(folder, name));
}

export function isBackupDue(file: string, nowMs: number): boolean {
  const [newest] = backupsOf(file);
  return newest === undefined || Math.abs(nowMs - statSync(newest).mtimeMs) > DAY_MS;
}

/** A whole copy under a new number; the oldest go. Never throws for want of space: a backup is a comfort, the work goes on. */
export function backUpDatabase(db: Database, file: string, nowMs: number): boolean {
  const folder = folderOf(file);
  // Under a clock that was set back the newest is the newest all the same.
  const number = Math.max(nowMs, 1 + madeAt(backupsOf(file)[0]));
  const target = path.join(folder, `${path.basename(file)}.${number}`);
  const temporary = `${target}.tmp`;
  try {
    makeOwnFolder(folder);
    for (const name of readdirSync(folder)) if (name.endsWith('.tmp')) rmSync(path.join(folder, name), { force: true });
    makeOwnFile(temporary);
    db.run('VACUUM INTO ?', temporary);
    renameSync(temporary, target);
    for (const old of backupsOf(file).slice(KEPT)) rmSync(old, { force: true });
    return true;
  } catch {
    rmSync(temporary, { force: true });
    return false;
  }
}

/**
 * The newest intact backup takes the place of the damaged file, which is set aside. Answers when that was made; null: there is none. The copy
 * lies whole on the disk before anything is moved: what stops this half way leaves everything where it was.
 */
export async function restoreDatabase(
  file: string,
  nowMs: number,
): Promise<{ backupMs: number | null; damaged: string }> {
  const damaged = `${file}.damaged-${nowMs}`;
  const temporary = `${file}.restoring`;
  const backup = backupsOf(file).find(isIntact);
  try {
    if (backup !== undefined) {
      await copyToOwnFile(backup, temporary);
      await flushFile(temporary);
    }
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw asFileError(error);
  }
  for (const suffix of ['', '-wal', '-shm'])
    if (existsSync(`${file}${suffix}`)) await rename(`${file}${suffix}`, `${damaged}${suffix}`);
  if (backup !== undefined) await rename(temporary, file);
  await flushFolder(path.dirname(file));
  return { backupMs: backup === undefined ? null : madeAt(backup), damaged: path.basename(damaged) };
}
