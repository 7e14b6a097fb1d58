/**
 * Keeps a profile to its owner: folders 0700, files 0600, and narrows what an earlier version or a person made wider. Stops
 * other users of the machine from reading jobs, staged clips and logs. On Windows a profile's own access list does this.
 */
import { chmodSync, closeSync, constants, lstatSync, openSync, type Stats } from 'node:fs';
import { chmod, copyFile, lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import { makeFolderSync } from './makeFolder.ts';

export const ownFile = 0o600;
export const ownFolder = 0o700;
/** What every file of a person gets: results lie in a folder that may be shared, and are theirs to share. */
export const personsFile = 0o666 & ~process.umask();

const isPosix = process.platform !== 'win32';
const wider = 0o077;

/** Makes a folder of the profile, and narrows one that was there. Throws what the system says when it cannot be made. */
export function makeOwnFolder(folder: string): void {
  makeFolderSync(folder, { mode: ownFolder });
  narrowNow(folder, ownFolder);
}

/** A file that a library will open by name (SQLite makes its own, as wide as the system lets it) exists as ours alone before. */
export function makeOwnFile(file: string): void {
  closeSync(openSync(file, 'a', ownFile));
  narrowNow(file, ownFile);
}

/** A copy that is its owner's alone, however wide the source is: the system's copy takes the source's mode over. */
export async function copyToOwnFile(from: string, to: string): Promise<void> {
  await copyFile(from, to, constants.COPYFILE_FICLONE);
  if (isPosix) await chmod(to, ownFile);
}

function narrowNow(file: string, mode: number): void {
  if (!isPosix) return;
  const found = lstatSync(file);
  if (isOursAndWide(found)) chmodSync(file, mode);
}

/** Never through a link, and never what another user owns. */
function isOursAndWide(found: Stats): boolean {
  const isPlain = found.isFile() || found.isDirectory();
  return isPlain && found.uid === process.getuid?.() && (found.mode & wider) !== 0;
}

/** What Restage makes in a profile; Chromium's folders see to their own files. */
const ownNames =
  /^((jobs|library)\.db|(settings|secrets|draft|runner|browser-host)\.json|runner\.(lock|sock|place)|open-)|\.tmp(-|$)/;
const ownFolders = new Set(['logs', 'staging', 'backups', 'sandbox', 'incoming', 'cache', 'conformed']);
const foreignFolders = new Set(['browser', 'electron', 'electron-cli']);

const isOurs = (name: string) => ownNames.test(name) || ownFolders.has(name) || foreignFolders.has(name);

/**
 * Narrows a profile folder and what lies in it. A folder that also holds other things (a person's home was named as the
 * profile) keeps its own mode: only what Restage made in it is narrowed. What cannot be changed stays as it is.
 */
export async function narrowProfile(profileDir: string): Promise<void> {
  if (!isPosix) return;
  const names = await readdir(profileDir);
  if (names.every(isOurs)) await narrow(profileDir, ownFolder);
  for (const name of names) {
    const place = path.join(profileDir, name);
    if (ownFolders.has(name)) await narrowTree(place);
    else if (foreignFolders.has(name)) await narrow(place, ownFolder);
    else if (ownNames.test(name)) await narrow(place, ownFile);
  }
}

async function narrowTree(folder: string): Promise<void> {
  await narrow(folder, ownFolder);
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const place = path.join(folder, entry.name);
    if (entry.isDirectory()) await narrowTree(place);
    else if (entry.isFile()) await narrow(place, ownFile);
  }
}

async function narrow(file: string, mode: number): Promise<void> {
  const found = await lstat(file).catch(() => null);
  if (found !== null && isOursAndWide(found)) await chmod(file, mode).catch(() => {});
}
