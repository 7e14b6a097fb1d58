/** Answers a test's questions about the running stand-in, over the channel that `fork` opens. */
import fs from 'node:fs';
import path from 'node:path';
import { app, BrowserWindow, ipcMain, Notification, protocol, record, session } from './electron-module.mjs';
import { pathOfFile } from './preload-world.mjs';

const contents = () => BrowserWindow.windows[0].webContents;
const heard = [];

/** An event whose default a handler may prevent; answers whether it was. */
function prevented(target, name, fields, ...rest) {
  let isPrevented = false;
  target.emit(name, { ...fields, preventDefault: () => (isPrevented = true) }, ...rest);
  return isPrevented;
}

function makeFile({ path: onDisk, name, text }) {
  if (onDisk === undefined) return new File([text], name);
  const file = new File([fs.readFileSync(onDisk)], path.basename(onDisk));
  pathOfFile.set(file, onDisk);
  return file;
}

const answers = {
  describe: () => ({
    ...record,
    windows: BrowserWindow.windows.map(({ options, isShown, focusCount }) => ({ options, isShown, focusCount })),
    urls: BrowserWindow.windows.map((window) => window.webContents.getURL()),
    channels: [...ipcMain.handlers.keys()],
    bridge: Object.keys(contents().world.page.restage),
    world: Object.keys(contents().world.page),
  }),
  async fetch({ url, method = 'GET', headers = {} }) {
    const scheme = new URL(url).protocol.slice(0, -1);
    const answer = await protocol.handlers.get(scheme)(new Request(url, { method, headers }));
    const body = Buffer.from(await answer.arrayBuffer());
    return { status: answer.status, headers: Object.fromEntries(answer.headers), body: body.toString('base64') };
  },
  /** A message on a channel, as a frame of the test's choosing would send it. */
  invoke: ({ channel, args, frame }) =>
    ipcMain.handlers.get(channel)({ sender: contents(), senderFrame: frame }, ...args),
  describeProcess: () => ({ pid: process.pid }),
  page: ({ method, args }) => contents().world.page.restage[method](...args),
  intake: ({ files }) => contents().world.page.restage.intake(files.map(makeFile)),
  listen: ({ event }) => void contents().world.page.restage.on(event, (payload) => heard.push({ event, payload })),
  heard: () => heard,
  navigate: ({ name, url, isMainFrame }) => prevented(contents(), name, { url, isMainFrame }),
  openWindow: ({ url }) => contents().windowOpenHandler({ url }).action,
  attachWebview: () => prevented(contents(), 'will-attach-webview', {}, { preload: '/evil.js' }, {}),
  askPermission: ({ permission, url }) =>
    new Promise((resolve) => session.defaultSession.permissions.request({ getURL: () => url }, permission, resolve)),
  checkPermission: ({ permission, url }) => session.defaultSession.permissions.check(null, permission, url, {}),
  useDevice: () => session.defaultSession.permissions.device({ deviceType: 'hid' }),
  /** The person looks elsewhere, or back. */
  focus: ({ isFocused }) => {
    for (const window of BrowserWindow.windows) window.isFocused = isFocused;
  },
  clickNotification: () => void Notification.last?.emit('click'),
  emitOnApp: ({ name }) => void app.emit(name, {}),
  quit: () => void setImmediate(() => app.quit()),
};

process.on('message', async ({ id, ask, ...input }) => {
  try {
    process.send({ id, value: await answers[ask](input) });
  } catch (error) {
    process.send({ id, error: String(error) });
  }
});
// Only a test that listens keeps the process: the app alone decides when it ends.
process.channel?.unref();
