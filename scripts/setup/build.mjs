/** Builds the app when the built files are missing or were made from other sources. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { withLock } from './lock.mjs';
import { inRoot, node24, packageFile, root, say } from './paths.mjs';
import { run } from './run.mjs';

const stampFile = inRoot('out/.restage-stamp.json');
const sources = ['main', 'preload', 'renderer', 'shared', 'vite.config.ts', 'package.json', 'package-lock.json'];
/** What every host needs; a build that lacks one of them was interrupted. */
const products = ['out/node/cli.js', 'out/node/browser.js', 'out/main/index.js', 'out/renderer/index.html'];
const buildDeadlineMs = 5 * 60_000;

/** By content: a checkout gives every file a new time, and switching branches back and forth none. */
export function hashSources() {
  const hash = createHash('sha256');
  for (const source of sources) addToHash(hash, source);
  return hash.digest('hex');
}

function addToHash(hash, name) {
  const place = inRoot(name);
  if (statSync(place).isDirectory()) {
    for (const entry of readdirSync(place).sort()) addToHash(hash, `${name}/${entry}`);
  } else {
    hash.update(`${name}\0`).update(readFileSync(place));
  }
}

/** Why a build is needed, in words, or null. */
export function findBuildProblem(hash = hashSources()) {
  const missing = products.find((product) => !existsSync(inRoot(product)));
  if (missing) return `${missing} is missing`;
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8')).sources === hash ? null : 'sources are newer';
  } catch {
    return 'it was not finished';
  }
}

/** Builds when needed. Throws with the builder's own words when it cannot. */
export async function ensureBuilt({ quiet = false, force = false } = {}) {
  if (!force && findBuildProblem() === null) {
    if (!quiet) say('build: up to date');
    return;
  }
  await withLock(async () => {
    const hash = hashSources();
    const problem = force ? 'asked for' : findBuildProblem(hash);
    if (problem !== null) await build(problem, hash);
  });
}

async function build(problem, hash) {
  say(`build: ${problem}, building`);
  const startedMs = Date.now();
  mkdirSync(inRoot('out'), { recursive: true });
  rmSync(stampFile, { force: true });
  const vite = packageFile('vite/bin/vite.js');
  const ended = await run(node24, [vite, 'build', '--app', '--logLevel', 'warn'], {
    cwd: root,
    deadlineMs: buildDeadlineMs,
  });
  if (ended.failure !== null) throw new Error(`the build failed (${ended.failure})\n${ended.out.trim()}`);
  writeFileSync(stampFile, JSON.stringify({ sources: hash }));
  say(`build: done in ${((Date.now() - startedMs) / 1000).toFixed(1)} s`);
}
