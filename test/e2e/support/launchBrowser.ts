/** The Chrome-family browser of this machine, headless, under Playwright's control. */
import { type Browser, chromium } from '@playwright/test';
import { findBrowser } from '../../../scripts/findBrowser.mjs';

export function launchBrowser(): Promise<Browser> {
  const executablePath = findBrowser() ?? undefined;
  // Chromium refuses its sandbox to root; everybody else keeps it.
  const chromiumSandbox = process.getuid?.() !== 0;
  // Without a graphics card Chromium would emulate one, at the cost of half a core; drawing in software is the shorter way.
  const args = ['--disable-gpu'];
  return chromium.launch({ ...(executablePath ? { executablePath } : {}), chromiumSandbox, args });
}
