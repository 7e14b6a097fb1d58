/**
 * Files in folders that others can write to: a name there may be a link to anywhere, a pipe that never ends, or a text made to be long.
 * What is read goes through here: regular files alone, no links, no more bytes and no deeper nesting than asked for.
 */
import { closeSync, constants, fstatSync, lstatSync, openSync, readSync } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import path from 'node:path';

/** Not through a link at the end of the path, and never waiting for a pipe's other end. Windows has neither flag, and no such pipes. */
const CAREFULLY = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** A file of its own, no link to one. False for whatever cannot be looked at. */
export function isOwnFile(file: string): boolean {
  try {
    return lstatSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
  } catch {
    return false; // a name too long, a folder without permission
  }
}

/** Null: no regular file, or larger than that. Throws what the system says of a file that is not there or not ours. */
export function readBounded(file: string, maxBytes: number): Buffer | null {
  const handle = openSync(file, CAREFULLY);
  try {
    const found = fstatSync(handle);
    if (!found.isFile() || found.size > maxBytes) return null;
    const bytes = Buffer.alloc(found.size);
    let length = 0;
    while (length < bytes.length) {
      const count = readSync(handle, bytes, length, bytes.length - length, length);
      if (count === 0) break;
      length += count;
    }
    return bytes.subarray(0, length);
  } finally {
    closeSync(handle);
  }
}

const [QUOTE, BACKSLASH] = [0x22, 0x5c];
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);

/** How deep lists and records lie in each other, strings left out. Of any bytes, in one pass. */
export function jsonDepth(bytes: Uint8Array): number {
  let depth = 0;
  let deepest = 0;
  let isString = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (isString) {
      if (byte === BACKSLASH) at += 1;
      else if (byte === QUOTE) isString = false;
    } else if (byte === QUOTE) isString = true;
    else if (OPENING.has(byte)) deepest = Math.max(deepest, ++depth);
    else if (CLOSING.has(byte)) depth -= 1;
  }
  return deepest;
}

export interface JsonBounds {
  maxBytes: number;
  maxDepth: number;
}

/** Undefined: not there, no file of its own, too large, too deep, or no JSON. Never throws, never waits. */
export function readBoundedJson(file: string, { maxBytes, maxDepth }: JsonBounds): unknown {
  try {
    const bytes = readBounded(file, maxBytes);
    if (bytes === null || jsonDepth(bytes) > maxDepth) return undefined;
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** As `readBoundedJson`, for files that may lie on a slow drive: nothing else waits for them. */
export async function readBoundedJsonLater(file: string, { maxBytes, maxDepth }: JsonBounds): Promise<unknown> {
  try {
    const handle = await open(file, CAREFULLY);
    try {
      const found = await handle.stat();
      if (!found.isFile() || found.size > maxBytes) return undefined;
      const bytes = Buffer.alloc(found.size);
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0);
      const held = bytes.subarray(0, bytesRead);
      return jsonDepth(held) > maxDepth ? undefined : JSON.parse(held.toString('utf8'));
    } finally {
      await handle.close();
    }
  } catch {
    return undefined;
  }
}

/**
 * The real path of a file that lies inside one of the folders, whatever links lead to the folders themselves; null when a link below
 * them leads elsewhere, or nothing is there. A file below none of them (a folder that is not in use any more) must lie where its own
 * folder is.
 */
export async function realFileInside(file: string, folders: Iterable<string>): Promise<string | null> {
  try {
    const roots = [...folders].filter((folder) => isBelow(path.resolve(folder), file));
    const real = await realpath(file);
    if (!isOwnFile(real)) return null;
    for (const root of roots.length > 0 ? roots : [path.dirname(file)]) {
      if (isBelow(await realpath(root), real)) return real;
    }
    return null;
  } catch {
    return null;
  }
}

export function isBelow(folder: string, file: string): boolean {
  const relative = path.relative(folder, file);
  return relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative);
}
