/** What the Electron host gives the app: keychain, reveal, links, and how it starts helpers. */
import path from 'node:path';
import { app, BrowserWindow, dialog, Notification, session, shell } from 'electron';
import type { AppOptions } from '../../hostTypes.ts';
import { isAllowedLink } from '../externalLinks.ts';
import { keychainBox } from './keychainBox.ts';
import { utilityHelpers } from './utilityHelper.ts';

export function electronOptions(options: { root: string; profileDir: string; libraryDir: string | null }): AppOptions {
  const secretBox = keychainBox(process.platform);
  return {
    profileDir: options.profileDir,
    ...(options.libraryDir === null ? {} : { libraryDir: path.resolve(options.libraryDir) }),
    videosDir: app.getPath('videos'),
    host: 'electron',
    capabilities: {
      nativeDragOut: true,
      reveal: true,
      keychain: secretBox.kind === 'keychain',
      chooseFolder: true,
      notifications: Notification.isSupported(),
    },
    secretBox,
    selfCommand: utilityHelpers(helperEntry(options.root)),
    env: process.env,
    locale: app.getPreferredSystemLanguages()[0] ?? app.getLocale(),
    samplesDir: samplesDir(options.root),
    chooseFolder,
    systemProxy: (url) => session.defaultSession.resolveProxy(url),
    reveal: (file) => shell.showItemInFolder(file),
    openExternal: (url) => {
      if (isAllowedLink(url)) void shell.openExternal(url);
    },
  };
}

async function chooseFolder(startPath: string): Promise<string | null> {
  const options: Electron.OpenDialogOptions = {
    defaultPath: startPath,
    properties: ['openDirectory', 'createDirectory'],
  };
  const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
  const { filePaths } = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options));
  return filePaths[0] ?? null;
}

/** ffmpeg is another program and cannot look into the archive: samples lie unpacked beside it. */
export function samplesDir(root: string): string {
  return path.join(root.replace(/\.asar$/, '.asar.unpacked'), 'samples');
}

/** What utility processes run: built beside the entry. */
export function helperEntry(root: string): string {
  return path.join(root, 'out', 'main', 'helper.js');
}
