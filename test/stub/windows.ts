/** `BrowserWindow` and its `webContents`: the page is the real preload in a world of its own. */
import { EventEmitter } from 'node:events';
import { app, emitPreventable } from './application.ts';
import { ipcMain } from './channels.ts';
import { loadPreload, type World } from './preloadWorld.ts';
import { onlyWhenReady, record, wish } from './record.ts';

type HeldContents = Partial<Omit<Electron.WebContents, keyof NodeJS.EventEmitter | 'mainFrame'>>;
type HeldWindow = Partial<Omit<Electron.BrowserWindow, keyof NodeJS.EventEmitter | 'webContents'>>;
type OpenHandler = Parameters<Electron.WebContents['setWindowOpenHandler']>[0];

class WebContents extends EventEmitter implements HeldContents {
  mainFrame: { url: string; parent: null } = { url: '', parent: null };
  world: World | null = null;
  reloads = 0;
  edits: string[] = [];
  load: () => Promise<void> = () => Promise.resolve();
  windowOpenHandler: OpenHandler = () => ({ action: 'allow' });
  #isDestroyed = false;

  setWindowOpenHandler = (handler: OpenHandler) => {
    this.windowOpenHandler = handler;
  };
  isDestroyed = () => this.#isDestroyed;
  getURL = () => this.mainFrame.url;
  /** The real one returns silently when the icon is empty; here that is an error of the test. */
  startDrag = ({ file, files, icon }: Electron.Item) => {
    if (typeof icon === 'string' || icon.isEmpty()) throw new Error('startDrag got an empty icon: nothing would move');
    record.dragged.push({ file, files, isIconEmpty: false });
  };
  send(channel: string, ...args: unknown[]) {
    this.world?.receive(channel, structuredClone(args));
  }
  reload() {
    this.reloads += 1;
    void this.load().catch(() => undefined);
  }
  forcefullyCrashRenderer() {
    this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 11 });
  }
  destroyed() {
    this.#isDestroyed = true;
    this.emit('destroyed');
  }
}

export class BrowserWindow extends EventEmitter implements HeldWindow {
  static windows: BrowserWindow[] = [];
  static getAllWindows = () => BrowserWindow.windows.filter((window) => !window.isDestroyed());
  /** Which one is in front is the test's to say. */
  static getFocusedWindow = () => BrowserWindow.getAllWindows().find((window) => window.hasFocus) ?? null;
  static fromWebContents = (contents: unknown) =>
    BrowserWindow.windows.find((window) => (window.webContents as unknown) === contents) ?? null;

  webContents = new WebContents();
  isShown = false;
  hasFocus = true;
  focusCount: number | undefined = undefined;
  title: string;
  progress: { value: number; mode: string | undefined }[] = [];
  bounds: Electron.Rectangle;
  #is = { destroyed: false, maximized: false, fullScreen: false, minimized: false };

  readonly options: Electron.BrowserWindowConstructorOptions;

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    super();
    this.options = options;
    onlyWhenReady('BrowserWindow');
    const { x = 100, y = 100, width = 800, height = 600, title = '' } = options;
    this.bounds = { x, y, width, height };
    this.title = title;
    BrowserWindow.windows.push(this);
    app.openWindows.push(this);
    app.emit('web-contents-created', {}, this.webContents);
    app.emit('browser-window-created', {}, this);
  }
  isDestroyed = () => this.#is.destroyed;
  isMinimized = () => this.#is.minimized;
  isMaximized = () => this.#is.maximized;
  isFullScreen = () => this.#is.fullScreen;
  isVisible = () => this.isShown;
  isFocused = () => this.hasFocus;
  getBounds = () => this.bounds;
  getNormalBounds = () => this.bounds;
  setBounds(bounds: Partial<Electron.Rectangle>) {
    this.bounds = { ...this.bounds, ...bounds };
    this.emit('resize');
    this.emit('move');
  }
  maximize() {
    this.#is.maximized = true;
    this.emit('maximize');
  }
  minimize() {
    this.#is.minimized = true;
  }
  setFullScreen(flag: boolean) {
    this.#is.fullScreen = flag;
    this.emit(flag ? 'enter-full-screen' : 'leave-full-screen');
  }
  restore() {
    this.#is.minimized = false;
  }
  setTitle(title: string) {
    this.title = title;
  }
  getTitle = () => this.title;
  setProgressBar(value: number, options?: Electron.ProgressBarOptions) {
    this.progress.push({ value, mode: options?.mode });
  }
  flashFrame() {}
  setBackgroundColor(color: string) {
    this.options.backgroundColor = color;
  }
  focus() {
    this.focusCount = (this.focusCount ?? 0) + 1;
  }
  show() {
    this.isShown = true;
  }
  close() {
    if (this.#is.destroyed || emitPreventable(this, 'close')) return;
    this.destroy();
  }
  destroy() {
    if (this.#is.destroyed) return;
    this.#is.destroyed = true;
    this.webContents.destroyed();
    this.emit('closed');
    app.openWindows = app.openWindows.filter((window) => window !== this);
    app.windowGone();
  }
  loadURL(url: string): Promise<void> {
    this.webContents.load = () => this.#load(url);
    return this.#load(url);
  }
  async #load(url: string): Promise<void> {
    this.webContents.mainFrame.url = url;
    this.webContents.world = loadPreload(this.options.webPreferences?.preload ?? '', this.webContents, ipcMain);
    if (wish.load === 'shown') this.emit('ready-to-show');
    if (wish.load === 'unpainted' || wish.load === 'shown') this.webContents.emit('did-finish-load');
    process.send?.({ event: 'loaded' });
    if (wish.load !== 'failed') return;
    this.webContents.emit('did-fail-load', {}, -6, 'ERR_FILE_NOT_FOUND', url, true);
    const message = `ERR_FILE_NOT_FOUND (-6) loading '${url}'`;
    throw Object.assign(new Error(message), { errno: -6, code: 'ERR_FILE_NOT_FOUND' });
  }
}
