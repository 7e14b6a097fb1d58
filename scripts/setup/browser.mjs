/** Makes sure that tests and screenshots have a browser: the system's, Playwright's download, or Debian's package. */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findBrowser } from '../findBrowser.mjs';
import { withLock } from './lock.mjs';
import { findInPath, node24, packageFile, root, say } from './paths.mjs';
import { lastLine, run } from './run.mjs';

const reachDeadlineMs = 6_000;
const downloadDeadlineMs = 10 * 60_000;
const packageDeadlineMs = 10 * 60_000;
const debianPackages = ['chromium', 'fonts-noto-cjk'];

/** Never throws for want of a browser: tests that need one are then skipped, with the reason. */
export async function ensureBrowser({ quiet = false } = {}) {
  const found = findBrowser();
  if (found) {
    if (!quiet) say(`browser: ${found}`);
    return found;
  }
  if (process.env.RESTAGE_SETUP === 'none') {
    say(`browser: none found, and RESTAGE_SETUP=none forbids to fetch one; by hand: ${commandByHand()}`);
    return null;
  }
  return withLock(async () => {
    const fetched = findBrowser() ?? (await download()) ?? (await installPackage());
    say(fetched ? `browser: ${fetched}` : `browser: none; install one with: ${commandByHand()}`);
    return fetched;
  });
}

async function download() {
  const host = process.env.PLAYWRIGHT_DOWNLOAD_HOST ?? 'https://cdn.playwright.dev';
  const refusal = await findRefusal(host);
  if (refusal !== null) {
    say(`browser: none found; Playwright's download cannot be reached (${refusal})`);
    return null;
  }
  say("browser: none found; fetching Playwright's Chromium");
  const before = listDownloads();
  const cli = packageFile('playwright/cli.js');
  const ended = await run(node24, [cli, 'install', 'chromium'], { cwd: root, deadlineMs: downloadDeadlineMs });
  const found = findBrowser();
  if (ended.failure === null && found) return found;
  for (const folder of listDownloads()) if (!before.includes(folder)) rmSync(folder, { recursive: true, force: true });
  say(`browser: the download failed (${lastLine(ended.out) || ended.failure})`);
  return null;
}

/** Any answer at all means that a download has a chance; without one Playwright would try for minutes. */
async function findRefusal(url) {
  try {
    await fetch(url, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(reachDeadlineMs) });
    return null;
  } catch (error) {
    return error.name === 'TimeoutError'
      ? `no answer in ${reachDeadlineMs / 1000} s`
      : (error.cause?.code ?? error.message);
  }
}

function downloadsDir() {
  const named = process.env.PLAYWRIGHT_BROWSERS_PATH;
  if (named && named !== '0') return named;
  if (process.platform === 'darwin') return path.join(os.homedir(), 'Library/Caches/ms-playwright');
  if (process.platform === 'win32') return path.join(process.env.LOCALAPPDATA ?? os.homedir(), 'ms-playwright');
  return path.join(process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache'), 'ms-playwright');
}

function listDownloads() {
  const folder = downloadsDir();
  return existsSync(folder) ? readdirSync(folder).map((name) => path.join(folder, name)) : [];
}

function isDebian() {
  try {
    return /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}

async function installPackage() {
  if (!isDebian() || process.getuid?.() !== 0 || !findInPath('apt-get')) return null;
  say(
    `browser: installing Debian's packages now: apt-get install ${debianPackages.join(' ')} (RESTAGE_SETUP=none forbids)`,
  );
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const updated = await run('apt-get', ['update', '-q'], { env, deadlineMs: packageDeadlineMs });
  const args = ['install', '-y', '-q', '--no-install-recommends', ...debianPackages];
  const installed = await run('apt-get', args, { env, deadlineMs: packageDeadlineMs });
  const found = findBrowser();
  if (!found) {
    const why = installed.failure === null ? 'no browser appeared' : lastLine(installed.out) || installed.failure;
    say(
      `browser: apt-get failed (${why}${updated.failure === null ? '' : `; apt-get update: ${lastLine(updated.out)}`})`,
    );
  }
  return found;
}

function commandByHand() {
  if (isDebian()) return `sudo apt-get install ${debianPackages.join(' ')}`;
  return 'npx playwright install chromium';
}
