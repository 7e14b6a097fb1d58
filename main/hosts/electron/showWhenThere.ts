/**
 * Shows a window at the first sign of its page, and after two seconds without any: on Wayland `ready-to-show` may never come [electron#48859], and a
 * page that failed would otherwise leave a program that runs and is nowhere to be seen.
 */
import type { BrowserWindow } from 'electron';

const patienceMs = 2000;

export function showWhenThere(window: BrowserWindow): void {
  const timer = setTimeout(show, patienceMs);
  let isShown = false;
  function show(): void {
    clearTimeout(timer);
    // A person may have hidden it again meanwhile.
    if (isShown || window.isDestroyed()) return;
    isShown = true;
    window.show();
  }
  window.once('ready-to-show', show);
  window.webContents.once('did-finish-load', show);
  window.webContents.once('did-fail-load', show);
  window.once('closed', () => clearTimeout(timer));
}
