/** Where a result goes: the library folder, or the folder of its project in there, made when the first result of it comes. */
import { existsSync } from 'node:fs';
import { lstat, stat } from 'node:fs/promises';
import { RestageError } from '../../../shared/errors.ts';
import { projectFolder } from '../../library/folder.ts';
import { makeOneFolder } from '../../storage/makeFolder.ts';
import type { JobContext } from '../context.ts';
import type { JobRecord } from '../record/record.ts';

type Services = Pick<JobContext, 'libraryDir' | 'settings'>;

/** Where the setting sends it now, and where it may have gone before a crash: the setting may be another one since. */
export function resultFolders(
  { libraryDir, settings }: Services,
  { recipe }: JobRecord,
): { now: string; all: string[] } {
  const own = recipe.kind === 'motion' && recipe.project ? projectFolder(libraryDir(), recipe.project) : libraryDir();
  return { now: settings().hasProjectFolders ? own : libraryDir(), all: [...new Set([libraryDir(), own])] };
}

/** A library folder that is gone (an unplugged drive) is waited for. Throws `storage` (library.folder) for what is no folder. */
export async function readyFolder({ libraryDir }: Services, folder: string): Promise<void> {
  const root = libraryDir();
  if (folder === root || !existsSync(root)) return;
  const found = await lstat(folder).catch(() => null);
  if (found?.isDirectory()) return;
  // A link would lead results out of the library.
  if (found)
    throw new RestageError('storage', { reasons: [{ field: 'library', rule: 'library.folder', params: { folder } }] });
  await makeOneFolder(folder).catch(async (error: unknown) => {
    if (!(await stat(folder).catch(() => null))?.isDirectory()) throw error;
  });
}
