/** Writing so that a crash leaves the old file or the new one, never half: temporary name, flush, rename, flush the folder. */
import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, link, lstat, open, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { RestageError } from '../../shared/errors.ts';
import { makeOwnFolder, ownFile } from './ownOnly.ts';

/** Every durable write of the app goes through these calls, in this order; tests trace them. */
export type FileStep = 'write' | 'flush' | 'rename' | 'flushFolder';
const tracers = new Set<(step: FileStep, file: string) => void>();
export function traceFileSteps(tracer: (step: FileStep, file: string) => void): () => void {
  tracers.add(tracer);
  return () => tracers.delete(tracer);
}
const trace = (step: FileStep, file: string) => {
  for (const tracer of tracers) tracer(step, file);
};

export async function flushFile(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  trace('flush', file);
}

/** Folders cannot be opened for flushing on Windows; the rename is what the system makes of it there. */
export async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  trace('flushFolder', folder);
}

/**
 * `isOnlyWriter`: nobody else writes this file, so the temporary name can be the same every time and a kill leaves no heap of
 * them. `isOwn`: it lies in the profile and is its owner's alone.
 */
export async function writeFileSafely(
  file: string,
  text: string | Uint8Array,
  options: { isOnlyWriter?: boolean; isOwn?: boolean } = {},
): Promise<void> {
  const temporary = options.isOnlyWriter ? `${file}.tmp` : `${file}.tmp-${randomBytes(4).toString('hex')}`;
  try {
    const handle = await openNew(temporary, options.isOwn ? ownFile : undefined);
    try {
      await handle.writeFile(text);
      trace('write', temporary);
      await handle.sync();
      trace('flush', temporary);
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
    trace('rename', file);
    await flushFolder(path.dirname(file));
  } catch (error) {
    await rm(temporary, { force: true });
    throw asFileError(error);
  }
}

/** What a kill left under that name goes; a link that somebody put there is never written through. */
async function openNew(temporary: string, mode?: number) {
  await rm(temporary, { force: true });
  return open(temporary, 'wx', mode);
}

export const temporaryOf = (file: string, writer: string): string => `${file}.${writer}.tmp`;

/** A whole new file under a name that must be free; of several writers one gets it. `writer` tells their temporary names apart. Throws EEXIST. */
export async function createFileSafely(file: string, text: string, writer: string): Promise<void> {
  const temporary = temporaryOf(file, writer);
  try {
    const handle = await openNew(temporary);
    try {
      await handle.writeFile(text);
      trace('write', temporary);
      await handle.sync();
      trace('flush', temporary);
    } finally {
      await handle.close();
    }
    await moveWithoutOverwrite(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw asFileError(error);
  }
}

/** Whether two names are one file. A move that was killed between its two steps leaves such. */
export async function areOneFile(a: string, b: string): Promise<boolean> {
  const [one, two] = await Promise.all([lstat(a).catch(() => null), lstat(b).catch(() => null)]);
  return one !== null && two !== null && one.isFile() && one.ino === two.ino && one.dev === two.dev;
}

/**
 * Moves a finished file to a name that must not exist yet. Across devices it is copied first. Throws EEXIST when the name is taken; by the
 * file itself, a move that was killed is brought to its end.
 */
export async function moveWithoutOverwrite(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    const code = errnoOf(error);
    if (code === 'EEXIST' && !(await areOneFile(from, to))) throw error;
    if (code !== 'EEXIST') await copyWithoutOverwrite(from, to);
  }
  trace('rename', to);
  await flushFolder(path.dirname(to));
  await rm(from, { force: true });
}

/** For another device, or a file system without hard links (exFAT): copied beside the target, which then takes the name if it is free. */
async function copyWithoutOverwrite(from: string, to: string): Promise<void> {
  const temporary = `${to}.part`;
  try {
    await rm(temporary, { force: true });
    await copyFile(from, temporary, constants.COPYFILE_EXCL);
    await flushFile(temporary);
    await link(temporary, to).catch(async (linkError: unknown) => {
      if (errnoOf(linkError) === 'EEXIST') throw linkError;
      await copyFile(temporary, to, constants.COPYFILE_EXCL);
      await flushFile(to);
    });
  } finally {
    await rm(temporary, { force: true });
  }
}

export function errnoOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

export const isDiskFull = (error: unknown): boolean => error instanceof RestageError && error.code === 'diskFull';

/** ENOSPC and friends as the errors that the rest of the app knows; anything else comes back as it was. */
export function asFileError(error: unknown): unknown {
  const code = errnoOf(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') return new RestageError('diskFull', { detail: code, cause: error });
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM')
    return new RestageError('outputNotWritable', { detail: code, cause: error });
  return error;
}

/** Removes entries of a folder of the profile for which `isStray` says yes; a missing folder is made. */
export async function sweepFolder(folder: string, isStray: (name: string) => boolean): Promise<void> {
  makeOwnFolder(folder);
  for (const name of await readdir(folder)) {
    if (isStray(name)) await rm(path.join(folder, name), { recursive: true, force: true });
  }
}
