/** Gives a finished copy its name: one that nobody has, in one step; and says what a disk lacks when it does not fit. */
import { chmod, lstat, stat } from 'node:fs/promises';
import path from 'node:path';
import { RestageError } from '../../../shared/errors.ts';
import { hashFile } from '../../media/files.ts';
import { errnoOf, flushFile, moveWithoutOverwrite } from '../../storage/files.ts';
import { freeBytesOf } from '../../storage/freeSpace.ts';
import { personsFile } from '../../storage/ownOnly.ts';

/** A disk is never filled to its last byte. */
const RESERVE_BYTES = 20_000_000;

async function full(folder: string, neededBytes: number, cause?: unknown): Promise<RestageError> {
  const freeBytes = (await freeBytesOf(folder)) ?? 0;
  const megabytes = (bytes: number) => Math.ceil(bytes / 1_000_000);
  const params = { folder, neededMB: megabytes(neededBytes), freeMB: Math.floor(freeBytes / 1_000_000) };
  return new RestageError('diskFull', { reasons: [{ field: 'out', rule: 'conform.disk', params }], cause });
}

/** Throws diskFull (conform.disk) before a byte is written where the copy does not fit. */
export async function requireRoom(folder: string, neededBytes: number): Promise<void> {
  const freeBytes = await freeBytesOf(folder);
  if (freeBytes !== null && freeBytes < neededBytes + RESERVE_BYTES) throw await full(folder, neededBytes);
}

/** A disk that filled up meanwhile, with the numbers; anything else as it was. */
export async function asSpaceError(error: unknown, folder: string, neededBytes: number): Promise<unknown> {
  if (!(error instanceof RestageError) || error.code !== 'diskFull' || error.reasons.length > 0) return error;
  return full(folder, neededBytes, error);
}

export interface NamedFile {
  file: string;
  sizeBytes: number;
  sha256: string;
}

export interface TakeNameOptions<Named extends NamedFile> {
  staged: string;
  folder: string;
  baseName: string;
  extension: string;
  signal: AbortSignal;
  describe: (file: NamedFile) => Named;
  /** Before the name is taken, so that a kill in between leaves a record without a file, and never a file that nobody knows. */
  onNamed: (named: Named) => Promise<void>;
}

const isTaken = (file: string) =>
  lstat(file).then(
    () => true,
    (error: unknown) => errnoOf(error) !== 'ENOENT',
  );

/** A number behind the name where it is taken: nothing is ever written over. */
export async function takeName<Named extends NamedFile>(options: TakeNameOptions<Named>): Promise<Named> {
  const { staged, folder, baseName, extension, signal } = options;
  await flushFile(staged);
  // In the person's own folder it is the person's own file.
  await chmod(staged, personsFile).catch(() => undefined);
  const { sha256 } = await hashFile(staged, signal);
  const sizeBytes = (await stat(staged)).size;
  for (let n = 1; ; n += 1) {
    const file = path.join(path.resolve(folder), `${baseName}${n === 1 ? '' : ` ${n}`}.${extension}`);
    if (await isTaken(file)) continue;
    const named = options.describe({ file, sizeBytes, sha256 });
    await options.onNamed(named);
    try {
      await moveWithoutOverwrite(staged, file);
      return named;
    } catch (error) {
      if (errnoOf(error) !== 'EEXIST') throw error;
    }
  }
}
