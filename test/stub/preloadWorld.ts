/** Runs the built preload as Electron would: isolated, with `require('electron')` alone, its messages cloned on the way to main. */
import type { EventEmitter } from 'node:events';
import fs from 'node:fs';
import vm from 'node:vm';

/** Files that "came from disk": what Electron would know a path for. */
export const pathOfFile = new WeakMap<File, string>();

export interface World {
  /** What preload gave to the page's world, as the page has it. */
  page: Record<string, Record<string, (...args: unknown[]) => unknown>>;
  receive(channel: string, args: unknown[]): void;
}
interface Sender {
  mainFrame: unknown;
}
type Handler = (event: never, ...args: unknown[]) => unknown;

/** As contextBridge hands it over: functions by proxy, everything else as a clone, and no prototypes. */
function overTheBridge(api: object): World['page'][string] {
  return Object.fromEntries(
    Object.entries(api).map(([name, value]) => [
      name,
      typeof value === 'function' ? (...args: unknown[]) => value(...args) : structuredClone(value),
    ]),
  );
}

export function loadPreload(
  file: string,
  webContents: Sender,
  ipcMain: EventEmitter & { handlers: Map<string, Handler> },
): World {
  const page: World['page'] = {};
  const receivers = new Map<string, (event: object, ...args: unknown[]) => void>();
  const eventFrom = () => ({ sender: webContents, senderFrame: webContents.mainFrame });
  const electron = {
    contextBridge: {
      exposeInMainWorld: (name: string, api: object) => void Object.assign(page, { [name]: overTheBridge(api) }),
    },
    webUtils: { getPathForFile: (given: File) => pathOfFile.get(given) ?? '' },
    ipcRenderer: {
      on: (channel: string, listener: (event: object, ...args: unknown[]) => void) => receivers.set(channel, listener),
      send: (channel: string, ...args: unknown[]) => ipcMain.emit(channel, eventFrom(), ...structuredClone(args)),
      async invoke(channel: string, ...args: unknown[]) {
        const handler = ipcMain.handlers.get(channel);
        if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
        return structuredClone(await handler(eventFrom() as never, ...structuredClone(args)));
      },
    },
  };
  const require = (name: string) => {
    if (name !== 'electron') throw new Error(`module not found: ${name}`); // all that a sandboxed preload may require
    return electron;
  };
  const wrapped = vm.compileFunction(fs.readFileSync(file, 'utf8'), ['require', 'exports', 'module']);
  wrapped(require, {}, { exports: {} });
  return { page, receive: (channel, args) => receivers.get(channel)?.({}, ...args) };
}
