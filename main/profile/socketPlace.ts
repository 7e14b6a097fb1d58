/**
 * Where the profile's socket lies: in the profile folder, which is its owner's alone. Where that path is too long for a socket
 * (and for Windows' pipes, whose names are one space for all users) it gets a name that nobody can guess and take first, made
 * by whoever holds the profile and written down in the profile.
 */
import { randomBytes } from 'node:crypto';
import { lstatSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** `sockaddr_un` holds 104 bytes on macOS, 108 on Linux, with a NUL at the end. */
const longestBytes = 100;
const folderPrefix = 'restage-socket-';

const recordOf = (profileDir: string) => path.join(profileDir, 'runner.place');

function fixedPlace(profileDir: string): string | null {
  const inside = path.join(profileDir, 'runner.sock');
  return process.platform !== 'win32' && Buffer.byteLength(inside) <= longestBytes ? inside : null;
}

/** Where the holder can be reached; null: it has not said so (yet). */
export function findSocket(profileDir: string): string | null {
  return fixedPlace(profileDir) ?? readRecord(profileDir);
}

/** For the holder of the lock alone: a free place. What a killed holder left is removed. */
export function makeSocketPlace(profileDir: string): string {
  removeSocketPlace(profileDir);
  const fixed = fixedPlace(profileDir);
  if (fixed !== null) return fixed;
  const place =
    process.platform === 'win32'
      ? `\\\\.\\pipe\\restage-${randomBytes(16).toString('hex')}`
      : path.join(mkdtempSync(path.join(os.tmpdir(), folderPrefix)), 's'); // mkdtemp makes it 0700, under a free name
  writeFileSync(recordOf(profileDir), place, { mode: 0o600 });
  return place;
}

export function removeSocketPlace(profileDir: string): void {
  const fixed = fixedPlace(profileDir);
  if (fixed !== null) rmSync(fixed, { force: true });
  const recorded = readRecord(profileDir);
  if (recorded !== null && process.platform !== 'win32') removeFolder(path.dirname(recorded));
  rmSync(recordOf(profileDir), { force: true });
}

function readRecord(profileDir: string): string | null {
  let place: string;
  try {
    place = readFileSync(recordOf(profileDir), 'utf8');
  } catch {
    return null;
  }
  if (process.platform === 'win32') return place.startsWith('\\\\.\\pipe\\restage-') ? place : null;
  return path.isAbsolute(place) && isOwnFolder(path.dirname(place)) ? place : null;
}

/** One that we made and nobody else can reach into. */
function isOwnFolder(folder: string): boolean {
  try {
    const found = lstatSync(folder);
    const isOurs = found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o077) === 0;
    return isOurs && path.basename(folder).startsWith(folderPrefix);
  } catch {
    return false;
  }
}

function removeFolder(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // The temporary folder is swept by the system, too.
  }
}
