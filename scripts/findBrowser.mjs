/** Finds a Chrome-family browser: a named one, the system's, or the one that Playwright downloaded. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { findInPath, inRoot } from './setup/paths.mjs';

const names = [
  'google-chrome-stable',
  'google-chrome',
  'chromium',
  'chromium-browser',
  'microsoft-edge',
  'chrome',
  'msedge',
];

/** Absolute path of the browser for tests and screenshots, or null. `RESTAGE_BROWSER` names one. */
export function findBrowser(env = process.env) {
  if (env.RESTAGE_BROWSER) return existsSync(env.RESTAGE_BROWSER) ? env.RESTAGE_BROWSER : null;
  // On Windows and macOS browsers are not in PATH, and `--version` would open a window.
  const isUnix = process.platform !== 'win32' && process.platform !== 'darwin';
  const inPath = isUnix
    ? names.map((name) => findInPath(name, env)).find((found) => found && answers(found, env))
    : null;
  return inPath ?? installedPlaces(env).find((place) => existsSync(place)) ?? playwrightBrowser();
}

/** Ubuntu's `chromium-browser` only asks for a snap: a program that cannot say its version is no browser. */
function answers(file, { PATH, HOME, XDG_RUNTIME_DIR, TMPDIR }) {
  const known = Object.entries({ PATH, HOME, XDG_RUNTIME_DIR, TMPDIR }).filter(([, value]) => value !== undefined);
  // Keys of the shell are none of its business.
  const env = Object.fromEntries(known);
  return spawnSync(file, ['--version'], { timeout: 15_000, stdio: 'ignore', env }).status === 0;
}

function installedPlaces(env) {
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
      (app) => `/Applications/${app}.app/Contents/MacOS/${app}`,
    );
  }
  if (process.platform !== 'win32') return [];
  const folders = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter(Boolean);
  const files = [
    'Google/Chrome/Application/chrome.exe',
    'Chromium/Application/chrome.exe',
    'Microsoft/Edge/Application/msedge.exe',
  ];
  return folders.flatMap((folder) => files.map((file) => path.join(folder, file)));
}

function playwrightBrowser() {
  try {
    const require = createRequire(inRoot('package.json'));
    const file = require('playwright-core').chromium.executablePath();
    return existsSync(file) ? file : null;
  } catch {
    return null;
  }
}
