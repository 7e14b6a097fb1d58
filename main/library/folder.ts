/** Where results go when nobody said otherwise: Restage in the system's folder for videos. */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { safeName } from '../../shared/words/resultName.ts';
import { ORIGINALS_FOLDER } from './originals/place.ts';

/** In the library folder, for copies that are made of results: what lies in it is no result and no stray. */
export const CONFORMED_FOLDER = 'Conformed';

const keptNames = [CONFORMED_FOLDER.toLowerCase(), ORIGINALS_FOLDER];

/** The folder of a project in the library folder: readable, legal on every system, and none that Restage keeps for itself. */
export function projectFolder(libraryDir: string, project: string): string {
  const name = safeName(project);
  return path.join(libraryDir, keptNames.includes(name.toLowerCase()) ? `${name}_` : name);
}

/** Made of a result for a timeline: it lies in a folder of such copies, wherever below the roots a person has put that. */
export const isCopy = (file: string, roots: readonly string[]): boolean =>
  roots.some((root) => {
    const inside = path.relative(root, path.dirname(file)).split(path.sep);
    return inside[0] !== '..' && inside.includes(CONFORMED_FOLDER);
  });

export function defaultLibraryDir(env: Readonly<Record<string, string | undefined>>): string {
  const home = env.HOME || env.USERPROFILE || homedir();
  const videos = process.platform === 'darwin' ? 'Movies' : 'Videos';
  const named = env.XDG_VIDEOS_DIR;
  return path.join(named && existsSync(named) ? named : path.join(home, videos), 'Restage');
}

/**
 * What a host that asks the system writes into the settings of a new profile, so that hosts which can only guess use the same folder: null where the guess
 * is right, or where results may lie already.
 */
export function libraryDirToKeep(videosDir: string | undefined, guessed: string, chosen: string): string | null {
  if (videosDir === undefined || chosen !== '' || existsSync(guessed)) return null;
  const asked = path.join(videosDir, 'Restage');
  return asked === guessed ? null : asked;
}
