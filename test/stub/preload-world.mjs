/** Runs the built preload as Electron would: isolated, with `require('electron')` alone, its messages cloned on the way to main. */
import fs from 'node:fs';
import vm from 'node:vm';

/** Files that "came from disk": what Electron would know a path for. */
export const pathOfFile = new WeakMap();

export function loadPreload(file, webContents, ipcMain) {
  const page = {};
  const receivers = new Map();
  const eventFrom = () => ({ sender: webContents, senderFrame: webContents.mainFrame });
  const electron = {
    contextBridge: { exposeInMainWorld: (name, api) => void Object.assign(page, { [name]: api }) },
    webUtils: { getPathForFile: (given) => pathOfFile.get(given) ?? '' },
    ipcRenderer: {
      on: (channel, listener) => receivers.set(channel, listener),
      send: (channel, ...args) => ipcMain.emit(channel, eventFrom(), ...structuredClone(args)),
      async invoke(channel, ...args) {
        const handler = ipcMain.handlers.get(channel);
        if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
        return structuredClone(await handler(eventFrom(), ...structuredClone(args)));
      },
    },
  };
  const require = (name) => {
    if (name !== 'electron') throw new Error(`module not found: ${name}`); // all that a sandboxed preload may require
    return electron;
  };
  const wrapped = vm.compileFunction(fs.readFileSync(file, 'utf8'), ['require', 'exports', 'module']);
  wrapped(require, {}, { exports: {} });
  return { page, receive: (channel, args) => receivers.get(channel)?.({}, ...args) };
}
