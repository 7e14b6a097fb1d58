/**
 * The one way in which a folder and the folders above it are made. Node's own recursive mkdir goes up for every ENOENT and down again for every
 * parent that exists: where a file system answers ENOENT below a parent that exists (/proc, a half-connected share) it never ends, in the main
 * thread beyond the reach of any signal. Here each part of the path is tried at most twice.
 */
import { mkdirSync, statSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';

interface FolderOptions {
  /** For the folders that are made; those that exist stay as they are. */
  mode?: number;
}

/** How one try to make one folder went; 'missing': the system says that its parent is not there. */
type Attempt = 'made' | 'exists' | 'missing';

/** Throws the system's own error: ENOENT where a parent exists and takes no folder, ENOTDIR where a file is in the way, EACCES, EROFS, … */
export async function makeFolder(folder: string, options: FolderOptions = {}): Promise<void> {
  const steps = stepsTo(folder);
  for (let step = steps.next(); !step.done; ) step = steps.next(await attempt(step.value, options));
}

/** This folder alone: where what it lies in is gone (an unplugged drive), it is not made. Throws the system's own error. */
export const makeOneFolder = (folder: string): Promise<void> => mkdir(folder);

/** The same as makeFolder, before the first turn of the event loop: for databases, locks and the log. Throws as makeFolder does. */
export function makeFolderSync(folder: string, options: FolderOptions = {}): void {
  const steps = stepsTo(folder);
  for (let step = steps.next(); !step.done; ) step = steps.next(attemptSync(step.value, options));
}

/** Up to the first folder that is there, then down again; twice the parts of the path at most. */
function* stepsTo(folder: string): Generator<string, void, Attempt> {
  const target = path.resolve(folder);
  const missing: string[] = [];
  for (let current = target; ; current = path.dirname(current)) {
    if ((yield current) !== 'missing') break;
    missing.unshift(current);
    if (path.dirname(current) === current) throw noSuchParent(target);
  }
  for (const part of missing) if ((yield part) === 'missing') throw noSuchParent(part);
}

async function attempt(folder: string, options: FolderOptions): Promise<Attempt> {
  try {
    await mkdir(folder, options);
    return 'made';
  } catch (error) {
    if (isNoEntry(error)) return 'missing';
    // EEXIST, and what read-only and foreign places say of folders that are there: EROFS, EACCES, EPERM.
    const found = await stat(folder).catch(() => null);
    if (found?.isDirectory()) return 'exists';
    throw error;
  }
}

function attemptSync(folder: string, options: FolderOptions): Attempt {
  try {
    mkdirSync(folder, options);
    return 'made';
  } catch (error) {
    if (isNoEntry(error)) return 'missing';
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return 'exists';
    throw error;
  }
}

const isNoEntry = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOENT';

function noSuchParent(folder: string): Error {
  const message = `ENOENT: a folder cannot be made here: '${folder}'`;
  return Object.assign(new Error(message), { code: 'ENOENT', syscall: 'mkdir', path: folder });
}
