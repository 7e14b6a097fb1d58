/**
 * A profile on which the first run is done and the sample project lies in the form, as the app itself left it, with what an order of
 * it sends prepared: made once per build and machine, copied for every journey that is not about the first run.
 */
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect } from '@playwright/test';
import { browserPath, launchBrowser } from './launchBrowser.ts';
import { prepareSample } from './preparedSample.ts';
import { root, startBrowserHost } from './runningHost.ts';
import { stopSandbox } from './sandbox.ts';
import { enterSandbox } from './screens.ts';

/** Outside a test nothing else says how long a busy machine may take. */
const within = { timeout: 120_000 };

const cacheFolder = path.join(root, 'node_modules/.cache/e2e');

/** What belongs to a running process, and the port: two copies of one profile would meet on it. */
const isOfOneRun = (name: string) => /\.(sock|lock|lock-journal)$|^(port\.\d+|runner|browser-host)\.json$/.test(name);

/** Another build of the app, or another sample, may leave another profile; the sample's path is in it. */
function fingerprint(): string {
  const hash = createHash('sha256')
    .update(root)
    .update(readFileSync(import.meta.filename));
  for (const folder of ['out', 'samples']) {
    const names = readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).sort();
    for (const name of names) {
      const stats = statSync(path.join(root, folder, name));
      if (stats.isFile()) hash.update(`${folder}/${name} ${stats.size} ${stats.mtimeMs}\n`);
    }
  }
  return hash.digest('hex').slice(0, 16);
}

const placeOf = () => path.join(cacheFolder, `profile-${fingerprint()}`);
let known: string | undefined;

/** A copy of it, as a profile of the test's own. */
export function copyPreparedProfile(profileDir: string): void {
  known ??= placeOf();
  cpSync(known, profileDir, { recursive: true });
}

/** Playwright's global set-up: makes the profile where it is not there yet. */
export async function preparedProfile(): Promise<void> {
  if (browserPath() === null) return;
  const place = placeOf();
  if (existsSync(place)) return;
  mkdirSync(cacheFolder, { recursive: true });
  for (const name of readdirSync(cacheFolder)) rmSync(path.join(cacheFolder, name), { recursive: true, force: true });
  const home = mkdtempSync(path.join(os.tmpdir(), 'restage-e2e-first-'));
  try {
    await firstRun(path.join(home, 'profile'), path.join(home, 'library'));
    await prepareSample(path.join(home, 'profile'));
    const copy = mkdtempSync(path.join(cacheFolder, 'unfinished-'));
    cpSync(path.join(home, 'profile'), copy, { recursive: true, filter: (file) => !isOfOneRun(path.basename(file)) });
    // Whole or not at all; of two runs that are at it, one is first.
    if (!existsSync(place)) renameSync(copy, place);
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 500 });
  }
}

async function firstRun(profileDir: string, libraryDir: string): Promise<void> {
  mkdirSync(profileDir);
  const host = await startBrowserHost({ profileDir, libraryDir });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ locale: 'en-US', viewport: { width: 1440, height: 900 } });
    await page.goto(host.address);
    await enterSandbox(page, within);
    await expect(page.getByText('10,000.00 test credits')).toBeVisible(within);
    const kept = path.join(profileDir, 'draft.json');
    const draft = () => (existsSync(kept) ? readFileSync(kept, 'utf8') : '');
    await expect.poll(draft, within).toMatch(/"videoId":"v.*"imageId":"i/);
    // Filmstrip, peaks and cuts, the last of which are looked for last.
    const drawn = () => readdirSync(path.join(profileDir, 'cache'), { recursive: true, encoding: 'utf8' });
    await expect.poll(() => drawn().some((name) => /shots-\d+\.json$/.test(name)), within).toBe(true);
  } finally {
    await browser.close();
    await host.stop();
    await stopSandbox(profileDir);
  }
}
