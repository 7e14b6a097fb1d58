/**
 * Files opened with Restage: by the system (`open-file`, on macOS also before the app is ready), dropped on its icon, named by the first or a second
 * start. They are taken in as dropped ones are, and reach the page as assets; paths stop here.
 */
import { statSync } from 'node:fs';
import path from 'node:path';
import { app } from 'electron';
import type { PageBackend } from '../pageBackend.ts';
import type { PageLink } from './pageLink.ts';

/** A person who opens a whole folder at once means something else. */
const mostFiles = 100;
/** Their values are places, no files to be opened. */
const flagsWithPlace = ['--profile', '--library'];

export interface FileOpener {
  take(files: readonly string[]): void;
  /** From here on files are taken in; those that came before are now. */
  begin(backend: Pick<PageBackend, 'intakePaths'>, link: PageLink): void;
}

/** Before ready: macOS asks to open files as the first thing that it says. */
export function createFileOpener(): FileOpener {
  const early: string[] = [];
  let deliver: ((files: readonly string[]) => void) | null = null;
  const take = (files: readonly string[]) => {
    if (files.length === 0) return;
    if (deliver) deliver(files);
    else early.push(...files.slice(0, mostFiles - early.length));
  };
  app.on('open-file', (event, file) => {
    event.preventDefault();
    take([file]);
  });
  return {
    take,
    begin(backend, link) {
      deliver = (files) => void bringIn(files.slice(0, mostFiles), backend, link);
      take(early.splice(0));
    },
  };
}

async function bringIn(
  paths: readonly string[],
  backend: Pick<PageBackend, 'intakePaths'>,
  link: PageLink,
): Promise<void> {
  const results = await backend.intakePaths(paths);
  const files = results.map((result, index) => ({ name: path.basename(paths[index] ?? ''), result }));
  link.say({ kind: 'opened', files });
  results.forEach((result, index) => {
    const file = paths[index];
    if (result.ok && file !== undefined) app.addRecentDocument(file);
  });
}

/** The files that a command line names: words that are regular files, seen from the folder in which it was written. */
export function filesOf(argv: readonly string[], folder: string, ownPaths: readonly string[]): string[] {
  return argv
    .slice(1)
    .filter((word, index, words) => !word.startsWith('-') && !flagsWithPlace.includes(words[index - 1] ?? ''))
    .map((word) => path.resolve(folder, word))
    .filter((file) => !ownPaths.includes(file) && isFile(file));
}

function isFile(file: string): boolean {
  try {
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
