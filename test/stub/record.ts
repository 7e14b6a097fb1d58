/** What the app did with the stand-in, for a test that asks; and the faults that a test wishes for, by environment. */
import os from 'node:os';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '..', '..');

export const record = {
  paths: {} as Record<string, string>,
  schemes: [] as Electron.CustomScheme[],
  opened: [] as string[],
  revealed: [] as string[],
  dialogs: [] as unknown[],
  dragged: [] as { file: string; files: string[] | undefined; isIconEmpty: boolean }[],
  notified: [] as { title: string; body: string }[],
  forked: [] as { command: string; serviceName: string | undefined; env: string[] }[],
  keychainCalls: [] as string[],
  recent: [] as string[],
  badges: [] as number[],
  copied: [] as string[],
  identity: {} as Record<string, string>,
  jumpList: [] as unknown[],
  blockers: { started: 0, running: 0 },
  themeSources: [] as string[],
  relaunches: 0,
};

/** STUB_…: what a system, a compositor or a broken page may do. */
export const wish = {
  keychain: process.env.STUB_KEYCHAIN ?? 'gnome_libsecret',
  isPackaged: process.env.STUB_PACKAGED === '1',
  isSecond: process.env.STUB_SECOND_INSTANCE === '1',
  /** shown · unpainted: no first picture · silent: no word at all · failed: no page */
  load: process.env.STUB_LOAD ?? 'shown',
  /** Files that the system asks to open before the app is ready, as macOS does. */
  openFiles: JSON.parse(process.env.STUB_OPEN_FILES ?? '[]') as string[],
  videos: process.env.STUB_VIDEOS ?? path.join(os.homedir(), process.platform === 'darwin' ? 'Movies' : 'Videos'),
  /** opening: a person quits while the app is still starting. */
  quits: process.env.STUB_QUIT ?? '',
  notifications: process.env.STUB_NOTIFICATIONS ?? 'shown',
  display: JSON.parse(process.env.STUB_DISPLAY ?? '[1920,1080]') as [number, number],
};

const state = { isReady: false };
export const setReady = () => {
  state.isReady = true;
};
export const isReady = () => state.isReady;

export function onlyWhenReady(what: string): void {
  if (!state.isReady) throw new Error(`${what} can only be used after app is ready`);
}
