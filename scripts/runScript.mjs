/** Runs one of our TypeScript scripts on the app's own Node, whichever Node started this one. */
import { cleanEnv } from './cleanEnv.mjs';
import { passThrough } from './runRestage.mjs';
import { inRoot, node24, root } from './setup/paths.mjs';
import { setupOrExit } from './setup.mjs';

/** @param file below scripts/ */
export async function runScript(file, { browser = false } = {}) {
  await setupOrExit({ build: true, browser, quiet: true });
  passThrough(node24, [inRoot('scripts', file), ...process.argv.slice(2)], { cwd: root, env: cleanEnv() });
}
