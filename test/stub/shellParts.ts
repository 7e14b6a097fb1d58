/** The system around the window: keychain, links, dialogs, menus, notifications, pictures, displays, power, theme, clipboard. */
import { EventEmitter } from 'node:events';
import { onlyWhenReady, record, wish } from './record.ts';

const mix = (bytes: Buffer) => Buffer.from(bytes.map((byte) => byte ^ 0x5a));

export const safeStorage = {
  async isAsyncEncryptionAvailable() {
    onlyWhenReady('safeStorage');
    record.keychainCalls.push('isAsyncEncryptionAvailable');
    return wish.keychain !== 'none';
  },
  getSelectedStorageBackend: () => wish.keychain as ReturnType<Electron.SafeStorage['getSelectedStorageBackend']>,
  async encryptStringAsync(text: string) {
    record.keychainCalls.push('encryptStringAsync');
    return mix(Buffer.from(text, 'utf8'));
  },
  async decryptStringAsync(bytes: Buffer) {
    record.keychainCalls.push('decryptStringAsync');
    return { result: mix(bytes).toString('utf8'), shouldReEncrypt: false };
  },
} satisfies Partial<Electron.SafeStorage>;

export const shell = {
  openExternal: async (url: string) => void record.opened.push(url),
  showItemInFolder: (file: string) => void record.revealed.push(file),
} satisfies Partial<Electron.Shell>;

/** What the next message box is answered with; the test says. */
export const person = { answers: [] as number[] };

export const dialog = {
  showErrorBox: (title: string, content: string) => void record.dialogs.push({ title, content }),
  /** The person closes it without a choice. */
  showOpenDialog: (async () => ({ canceled: true, filePaths: [] })) as Electron.Dialog['showOpenDialog'],
  showMessageBox: (async (...args: [unknown, unknown?]) => {
    const options = (args[1] ?? args[0]) as Electron.MessageBoxOptions;
    const { message, detail, buttons } = options;
    record.dialogs.push({ message, detail, buttons });
    return { response: person.answers.shift() ?? options.cancelId ?? 0, checkboxChecked: false };
  }) as Electron.Dialog['showMessageBox'],
} satisfies Partial<Electron.Dialog>;

export const clipboard = {
  writeText: async (text: string) => void record.copied.push(text),
} satisfies Partial<Electron.Clipboard>;

export class Notification extends EventEmitter {
  static shown: Notification[] = [];
  static isSupported() {
    onlyWhenReady('Notification');
    return true;
  }
  readonly told: { title: string; body: string };
  constructor({ title = '', body = '' }: Electron.NotificationConstructorOptions = {}) {
    super();
    this.told = { title, body };
  }
  show() {
    if (wish.notifications === 'failed') {
      this.emit('failed', {}, 'UNErrorDomain error 1: not allowed for this application');
      return;
    }
    record.notified.push(this.told);
    Notification.shown.push(this);
  }
}

const image = (isEmpty: boolean) => ({ isEmpty: () => isEmpty, resize: () => image(isEmpty) });
export const nativeImage = {
  createFromBuffer: (buffer: Buffer) => image(buffer.length === 0) as unknown as Electron.NativeImage,
  createFromBitmap: (buffer: Buffer) => image(buffer.length === 0) as unknown as Electron.NativeImage,
  createFromPath: () => image(false) as unknown as Electron.NativeImage,
} satisfies Partial<typeof Electron.nativeImage>;

class NativeTheme extends EventEmitter implements Partial<Omit<Electron.NativeTheme, keyof NodeJS.EventEmitter>> {
  shouldUseDarkColors = true;
  #source: Electron.NativeTheme['themeSource'] = 'system';
  get themeSource() {
    return this.#source;
  }
  set themeSource(source) {
    if (!['system', 'light', 'dark'].includes(source)) throw new TypeError(`themeSource: ${source}`);
    this.#source = source;
    this.shouldUseDarkColors = source !== 'light';
    record.themeSources.push(source);
    this.emit('updated');
  }
}
export const nativeTheme = new NativeTheme();

class Screen extends EventEmitter implements Partial<Omit<Electron.Screen, keyof NodeJS.EventEmitter>> {
  getAllDisplays() {
    onlyWhenReady('screen');
    const [width, height] = wish.display;
    return [
      { id: 1, bounds: { x: 0, y: 0, width, height }, workArea: { x: 0, y: 0, width, height: height - 40 } },
    ] as Electron.Display[];
  }
  getPrimaryDisplay = () => this.getAllDisplays()[0] as Electron.Display;
}
export const screen = new Screen();

export const powerMonitor = new EventEmitter();

export const powerSaveBlocker = {
  start(kind: 'prevent-app-suspension' | 'prevent-display-sleep') {
    if (kind !== 'prevent-app-suspension') throw new Error(`The screen may sleep: ${kind}`);
    record.blockers.running += 1;
    record.blockers.started += 1;
    return record.blockers.started;
  },
  stop() {
    record.blockers.running -= 1;
    return true;
  },
} satisfies Partial<Electron.PowerSaveBlocker>;
