/** What every journey starts from: an app of its own on an empty profile, in either host, with a page that may be reopened. */
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { _electron, test as base, type Page, type ViewportSize } from '@playwright/test';
import { findBrowser } from '../../scripts/findBrowser.mjs';
import { findElectron } from '../../scripts/setup/electronRuntime.mjs';
import { launchBrowser } from './support/launchBrowser.ts';
import { type Environment, type Folders, root, startBrowserHost, testEnv } from './support/runningHost.ts';

export { expect } from '@playwright/test';

export interface HostOptions {
  host: 'browser' | 'electron';
  /** The page's, as a person's system would have it. */
  pageLanguage: string;
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

interface Session {
  page: Page;
  address: string | null;
  close(signal?: NodeJS.Signals): Promise<void>;
}

export const test = base.extend<Fixtures & HostOptions>({
  host: ['browser', { option: true }],
  pageLanguage: ['en-US', { option: true }],
  taskSeconds: [1, { option: true }],
  moreEnv: [{}, { option: true }],

  restage: async ({ host, pageLanguage, taskSeconds, moreEnv, viewport }, use, testInfo) => {
    const reason = host === 'electron' ? missingElectron() : missingBrowser();
    testInfo.skip(reason !== null, reason ?? '');
    const home = mkdtempSync(path.join(os.tmpdir(), 'restage-e2e-'));
    const folders = { profileDir: path.join(home, 'profile'), libraryDir: path.join(home, 'library') };
    mkdirSync(folders.profileDir);
    const open = () =>
      host === 'electron'
        ? openElectron(folders, taskSeconds, moreEnv)
        : openBrowser(folders, { locale: pageLanguage, viewport, taskSeconds, moreEnv });
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
    // The sandbox outlives the app by design and may still be writing.
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

const missingBrowser = () => (findBrowser() ? null : 'no Chrome, Chromium or Edge on this machine');

function missingElectron(): string | null {
  if (!findElectron()) return "Electron's runtime is not on this machine";
  const needsDisplay = process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;
  return needsDisplay ? 'there is no display' : null;
}

interface PageOptions {
  locale: string;
  viewport: ViewportSize | null;
  taskSeconds: number;
  moreEnv: Environment;
}

async function openBrowser(
  folders: Folders,
  { locale, viewport, taskSeconds, moreEnv }: PageOptions,
): Promise<Session> {
  const host = await startBrowserHost(folders, taskSeconds, moreEnv);
  const browser = await launchBrowser();
  const context = await browser.newContext({ locale, viewport, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.goto(host.address);
  return {
    page,
    address: host.address,
    async close(signal) {
      await browser.close();
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
