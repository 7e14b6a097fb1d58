/** Electron's own runtime: where it lies, and fetching it when the network lets us. The npm package holds none. */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { withLock } from './lock.mjs';
import { inRoot, node24, packageFile, root, say } from './paths.mjs';
import { lastLine, run } from './run.mjs';

const reachDeadlineMs = 6_000;
const downloadDeadlineMs = 10 * 60_000;
const dist = inRoot('node_modules/electron/dist');

const programs = { win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron' };
const programIn = (folder) => path.join(folder, programs[process.platform] ?? 'electron');

/** `{ program }` of the runtime on this machine, or null. `ELECTRON_OVERRIDE_DIST_PATH` names a folder that holds one. */
export function findElectron(env = process.env) {
  const named = env.ELECTRON_OVERRIDE_DIST_PATH;
  if (named) return existsSync(programIn(named)) ? programIn(named) : null;
  return isWhole() ? programIn(dist) : null;
}

function isWhole() {
  try {
    return (
      readFileSync(path.join(dist, 'version'), 'utf8').replace(/^v/, '').trim() === version() &&
      existsSync(programIn(dist))
    );
  } catch {
    return false;
  }
}

const version = () => JSON.parse(readFileSync(packageFile('electron/package.json'), 'utf8')).version;

/** Downloads the runtime. Answers why not, in words, or null when it is there now. */
export async function fetchElectron() {
  const file = `electron-v${version()}-${process.platform}-${process.arch}.zip`;
  const refusal = isCached(file) ? null : await findRefusal(file);
  if (refusal !== null) return refusal;
  return withLock(async () => {
    if (isWhole()) return null;
    say("Electron's runtime is missing: downloading it (about 110 MB, once)");
    const env = { ...process.env, ...(hasProxy() ? { ELECTRON_GET_USE_PROXY: '1' } : {}) };
    const installer = packageFile('electron/install.js');
    const ended = await run(node24, [installer], { cwd: root, env, deadlineMs: downloadDeadlineMs });
    if (ended.failure === null && isWhole()) return null;
    rmSync(dist, { recursive: true, force: true });
    rmSync(packageFile('electron/path.txt'), { force: true });
    return lastLine(ended.out) || ended.failure || 'the archive was not whole';
  });
}

const hasProxy = () => Boolean(process.env.HTTPS_PROXY || process.env.https_proxy);

/** The download itself tries for a long time; asking for its headers first tells in seconds whether it can succeed. */
async function findRefusal(file) {
  if (hasProxy()) return null; // Node's fetch would go past the proxy and tell nothing.
  const { ELECTRON_MIRROR, npm_config_electron_mirror: npmMirror } = process.env;
  const mirror = ELECTRON_MIRROR || npmMirror || 'https://github.com/electron/electron/releases/download/';
  try {
    const url = new URL(`v${version()}/${file}`, mirror);
    const answer = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(reachDeadlineMs) });
    return answer.ok || answer.status === 404 ? null : `${url.host} answers ${answer.status}`;
  } catch (error) {
    return error.name === 'TimeoutError'
      ? `no answer in ${reachDeadlineMs / 1000} s`
      : (error.cause?.code ?? error.message);
  }
}

function isCached(file) {
  const folder = process.env.electron_config_cache ?? cacheDir();
  try {
    return readdirSync(folder).some((entry) => existsSync(path.join(folder, entry, file)));
  } catch {
    return false;
  }
}

function cacheDir() {
  if (process.platform === 'darwin') return path.join(os.homedir(), 'Library/Caches/electron');
  if (process.platform === 'win32') return path.join(process.env.LOCALAPPDATA ?? os.homedir(), 'electron/Cache');
  return path.join(process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache'), 'electron');
}
