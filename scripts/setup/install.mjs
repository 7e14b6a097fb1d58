/** Decides whether node_modules is what package-lock.json asks for, and makes it so. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { withLock } from './lock.mjs';
import { findInPath, inRoot, node24, root, say, systemPathFolders } from './paths.mjs';
import { run } from './run.mjs';

const installDeadlineMs = 20 * 60_000;
const modulesDir = inRoot('node_modules');
const stampFile = inRoot('node_modules/.restage-stamp.json');

function lockfileHash() {
  return createHash('sha256')
    .update(readFileSync(inRoot('package-lock.json')))
    .digest('hex');
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

/** What is wrong with the tree, in words, or null when it is as the lockfile says. */
export function findInstallProblem() {
  if (!existsSync(modulesDir)) return 'node_modules is missing';
  const wanted = readJson(inRoot('package-lock.json'));
  if (!wanted) throw new Error('package-lock.json is missing or damaged: restore it (git checkout package-lock.json)');
  const missing = findMissingPackage(wanted.packages);
  const isStamped = readJson(stampFile)?.lockfile === lockfileHash();
  if (isStamped) return missing ? `node_modules lacks ${missing}` : null;
  // Not stamped by us: npm writes its own record last, so a tree that matches it was finished by hand.
  const actual = readJson(inRoot('node_modules/.package-lock.json'));
  if (!actual) return 'node_modules is half-made';
  if (missing || findVersionChange(wanted.packages, actual.packages)) return 'package-lock.json has changed';
  return null;
}

const isNeeded = ([place, info]) => place !== '' && !info.optional && !info.devOptional && !info.link && !info.peer;

function findMissingPackage(packages) {
  const entry = Object.entries(packages)
    .filter(isNeeded)
    .find(([place]) => !existsSync(inRoot(place, 'package.json')));
  if (entry) return entry[0];
  return existsSync(node24) ? null : 'node_modules/node/bin/node';
}

/** Another version, or a package too many or too few. */
function findVersionChange(wanted, actual) {
  const lacking = Object.entries(wanted)
    .filter(isNeeded)
    .find(([place, info]) => actual[place]?.version !== info.version);
  const surplus = Object.entries(actual).find(([place, info]) => wanted[place]?.version !== info.version);
  return (lacking ?? surplus)?.[0] ?? null;
}

/** Installs when needed. Throws with a sentence for people when it cannot. */
export async function ensureInstalled({ quiet = false } = {}) {
  if (findInstallProblem() === null) {
    writeStamp();
    if (!quiet) say('dependencies: as the lockfile says');
    return;
  }
  await withLock(async () => {
    const problem = findInstallProblem(); // Another set-up may have finished while we waited.
    if (problem !== null) await install(problem);
    writeStamp();
  });
}

function writeStamp() {
  const stamp = JSON.stringify({ lockfile: lockfileHash() });
  try {
    if (readFileSync(stampFile, 'utf8') === stamp) return;
  } catch {
    // First time.
  }
  try {
    writeFileSync(stampFile, stamp);
  } catch {
    // A checkout that may only be read: the check is made again next time.
  }
}

async function install(problem) {
  say(`dependencies: ${problem}, running npm ci`);
  const startedMs = Date.now();
  stepAside();
  const args = ['ci', '--include=dev', '--include=optional', '--loglevel=error', '--no-fund', '--no-audit'];
  const ended = await npm(args);
  if (ended.failure === null && !existsSync(node24)) {
    // With `ignore-scripts` in a person's npmrc the package `node` arrives without its binary.
    say('dependencies: the Node runtime was left out (install scripts are off); fetching it alone');
    await npm(['rebuild', 'node', '--ignore-scripts=false', '--loglevel=error']);
  }
  const remaining = ended.failure ?? findRuntimeProblem(await run(node24, ['--version'], { deadlineMs: 20_000 }));
  if (remaining !== null) {
    rmSync(modulesDir, { recursive: true, force: true, maxRetries: 5 });
    throw new Error(
      `npm ci failed (${remaining}); nothing half-installed was left. Once that is solved: npm run setup`,
    );
  }
  say(`dependencies: installed in ${Math.round((Date.now() - startedMs) / 1000)} s`);
}

function findRuntimeProblem(version) {
  if (version.failure !== null) return `the Node runtime does not start: ${version.failure}`;
  return version.out.startsWith('v24.') ? null : `the Node runtime is ${version.out.trim()}, not 24`;
}

/** npm by the Node that started npm: the one in node_modules is about to be deleted. */
function npm(args) {
  const env = { ...process.env, PATH: systemPathFolders().join(path.delimiter) };
  delete env.Path;
  const options = { cwd: root, env, deadlineMs: installDeadlineMs, output: 'stderr' };
  const { npm_execpath: script, npm_node_execpath: node } = process.env;
  if (script?.endsWith('.js') && node && existsSync(script) && existsSync(node) && !node.startsWith(modulesDir)) {
    return run(node, [script, ...args], options);
  }
  const command = findInPath('npm');
  if (!command)
    throw new Error('npm was not found: install Node.js 20 or newer from https://nodejs.org, then run this again');
  return run(command, args, { ...options, shell: process.platform === 'win32' });
}

/** Windows cannot delete a program that runs, but it can move it: this process may be the Node in node_modules. */
function stepAside() {
  if (process.platform !== 'win32' || !process.execPath.startsWith(modulesDir)) return;
  const aside = inRoot('.restage-old');
  rmSync(aside, { recursive: true, force: true });
  mkdirSync(aside, { recursive: true });
  renameSync(process.execPath, path.join(aside, 'node.exe'));
}
