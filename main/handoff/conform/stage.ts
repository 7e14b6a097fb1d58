/** Where copies lie while they are made: a hidden folder beside their names, so that taking the name is one step on one disk. */
import { lstat, rm, rmdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { RestageError } from '../../../shared/errors.ts';
import { asFileError, errnoOf } from '../../storage/files.ts';
import { makeOneFolder } from '../../storage/makeFolder.ts';
import { partName, sweepParts } from '../../storage/parts.ts';

/** Hidden: a look through the library passes it by. */
const STAGE_FOLDER = '.restage-conform';
const folderError = (folder: string, cause: unknown) =>
  new RestageError('outputNotWritable', {
    reasons: [{ field: 'out', rule: 'conform.folder', params: { folder } }],
    detail: errnoOf(cause) ?? String(cause),
    cause,
  });

/** What the system said of the folder for copies, as the app's own error. */
export function asFolderError(error: unknown, folder: string): unknown {
  const known = asFileError(error);
  if (known instanceof RestageError && known.code !== 'outputNotWritable') return known;
  const isAboutFolder = ['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'EROFS', 'EIO', 'ESTALE', 'ENAMETOOLONG'];
  return isAboutFolder.includes(errnoOf(error) ?? '') || known instanceof RestageError
    ? folderError(folder, error)
    : error;
}

/** A folder that is gone (an unplugged drive) is never replaced by a new one of the same name: what it lies in must be there. */
export async function requireOutFolder(folder: string): Promise<void> {
  try {
    const found = await stat(folder).catch(() => null);
    if (found && !found.isDirectory()) throw Object.assign(new Error('not a folder'), { code: 'ENOTDIR' });
    if (!found) await makeOneFolder(folder);
  } catch (error) {
    throw asFolderError(error, folder);
  }
}

export interface Stage {
  /** A name of our own for a file of `extension` that is being made. */
  part(extension: string): string;
  /** Removes everything of this stage, and the folder when nobody else uses it. */
  close(): Promise<void>;
}

/** Makes the stage, and removes what earlier runs were killed over. Throws outputNotWritable (conform.folder), diskFull. */
export async function openStage(folder: string): Promise<Stage> {
  await requireOutFolder(folder);
  const place = path.join(folder, STAGE_FOLDER);
  try {
    const found = await lstat(place).catch(() => null);
    // A link: what is made would leave the folder.
    if (found && !found.isDirectory()) throw Object.assign(new Error(`${place} is no folder`), { code: 'ENOTDIR' });
    if (!found) await makeOneFolder(place);
    await sweepParts(place, (name) => name.startsWith('part-'));
  } catch (error) {
    throw asFolderError(error, folder);
  }
  const parts: string[] = [];
  return {
    part(extension) {
      const file = path.join(place, partName('part', extension));
      parts.push(file);
      return file;
    },
    async close() {
      for (const part of parts) await rm(part, { force: true }).catch(() => undefined);
      await rmdir(place).catch(() => undefined);
    },
  };
}
