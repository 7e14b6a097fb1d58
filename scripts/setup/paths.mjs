/** Where things lie in a checkout, and how the other programs are started. Runs on Node 20: only built-ins. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
export const inRoot = (...parts) => path.join(root, ...parts);

const isWindows = process.platform === 'win32';

/** The Node that the app is built for. It comes with the dependencies, so the system's Node may be older. */
export const node24 = inRoot('node_modules/node/bin', isWindows ? 'node.exe' : 'node');

/** A file of a package, by path: package managers' shell wrappers would find the system's Node first. */
export const packageFile = (file) => inRoot('node_modules', file);

/** One line on stderr: stdout belongs to the program that set-up makes way for. */
export function say(text) {
  process.stderr.write(`restage: ${text}\n`);
}

/** Folders of PATH, without the one that `npm run` puts first (a half-made tree must not answer for the system). */
export function systemPathFolders(env = process.env) {
  const ownBin = inRoot('node_modules', '.bin');
  return (env.PATH ?? env.Path ?? '')
    .split(path.delimiter)
    .filter((folder) => folder && path.resolve(folder) !== ownBin);
}

/** The first runnable file of that name in the system's PATH, or null. */
export function findInPath(name, env = process.env) {
  const endings = isWindows ? ['.exe', '.cmd', ''] : [''];
  for (const folder of systemPathFolders(env)) {
    for (const ending of endings) {
      const candidate = path.join(folder, name + ending);
      if (existsSync(candidate)) return candidate;
    }
  }
  return null;
}
