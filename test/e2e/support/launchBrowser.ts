/** The Chrome-family browser of this machine, headless, under Playwright's control. */
import { type Browser, chromium } from '@playwright/test';
import { findBrowser } from '../../../scripts/findBrowser.mjs';

/** The last `--disable-features` is the one that counts: these are Playwright's, as far as they touch a page on loopback. */
const playwrightsOwn = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'TcpPortRandomizationWin',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
];
/** Toolbar and address bar are pages themselves, in a process of their own for every context: nobody sees them here. */
const windowOfTheBrowser = [
  'PreloadTopChromeWebUI',
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'WebUIReloadButton',
  'WebUIToolbar',
  'InitialWebUI',
  'SpareRendererForSitePerProcess',
];

let found: string | null | undefined;

/** Its path, or null. Looked for once: a candidate has to be started to be believed. */
export function browserPath(): string | null {
  found ??= findBrowser();
  return found;
}

export function launchBrowser(): Promise<Browser> {
  const executablePath = browserPath() ?? undefined;
  // Chromium refuses its sandbox to root; everybody else keeps it.
  const chromiumSandbox = process.getuid?.() !== 0;
  // Without a graphics card Chromium would emulate one, at the cost of half a core; drawing in software is the shorter way.
  const args = ['--disable-gpu', `--disable-features=${[...playwrightsOwn, ...windowOfTheBrowser].join(',')}`];
  return chromium.launch({ ...(executablePath ? { executablePath } : {}), chromiumSandbox, args });
}
