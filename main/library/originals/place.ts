/** Where originals of results lie in a library folder, and what they are called: by their bytes, so that one file is kept once. */
import path from 'node:path';

/** In the library folder: what lies in it under the name of an original is no result and no stray. */
export const ORIGINALS_FOLDER = 'originals';

const NAMED = /^([0-9a-f]{64})\.[a-z0-9]{1,8}$/;

export const originalsFolder = (libraryDir: string): string => path.join(libraryDir, ORIGINALS_FOLDER);

/** The hash that a file in there is called by; null: it is none of ours. */
export const hashInName = (name: string): string | null => NAMED.exec(name)?.[1] ?? null;

/** `<sha256>.<ending>`; the ending is that of the file as a person knows it. */
export function originalName(sha256: string, name: string): string {
  const [, ending = 'bin'] = /\.([a-z0-9]{1,8})$/i.exec(name) ?? [];
  return `${sha256}.${ending.toLowerCase()}`;
}

/** By its name and its folder's, wherever that lies: a person's own videos in a folder of that name stay their own. */
export const isKeptOriginal = (file: string): boolean =>
  path.basename(path.dirname(file)).toLowerCase() === ORIGINALS_FOLDER && hashInName(path.basename(file)) !== null;
