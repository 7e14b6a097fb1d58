/**
 * Stands in for the `electron` module of the main process: held to Electron's own types, as strict as the real one about what may be used when, and
 * open to a test that asks what was installed. What it cannot show, and where it differs, is said in DIFFERENCES.md.
 */
import { app } from './application.ts';
import { ipcMain, protocol, session } from './channels.ts';
import { Menu } from './menus.ts';
import {
  clipboard,
  dialog,
  Notification,
  nativeImage,
  nativeTheme,
  powerMonitor,
  powerSaveBlocker,
  safeStorage,
  screen,
  shell,
} from './shellParts.ts';
import { utilityProcess } from './utility.ts';
import { BrowserWindow } from './windows.ts';

export {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  Notification,
  nativeImage,
  nativeTheme,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  utilityProcess,
};

/** CommonJS code (the settings store) takes them by its default. */
export default { app, BrowserWindow, dialog, ipcMain, Menu, nativeTheme, safeStorage, screen, session, shell };

// Not awaited: the driver imports this module, and would wait for itself.
void import('./driver.ts');
