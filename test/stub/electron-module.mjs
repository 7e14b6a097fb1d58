/**
 * Stands in for the `electron` module of the main process: as strict as the real one about what may be used when, and open to a
 * test that asks what was installed. What it cannot show is Electron's own behaviour.
 */
import { EventEmitter } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { loadPreload } from './preload-world.mjs';

const root = path.resolve(import.meta.dirname, '..', '..');
const keychain = process.env.STUB_KEYCHAIN ?? 'gnome_libsecret';
let isReady = false;

/** Everything that the app did and a test may ask for. */
export const record = {
  paths: {},
  schemes: [],
  opened: [],
  revealed: [],
  dialogs: [],
  dragged: [],
  notified: [],
  menu: undefined,
};

function onlyWhenReady(what) {
  if (!isReady) throw new Error(`${what} can only be used after app is ready`);
}

class App extends EventEmitter {
  isPackaged = process.env.STUB_PACKAGED === '1';
  dock = undefined;
  getVersion = () => JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')).version;
  getAppPath = () => root;
  getLocale = () => 'en-US';
  getPreferredSystemLanguages = () => ['ko-KR'];
  getPath = (name) => record.paths[name] ?? path.join(root, 'not-set');
  setPath(name, value) {
    if (isReady && name === 'userData') throw new Error('userData must be set before ready');
    record.paths[name] = value;
  }
  requestSingleInstanceLock = () => process.env.STUB_SECOND_INSTANCE !== '1';
  disableHardwareAcceleration() {
    if (isReady) throw new Error('disableHardwareAcceleration() can only be called before app is ready');
  }
  async whenReady() {
    await new Promise((resolve) => setImmediate(resolve));
    isReady = true;
  }
  quit() {
    let isPrevented = false;
    this.emit('will-quit', { preventDefault: () => (isPrevented = true) });
    if (!isPrevented) process.exit(0);
  }
  exit = (code) => process.exit(code);
}
export const app = new App();

class IpcMain extends EventEmitter {
  handlers = new Map();
  handle(channel, handler) {
    if (this.handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    this.handlers.set(channel, handler);
  }
}
export const ipcMain = new IpcMain();

export const protocol = {
  handlers: new Map(),
  registerSchemesAsPrivileged(schemes) {
    if (isReady) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    record.schemes.push(...schemes);
  },
  handle(scheme, handler) {
    onlyWhenReady('protocol');
    protocol.handlers.set(scheme, handler);
  },
};

class Session {
  permissions = {};
  setPermissionRequestHandler = (handler) => (this.permissions.request = handler);
  setPermissionCheckHandler = (handler) => (this.permissions.check = handler);
  setDevicePermissionHandler = (handler) => (this.permissions.device = handler);
}
const defaultSession = new Session();
export const session = {
  get defaultSession() {
    onlyWhenReady('session');
    return defaultSession;
  },
};

class WebContents extends EventEmitter {
  mainFrame = { url: '', parent: null };
  windowOpenHandler = () => ({ action: 'allow' });
  setWindowOpenHandler = (handler) => (this.windowOpenHandler = handler);
  isDestroyed = () => false;
  getURL = () => this.mainFrame.url;
  startDrag = (item) => record.dragged.push({ file: item.file, files: item.files, isIconEmpty: item.icon.isEmpty() });
  send(channel, ...args) {
    this.world?.receive(channel, structuredClone(args));
  }
}

export class BrowserWindow extends EventEmitter {
  static windows = [];
  static getAllWindows = () => BrowserWindow.windows;
  /** Which one is in front is the test's to say. */
  static getFocusedWindow = () => BrowserWindow.windows.find(({ isFocused }) => isFocused) ?? null;
  webContents = new WebContents();
  isShown = false;
  isDestroyed = () => false;
  isFocused = true;
  constructor(options) {
    super();
    onlyWhenReady('BrowserWindow');
    this.options = options;
    BrowserWindow.windows.push(this);
    app.emit('web-contents-created', {}, this.webContents);
  }
  isMinimized = () => false;
  restore() {}
  focus() {
    this.focusCount = (this.focusCount ?? 0) + 1;
  }
  show() {
    this.isShown = true;
  }
  async loadURL(url) {
    this.webContents.mainFrame.url = url;
    this.webContents.world = loadPreload(this.options.webPreferences.preload, this.webContents, ipcMain);
    // What a compositor or a broken page may do: no first picture, no page, or no word at all.
    const load = process.env.STUB_LOAD ?? 'shown';
    if (load === 'shown') this.emit('ready-to-show');
    if (load === 'unpainted') this.webContents.emit('did-finish-load');
    process.send?.({ event: 'loaded' });
    if (load !== 'failed') return;
    this.webContents.emit('did-fail-load', {}, -6, 'ERR_FILE_NOT_FOUND', url, true);
    throw Object.assign(new Error(`ERR_FILE_NOT_FOUND (-6) loading '${url}'`), {
      errno: -6,
      code: 'ERR_FILE_NOT_FOUND',
    });
  }
}

const mix = (bytes) => Buffer.from(bytes.map((byte) => byte ^ 0x5a));
export const safeStorage = {
  isEncryptionAvailable() {
    onlyWhenReady('safeStorage');
    return keychain !== 'none';
  },
  getSelectedStorageBackend: () => keychain,
  encryptString: (text) => mix(Buffer.from(text, 'utf8')),
  decryptString: (bytes) => mix(bytes).toString('utf8'),
};

export const shell = {
  openExternal: async (url) => void record.opened.push(url),
  showItemInFolder: (file) => void record.revealed.push(file),
};
export const dialog = {
  showErrorBox: (title, content) => void record.dialogs.push({ title, content }),
  /** The person closes it without a choice. */
  showOpenDialog: async () => ({ canceled: true, filePaths: [] }),
};
export const Menu = {
  buildFromTemplate: (template) => template,
  setApplicationMenu: (menu) => {
    record.menu = menu;
  },
};
export class Notification extends EventEmitter {
  static isSupported() {
    onlyWhenReady('Notification');
    return true;
  }
  constructor({ title, body }) {
    super();
    this.told = { title, body };
  }
  show() {
    record.notified.push(this.told);
    Notification.last = this;
  }
}
const image = (isEmpty) => ({ isEmpty: () => isEmpty, resize: () => image(isEmpty) });
export const nativeImage = {
  createFromBuffer: (buffer) => image(buffer.length === 0),
  createFromBitmap: (buffer) => image(buffer.length === 0),
};

export default {
  app,
  ipcMain,
  protocol,
  session,
  BrowserWindow,
  Notification,
  safeStorage,
  shell,
  dialog,
  Menu,
  nativeImage,
};

// Not awaited: the driver imports this module, and would wait for itself.
void import('./driver.mjs');
