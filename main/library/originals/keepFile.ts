/** Copies one file into `originals/` of a library, complete or not at all; what is there already is not copied again. */
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, copyFile, type FileHandle, lstat, open, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { RestageError } from '../../../shared/errors.ts';
import { hashWhole } from '../../intake/identity.ts';
import { asFileError, errnoOf, flushFile, moveWithoutOverwrite } from '../../storage/files.ts';
import { requireSpace, withSpace } from '../../storage/freeSpace.ts';
import { makeOneFolder } from '../../storage/makeFolder.ts';
import { personsFile } from '../../storage/ownOnly.ts';
import { partName, sweepParts } from '../../storage/parts.ts';
import type { Content } from '../scan.ts';
import { hashInName, originalName, originalsFolder } from './place.ts';

const PART_PREFIX = '.original';
const CHUNK_BYTES = 1 << 20;

/** Of a kill in the middle of a copy; the second kind is left where a file system has no hard links. */
const isPart = (name: string) =>
  (name.startsWith(`${PART_PREFIX}-`) && name.endsWith('.part')) || /^[0-9a-f]{64}\.[a-z0-9]{1,8}\.part$/.test(name);

export const sweepOriginals = (libraryDir: string): Promise<void> => sweepParts(originalsFolder(libraryDir), isPart);

interface FileToKeep {
  source: string;
  /** As a person knows it; its ending is kept. */
  name: string;
  sizeBytes: number;
  libraryDir: string;
  /** Whether the copy is what was to be copied: the source may change meanwhile. */
  isIt: (copy: string, sizeBytes: number) => Promise<boolean>;
  signal: AbortSignal;
}

/** Throws RestageError diskFull, outputNotWritable, sourceMissing (source.changed), `storage` (library.folder); AbortError. */
export async function keepFile(wanted: FileToKeep): Promise<Content> {
  const folder = await readyFolder(wanted.libraryDir);
  const part = path.join(folder, partName(PART_PREFIX, 'part'));
  try {
    const content = await copyTo(part, wanted);
    if (!(await wanted.isIt(part, content.sizeBytes))) throw changedMeanwhile(wanted);
    await takePlace(part, { folder, content, name: wanted.name });
    return content;
  } catch (error) {
    throw await withSpace(asFileError(error), folder, wanted.sizeBytes);
  } finally {
    await rm(part, { force: true }).catch(() => undefined);
  }
}

/** A library folder that is gone (an unplugged drive) is not made anew, and a link would lead originals out of it. */
async function readyFolder(libraryDir: string): Promise<string> {
  const folder = originalsFolder(libraryDir);
  const found = await lstat(folder).catch(() => null);
  if (found === null) {
    await makeOneFolder(folder).catch((error: unknown) => {
      if (errnoOf(error) === 'ENOENT') throw noFolder(libraryDir);
      if (errnoOf(error) !== 'EEXIST') throw asFileError(error);
    });
  } else if (!found.isDirectory()) throw noFolder(folder);
  return folder;
}

const noFolder = (folder: string) =>
  new RestageError('storage', { reasons: [{ field: 'library', rule: 'library.folder', params: { folder } }] });

const changedMeanwhile = ({ name, source }: FileToKeep) =>
  new RestageError('sourceMissing', {
    reasons: [{ field: 'file', rule: 'source.changed', params: { name, path: source } }],
  });

/** As a clone where the file system has such, which takes no time and no room; else read once, hashed while it is written. */
async function copyTo(part: string, { source, sizeBytes, signal }: FileToKeep): Promise<Content> {
  const isCloned = await copyFile(source, part, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE_FORCE).then(
    () => true,
    () => false,
  );
  if (!isCloned) {
    await rm(part, { force: true });
    await requireSpace(path.dirname(part), sizeBytes);
    const content = await copyAndHash(source, part, signal);
    await flushFile(part);
    return content;
  }
  // A staged source is its owner's alone; what lies in the library is a person's own file.
  await chmod(part, personsFile).catch(() => undefined);
  await flushFile(part);
  return hashWhole(part, signal);
}

async function copyAndHash(source: string, part: string, signal: AbortSignal): Promise<Content> {
  const from = await open(source, 'r');
  try {
    const to = await open(part, 'wx');
    try {
      return await pour(from, to, signal);
    } finally {
      await to.close();
    }
  } finally {
    await from.close();
  }
}

async function pour(from: FileHandle, to: FileHandle, signal: AbortSignal): Promise<Content> {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  let sizeBytes = 0;
  for (;;) {
    signal.throwIfAborted();
    const { bytesRead } = await from.read(buffer, 0, CHUNK_BYTES, sizeBytes);
    if (bytesRead === 0) break;
    const bytes = buffer.subarray(0, bytesRead);
    hash.update(bytes);
    for (let done = 0; done < bytesRead; )
      done += (await to.write(bytes, done, bytesRead - done, sizeBytes + done)).bytesWritten;
    sizeBytes += bytesRead;
  }
  return { sha256: hash.digest('hex'), sizeBytes };
}

/** Of several that copy the same at once, one gets the name; the others find it taken by the same bytes. */
async function takePlace(
  part: string,
  { folder, content, name }: { folder: string; content: Content; name: string },
): Promise<void> {
  const { sha256, sizeBytes } = content;
  const isThere = async () => {
    for (const known of await readdir(folder)) {
      if (hashInName(known) !== sha256) continue;
      const found = await lstat(path.join(folder, known)).catch(() => null);
      if (found?.isFile() && found.size === sizeBytes) return true;
    }
    return false;
  };
  if (await isThere()) return;
  try {
    await moveWithoutOverwrite(part, path.join(folder, originalName(sha256, name)));
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error;
    if (await isThere()) return;
    throw new RestageError('outputNotWritable', { detail: `${originalName(sha256, name)} is another file` });
  }
}
