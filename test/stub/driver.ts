/** Answers a test's questions about the running stand-in, over the channel that `fork` opens. */
import fs from 'node:fs';
import path from 'node:path';
import { app, emitPreventable } from './application.ts';
import { ipcMain, permissions, protocolHandlers } from './channels.ts';
import { shownMenus } from './menus.ts';
import { pathOfFile } from './preloadWorld.ts';
import { record } from './record.ts';
import { Notification, person, powerMonitor } from './shellParts.ts';
import { BrowserWindow } from './windows.ts';

// Questions come as JSON from a test that knows what it asks.
interface Input {
  method: string;
  args: unknown[];
  url: string;
  headers: Record<string, string>;
  channel: string;
  frame: unknown;
  files: FileInput[];
  event: string;
  name: string;
  isMainFrame: boolean;
  permission: never;
  isFocused: boolean;
  index: number;
  item: string;
  answers: number[];
  message: string;
}
interface FileInput {
  path?: string;
  name: string;
  text: string;
}

const lastWindow = () => BrowserWindow.windows.at(-1) as BrowserWindow;
const contents = () => lastWindow().webContents;
const bridge = () => contents().world?.page.restage ?? {};
const heard: unknown[] = [];

function makeFile({ path: onDisk, name, text }: FileInput): File {
  if (onDisk === undefined) return new File([text], name);
  const file = new File([fs.readFileSync(onDisk)], path.basename(onDisk));
  pathOfFile.set(file, onDisk);
  return file;
}

/** A menu as a test reads it: labels, roles, keys, whether it can be chosen. */
function readMenu(items: Electron.MenuItemConstructorOptions[] | undefined): unknown {
  return items?.map(({ id, label, role, accelerator, enabled, submenu, type }) => ({
    ...{ id, label, role, accelerator, enabled, type },
    ...(Array.isArray(submenu) ? { submenu: readMenu(submenu) } : {}),
  }));
}

const answers: Record<string, (input: Input) => unknown> = {
  describe: () => ({
    ...record,
    menu: shownMenus.application === null ? null : readMenu(shownMenus.application?.template),
    contextMenu: readMenu(shownMenus.context?.template),
    windows: BrowserWindow.getAllWindows().map((window) => ({
      options: window.options,
      isShown: window.isShown,
      focusCount: window.focusCount,
      title: window.title,
      progress: window.progress,
      bounds: window.bounds,
      isMaximized: window.isMaximized(),
      isFullScreen: window.isFullScreen(),
      reloads: window.webContents.reloads,
    })),
    urls: BrowserWindow.getAllWindows().map((window) => window.webContents.getURL()),
    channels: [...ipcMain.handlers.keys()],
    bridge: Object.keys(bridge()),
    world: Object.keys(contents().world?.page ?? {}),
  }),
  async fetch({ url, method, headers }) {
    const handler = protocolHandlers.get(new URL(url).protocol.slice(0, -1));
    const answer = await handler?.(
      new Request(url, { method: method ?? 'GET', headers: headers ?? {} }) as GlobalRequest,
    );
    if (!answer) throw new Error(`no handler for ${String(url)}`);
    const body = Buffer.from(await answer.arrayBuffer());
    return { status: answer.status, headers: Object.fromEntries(answer.headers), body: body.toString('base64') };
  },
  /** A message on a channel, as a frame of the test's choosing would send it. */
  invoke: ({ channel, args, frame }) =>
    ipcMain.handlers.get(channel)?.({ sender: contents(), senderFrame: frame } as never, ...args),
  /** The same for channels that answer nothing. */
  send: ({ channel, args, frame }) => void ipcMain.emit(channel, { sender: contents(), senderFrame: frame }, ...args),
  describeProcess: () => ({ pid: process.pid }),
  page: ({ method, args }) => bridge()[method]?.(...args),
  intake: ({ files }) => bridge().intake?.(files.map(makeFile)),
  listen: ({ event }) => void bridge().on?.(event, (payload: unknown) => heard.push({ event, payload })),
  listenToHost: () => void bridge().onHost?.((payload: unknown) => heard.push({ event: 'host', payload })),
  heard: () => heard,
  navigate: ({ name, url, isMainFrame }) => emitPreventable(contents(), name, { url, isMainFrame }),
  openWindow: ({ url }) => contents().windowOpenHandler({ url } as unknown as Electron.HandlerDetails).action,
  attachWebview: () => emitPreventable(contents(), 'will-attach-webview', {}, { preload: '/evil.js' }, {}),
  askPermission: ({ permission, url }) =>
    new Promise((resolve) => permissions.request?.({ getURL: () => url } as never, permission, resolve, {} as never)),
  checkPermission: ({ permission, url }) => permissions.check?.(null, permission, url, {} as never),
  useDevice: () => permissions.device?.({ deviceType: 'hid' } as never),
  /** The person looks elsewhere, or back. */
  focus: ({ isFocused }) => {
    for (const window of BrowserWindow.windows) window.hasFocus = isFocused;
  },
  clickNotification: ({ index }) => void Notification.shown.at(index)?.emit('click'),
  emitOnApp: ({ name, args }) => void app.emit(name, { preventDefault: () => {} }, ...args),
  emitOnContents: ({ name, args }) => void contents().emit(name, { preventDefault: () => {} }, ...args),
  emitOnWindow: ({ name, args }) => void lastWindow().emit(name, ...args),
  emitOnPower: ({ name }) => void powerMonitor.emit(name),
  clickMenu: ({ item: id }) => {
    const item = shownMenus.application?.getMenuItemById(id) ?? shownMenus.context?.getMenuItemById(id);
    if (!item || item.enabled === false) throw new Error(`The menu has no ${String(id)} that can be chosen.`);
    item.click?.({} as never, lastWindow() as never, {} as never);
  },
  window: ({ method, args }) =>
    (lastWindow() as unknown as Record<string, (...args: unknown[]) => unknown>)[method]?.(...args),
  answerDialogs: ({ answers: given }) => void person.answers.push(...given),
  /** A fault that nobody caught. */
  throwLater: ({ message }) =>
    void setImmediate(() => {
      throw new Error(message);
    }),
  quit: () => void setImmediate(() => app.quit()),
};

process.on('message', async ({ id, ask, ...input }: { id: number; ask: string }) => {
  try {
    process.send?.({ id, value: await answers[ask]?.({ args: [], index: -1, ...input } as unknown as Input) });
  } catch (error) {
    process.send?.({ id, error: String(error) });
  }
});
// Only a test that listens keeps the process: the app alone decides when it ends.
process.channel?.unref();
