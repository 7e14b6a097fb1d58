/** What every journey starts from: an app of its own on a profile of its own, in either host, with a page that may be reopened. */
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { _electron, type Browser, test as base, type Page, type ViewportSize } from '@playwright/test';
import { findElectron } from '../../scripts/setup/electronRuntime.mjs';
import { serveSandboxHere } from '../fixtures/sandboxHere.ts';
import { browserPath, launchBrowser } from './support/launchBrowser.ts';
import { copyPreparedProfile } from './support/preparedProfile.ts';
import { type Environment, type Folders, root, startBrowserHost, testEnv } from './support/runningHost.ts';
import { stopSandbox } from './support/sandbox.ts';

export { expect } from '@playwright/test';

export interface HostOptions {
  host: 'browser' | 'electron';
  /** The page's, as a person's system would have it. */
  pageLanguage: string;
  /** `prepared`: the first run is done, the sample project lies in the form. `new`: nothing has happened yet. */
  profile: 'prepared' | 'new';
  /** How long the sandbox takes over a take. */
  taskSeconds: number;
  /** More of the app's environment. */
  moreEnv: Environment;
}

export interface Restage extends Folders {
  page: Page;
  /** The page's address; null in Electron, where there is none to open. */
  address: string | null;
  /** Ends the app in an orderly way, or by force, and starts it on the same profile. Answers the new page. */
  restart(signal?: NodeJS.Signals): Promise<Page>;
}

interface Fixtures {
  restage: Restage;
  footage: (name: string) => string;
}

interface WorkerFixtures {
  /** One for all journeys of a worker: each has a context of its own in it. */
  browserOfWorker: () => Promise<Browser>;
}

interface Session {
  page: Page;
  address: string | null;
  close(signal?: NodeJS.Signals): Promise<void>;
}

export const test = base.extend<Fixtures & HostOptions, WorkerFixtures>({
  host: ['browser', { option: true }],
  pageLanguage: ['en-US', { option: true }],
  profile: ['prepared', { option: true }],
  taskSeconds: [0.3, { option: true }],
  moreEnv: [{}, { option: true }],

  browserOfWorker: [
    async ({}, use) => {
      let launched: Promise<Browser> | undefined;
      await use(async () => {
        if (!(await launched)?.isConnected()) launched = launchBrowser();
        return await (launched ?? launchBrowser());
      });
      await (await launched)?.close();
    },
    { scope: 'worker' },
  ],

  restage: async ({ host, pageLanguage, profile, taskSeconds, moreEnv, viewport, browserOfWorker }, use, testInfo) => {
    const reason = host === 'electron' ? missingElectron() : missingBrowser();
    testInfo.skip(reason !== null, reason ?? '');
    const home = mkdtempSync(path.join(os.tmpdir(), 'restage-e2e-'));
    const folders = { profileDir: path.join(home, 'profile'), libraryDir: path.join(home, 'library') };
    const isPrepared = host === 'browser' && profile === 'prepared';
    if (isPrepared) copyPreparedProfile(folders.profileDir);
    else mkdirSync(folders.profileDir);
    // On a new profile the app starts it by itself, as everybody's does.
    const sandbox = isPrepared
      ? await serveSandboxHere(folders.profileDir, testEnv(folders, taskSeconds, moreEnv))
      : null;
    const open = () =>
      host === 'electron'
        ? openElectron(folders, taskSeconds, moreEnv)
        : openBrowser(folders, { browser: browserOfWorker, locale: pageLanguage, viewport, taskSeconds, moreEnv });
    let session = await open();
    const restage: Restage = {
      ...folders,
      page: session.page,
      address: session.address,
      async restart(signal) {
        await session.close(signal);
        session = await open();
        Object.assign(restage, { page: session.page, address: session.address });
        return session.page;
      },
    };
    await use(restage);
    await session.close();
    await sandbox?.close();
    await stopSandbox(folders.profileDir);
    // It may still be writing.
    rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 500 });
  },

  footage: async ({}, use) => {
    await use((name) => {
      const folder = process.env.RESTAGE_FOOTAGE;
      test.skip(!folder, 'RESTAGE_FOOTAGE names no folder of real footage');
      const file = path.resolve(folder ?? '', name);
      test.skip(!existsSync(file), `${name} is not in RESTAGE_FOOTAGE`);
      return file;
    });
  },
});

const missingBrowser = () => (browserPath() ? null : 'no Chrome, Chromium or Edge on this machine');

function missingElectron(): string | null {
  if (!findElectron()) return "Electron's runtime is not on this machine";
  const needsDisplay = process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;
  return needsDisplay ? 'there is no display' : null;
}

/** What turns for ever (a loader, a striped bar) turns once: drawing it sixty times a second takes half a core from what is waited for. */
const stopSpinning = `{
  const style = new CSSStyleSheet();
  style.replaceSync('*, *::before, *::after { animation-iteration-count: 1 !important; }');
  document.adoptedStyleSheets.push(style);
}`;

interface PageOptions {
  browser: () => Promise<Browser>;
  locale: string;
  viewport: ViewportSize | null;
  taskSeconds: number;
  moreEnv: Environment;
}

async function openBrowser(
  folders: Folders,
  { browser, locale, viewport, taskSeconds, moreEnv }: PageOptions,
): Promise<Session> {
  const [host, opened] = await Promise.all([startBrowserHost(folders, taskSeconds, moreEnv), browser()]);
  const context = await opened.newContext({ locale, viewport, reducedMotion: 'reduce' });
  await context.addInitScript({ content: stopSpinning });
  const page = await context.newPage();
  await page.goto(host.address);
  return {
    page,
    address: host.address,
    async close(signal) {
      await context.close();
      await host.stop(signal);
    },
  };
}

async function openElectron(folders: Folders, taskSeconds: number, moreEnv: Environment): Promise<Session> {
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const executablePath = findElectron() ?? undefined;
  const app = await _electron.launch({
    ...(executablePath ? { executablePath } : {}),
    args: [root, ...asRoot, '--profile', folders.profileDir, '--library', folders.libraryDir],
    env: Object.fromEntries(
      Object.entries(testEnv(folders, taskSeconds, moreEnv)).map(([name, value]) => [name, value ?? '']),
    ),
  });
  const page = await app.firstWindow();
  return {
    page,
    address: null,
    async close(signal) {
      if (signal === 'SIGKILL') app.process().kill(signal);
      else await app.close();
    },
  };
}
