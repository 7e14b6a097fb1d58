/** Small file duties of the cache: identities and hashes of sources, safe renames, what a full disk or a lost file means. */
import { createHash, randomUUID } from 'node:crypto';
import { chmod, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { RestageError } from '../../shared/errors.ts';
import { contentFingerprint, hashWhole } from '../intake/identity.ts';
import { errnoOf, flushFile, flushFolder } from '../storage/files.ts';
import { makeOwnFile, ownFile } from '../storage/ownOnly.ts';

function ownError(error: unknown): RestageError | null {
  if (error instanceof RestageError) return error;
  const isFull = ['ENOSPC', 'EDQUOT'].includes(errnoOf(error) ?? '');
  return isFull ? new RestageError('diskFull', { detail: String(error), cause: error }) : null;
}

const asReason = (error: unknown, rule: string) => ({
  reasons: [{ field: 'file', rule }],
  detail: String(error),
  cause: error,
});

/** A source that could not be read, as the app's own error. */
export function toSourceError(error: unknown): RestageError {
  const code = errnoOf(error) ?? '';
  const own = ownError(error);
  if (own) return own;
  if (['ENOENT', 'ENOTDIR'].includes(code)) return new RestageError('sourceMissing', asReason(error, 'file.missing'));
  if (['EACCES', 'EPERM'].includes(code)) {
    return new RestageError('sourceUnreadable', asReason(error, 'file.permission'));
  }
  return new RestageError('internal', { detail: String(error), cause: error });
}

/** A file of the cache that could not be made, as the app's own error: never the source's fault. */
export function toCacheError(error: unknown): RestageError {
  const own = ownError(error);
  if (own) return own;
  const isRefused = ['ENOENT', 'ENOTDIR', 'EEXIST', 'EACCES', 'EPERM', 'EROFS'].includes(errnoOf(error) ?? '');
  return new RestageError(isRefused ? 'outputNotWritable' : 'internal', { detail: String(error), cause: error });
}

export interface SourceIdentity {
  sizeBytes: number;
  modifiedMs: number;
  sampleSha256: string;
}

/** Cheap and enough to notice that a file was replaced or edited. Throws sourceMissing, sourceUnreadable. */
export async function readIdentity(path: string): Promise<SourceIdentity> {
  try {
    const { size, mtimeMs } = await stat(path);
    return { sizeBytes: size, modifiedMs: Math.round(mtimeMs), sampleSha256: await contentFingerprint(path, size) };
  } catch (error) {
    throw toSourceError(error);
  }
}

export function shortHash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 40);
}

export async function hashFile(path: string, signal?: AbortSignal): Promise<{ sha256: string; sizeBytes: number }> {
  try {
    return await hashWhole(path, signal);
  } catch (error) {
    if (signal?.aborted) throw new RestageError('cancelled', { cause: error });
    throw toSourceError(error);
  }
}

/** A name that no other process uses, in the folder of the final file, so that the rename stays on one disk. */
export function partPath(finalPath: string): string {
  const dot = finalPath.lastIndexOf('.');
  return `${finalPath.slice(0, dot)}.${randomUUID().slice(0, 8)}.part${finalPath.slice(dot)}`;
}

/** Temporary name → final name; after this the file survives a power cut. */
export async function commitFile(temporary: string, finalPath: string): Promise<void> {
  await chmod(temporary, ownFile); // ffmpeg and the image worker make it as wide as the system lets them
  await flushFile(temporary);
  await rename(temporary, finalPath);
  await flushFolder(dirname(finalPath));
}

/** Writes `finalPath` under a temporary name first; whatever goes wrong, no part file stays. */
export async function writeAtomically<T>(finalPath: string, write: (temporary: string) => Promise<T>): Promise<T> {
  const temporary = partPath(finalPath);
  try {
    makeOwnFile(temporary);
    const value = await write(temporary);
    await commitFile(temporary, finalPath);
    return value;
  } catch (error) {
    await rm(temporary, { force: true });
    throw toCacheError(error);
  }
}

export interface CacheFile {
  path: string;
  sizeBytes: number;
  usedMs: number;
}

/** All files below the folder; missing folders count as empty. */
export async function listFiles(folder: string): Promise<CacheFile[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const stats = await Promise.all(files.map(async (path) => ({ path, found: await stat(path).catch(() => null) })));
  return stats.flatMap(({ path, found }) =>
    found ? [{ path, sizeBytes: found.size, usedMs: Math.max(found.mtimeMs, found.atimeMs) }] : [],
  );
}
