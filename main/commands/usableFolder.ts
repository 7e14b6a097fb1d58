/** Whether results can be written to a folder that a person named: said when it is chosen, not when the first result is there. */
import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import { RestageError } from '../../shared/errors.ts';
import { makeFolder } from '../storage/makeFolder.ts';

/** Makes the folder if need be and answers its path without detours. */
export async function usableFolder(named: string): Promise<string> {
  if (!path.isAbsolute(named)) throw refused('folder.absolute', named);
  const folder = path.resolve(named);
  try {
    await makeFolder(folder);
    await access(folder, constants.W_OK | constants.X_OK);
  } catch {
    throw refused('folder.writable', folder);
  }
  return folder;
}

function refused(rule: string, folder: string): RestageError {
  return new RestageError('refused', { reasons: [{ field: 'libraryDir', rule, params: { path: folder } }] });
}
