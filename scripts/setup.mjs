/**
 * Makes a checkout ready to run: dependencies, ffmpeg, the build, a browser for tests. Runs on Node 20, from any folder, speaks on stderr only.
 * Flags: --build, --browser, --quiet (only what is done, nothing that is fine already).
 */
import { existsSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ensureBrowser } from './setup/browser.mjs';
import { ensureBuilt } from './setup/build.mjs';
import { ensureInstalled } from './setup/install.mjs';
import { say } from './setup/paths.mjs';
import { reportTools } from './setup/tools.mjs';

const oldestNode = 20;

/** Throws with a sentence for people when the checkout cannot be made ready. */
export async function setup({ build = false, browser = false, quiet = false } = {}) {
  await ensureInstalled({ quiet });
  if (!quiet) await reportTools();
  if (build) await ensureBuilt({ quiet });
  if (browser) await ensureBrowser({ quiet });
}

/** For scripts of ours: makes ready, or says why not and ends this process with 1. */
export async function setupOrExit(options) {
  try {
    await setup(options);
  } catch (error) {
    say(`set-up: ${error.message}`);
    process.exit(1);
  }
}

const isEntry = existsSync(process.argv[1] ?? '') && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url);
if (isEntry) {
  if (Number(process.versions.node.split('.')[0]) < oldestNode) {
    say(`Node ${process.versions.node} is too old: install Node ${oldestNode} or newer from https://nodejs.org`);
    process.exit(1);
  }
  const flags = new Set(process.argv.slice(2));
  const known = ['--build', '--browser', '--quiet'];
  const unknown = [...flags].filter((flag) => !known.includes(flag));
  if (unknown.length > 0) {
    say(`set-up does not know ${unknown.join(' ')}; it knows ${known.join(', ')}`);
    process.exit(2);
  }
  await setupOrExit({ build: flags.has('--build'), browser: flags.has('--browser'), quiet: flags.has('--quiet') });
}
