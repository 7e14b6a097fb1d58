/** `app`: its times (what must come before ready, what after), its order of quitting, and what it was told. */
import { EventEmitter } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { isReady, record, root, setReady, wish } from './record.ts';

type Held = Partial<Omit<Electron.App, keyof NodeJS.EventEmitter>>;

/** Whether a handler prevented it. */
export function emitPreventable(target: EventEmitter, name: string, fields: object = {}, ...rest: unknown[]): boolean {
  let isPrevented = false;
  const preventDefault = () => {
    isPrevented = true;
  };
  target.emit(name, { ...fields, preventDefault }, ...rest);
  return isPrevented;
}

class App extends EventEmitter implements Held {
  isPackaged = wish.isPackaged;
  name = 'Restage';
  /** Windows that quitting closes: filled by BrowserWindow. */
  openWindows: { close(): void; isDestroyed(): boolean }[] = [];
  isQuitting = false;
  #ready: Promise<void> | null = null;

  getVersion = () => String(JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')).version);
  getName = () => this.name;
  getAppPath = () => root;
  getLocale = () => 'en-US';
  getPreferredSystemLanguages = () => ['ko-KR'];
  getPath: Electron.App['getPath'] = (name) => {
    if (name === 'videos') return wish.videos;
    return record.paths[name] ?? path.join(root, 'not-set', name);
  };
  setPath(name: string, value: string) {
    if (isReady() && name === 'userData') throw new Error('userData must be set before ready');
    record.paths[name] = value;
  }
  setAppUserModelId(id: string) {
    record.identity.appUserModelId = id;
  }
  setDesktopName(name: string) {
    record.identity.desktopName = name;
  }
  setName(name: string) {
    this.name = name;
  }
  setBadgeCount(count = 0) {
    record.badges.push(count);
    return true;
  }
  addRecentDocument(file: string) {
    record.recent.push(file);
  }
  clearRecentDocuments() {
    record.recent.length = 0;
  }
  requestSingleInstanceLock = () => !wish.isSecond;
  disableHardwareAcceleration() {
    if (isReady()) throw new Error('disableHardwareAcceleration() can only be called before app is ready');
  }
  isReady = () => isReady();
  whenReady(): Promise<void> {
    this.#ready ??= this.#becomeReady();
    return this.#ready;
  }
  async #becomeReady() {
    await new Promise((resolve) => setImmediate(resolve));
    for (const file of wish.openFiles) emitPreventable(this, 'open-file', {}, file);
    setReady();
    this.emit('ready', {}, {});
    // As soon as the app may act: while its profile is being opened.
    if (wish.quits === 'opening') setImmediate(() => this.quit());
  }
  relaunch() {
    record.relaunches += 1;
  }

  /** As documented: before-quit, then every window closes (each may refuse), then will-quit; never window-all-closed. */
  quit() {
    if (emitPreventable(this, 'before-quit')) return;
    this.isQuitting = true;
    for (const window of [...this.openWindows]) window.close();
    this.windowGone();
  }
  windowGone() {
    if (this.openWindows.length > 0) return;
    if (!this.isQuitting) {
      if (this.listenerCount('window-all-closed') === 0) this.quit();
      else this.emit('window-all-closed');
      return;
    }
    if (emitPreventable(this, 'will-quit')) return;
    this.emit('quit', {}, 0);
    process.exit(0);
  }
  exit(code = 0) {
    this.emit('quit', {}, code);
    process.exit(code);
  }
}
export const app = new App();
