/** The built Electron entry as a citizen of the desktop: menus, files from outside, faults, crashes, its window's place, theme, drag-out. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { electronChannels } from '../../../shared/electronChannels.ts';
import { startElectron } from './startElectron.ts';

const root = path.resolve(import.meta.dirname, '..', '..', '..');
const picture = path.join(root, 'samples', 'wanderer.jpg');
const ownFrame = { url: 'app://restage/', parent: null };
const offline = { RESTAGE_API_URL: 'http://127.0.0.1:9', RESTAGE_FILES_URL: 'http://127.0.0.1:9', EVOLINK_API_KEY: '' };

function makeFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'restage-shell-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

interface Item {
  id?: string;
  label?: string;
  role?: string;
  enabled?: boolean;
  submenu?: Item[];
}
interface Described {
  menu: Item[];
  contextMenu: Item[] | undefined;
  dialogs: { message: string; detail: string; buttons: string[] }[];
  copied: string[];
  recent: string[];
  themeSources: string[];
  identity: Record<string, string>;
  dragged: { file: string; files: string[] }[];
  windows: {
    options: { backgroundColor: string };
    bounds: object;
    isMaximized: boolean;
    reloads: number;
    title: string;
    focusCount?: number;
  }[];
}
interface Heard {
  event: string;
  payload: { kind: string; id?: string; files?: { name: string; result: { ok: boolean } }[] };
}

async function start(folder: string, options: { env?: Record<string, string>; args?: string[] } = {}) {
  const electron = await startElectron({
    args: ['--profile', folder, '--library', path.join(folder, 'library'), ...(options.args ?? [])],
    env: { ...offline, ...options.env },
  });
  onTestFinished(() => electron.kill());
  const call = (command: string, input: object = {}) =>
    electron.ask('page', { method: 'call', args: [command, input] });
  return {
    ...electron,
    call,
    describe: () => electron.ask<Described>('describe'),
    heard: () => electron.ask<Heard[]>('heard'),
    /** The page listens, as its first screen does. */
    listen: () => electron.ask('listenToHost'),
    send: (channel: string, ...args: unknown[]) => electron.ask('send', { channel, args, frame: ownFrame }),
  };
}

describe('F12, F13: menus', () => {
  it('follow the page and the language, and say to the page what was chosen', async () => {
    const app = await start(makeFolder());
    await app.listen();
    const labels = async () => (await app.describe()).menu.map(({ label }) => label);
    await app.call('settings.set', { language: 'en' });
    await expect.poll(labels).toEqual(['File', 'Edit', 'View', 'Playback', 'Queue', 'Library', 'Window', 'Help']);
    const playPause = { id: 'playPause', group: 'player', chord: 'space', isLive: true };
    const evil = { ...playPause, id: 'evil' };
    await app.ask('page', { method: 'setMenu', args: [[playPause, { ...playPause, id: 'stop', isLive: false }]] });
    await app.call('settings.set', { language: 'ja' });
    await expect.poll(labels).toContain('再生');
    const { menu } = await app.describe();
    const player = menu.find(({ label }) => label === '再生')?.submenu ?? [];
    expect(player.map(({ id, enabled }) => [id, enabled])).toEqual([
      ['playPause', true],
      ['stop', false],
    ]);
    expect(player[0]?.label).not.toBe('playPause');
    await app.ask('clickMenu', { item: 'playPause' });
    expect((await app.heard()).map(({ payload }) => payload)).toEqual([{ kind: 'command', id: 'playPause' }]);
    // Neither a strange frame nor strange words change them.
    const frame = { url: 'https://evil.example/', parent: null };
    await app.ask('send', { channel: electronChannels.menu, args: [[evil]], frame });
    await app.send(electronChannels.menu, [{ ...playPause, id: 'a b' }]);
    expect((await app.describe()).menu).toEqual(menu);
    expect(await app.quit()).toBe(0);
  });

  it('a right click edits text fields, copies chosen text, and offers nothing on links and pictures', async () => {
    const app = await start(makeFolder());
    const flags = { canUndo: true, canRedo: false, canCut: true, canCopy: true, canPaste: true, canSelectAll: true };
    const rightClick = async (params: object) => {
      const shown = { isEditable: false, selectionText: '', editFlags: flags, ...params };
      await app.ask('emitOnContents', { name: 'context-menu', args: [shown] });
      return (await app.describe()).contextMenu?.flatMap(({ role }) => role ?? []);
    };
    expect(await rightClick({ linkURL: 'https://evil.example/', mediaType: 'image' })).toBeUndefined();
    expect(await rightClick({ isEditable: true })).toEqual(['undo', 'redo', 'cut', 'copy', 'paste', 'selectAll']);
    expect(await rightClick({ selectionText: 'a job' })).toEqual(['copy']);
    expect(await app.quit()).toBe(0);
  });

  it('About and the report are copied without keys and folders', async () => {
    const folder = makeFolder();
    const app = await start(folder);
    await app.ask('answerDialogs', { answers: [0] });
    await app.ask('clickMenu', { item: 'about' });
    await app.ask('clickMenu', { item: 'copyReport' });
    await expect.poll(async () => (await app.describe()).copied.length).toBe(2);
    const { copied, dialogs } = await app.describe();
    expect(dialogs[0]?.detail).toMatch(/^Restage \d+\.\d+\.\d+\n/);
    for (const text of copied) {
      expect(text).toContain('SQLite');
      expect(text).not.toContain(folder);
    }
    expect(await app.quit()).toBe(0);
  });
});

describe('F23: files from outside', () => {
  it('reach the page as assets: before ready, by the first start, a second one, and later', async () => {
    const folder = makeFolder();
    const copies = ['early.jpg', 'named.jpg', 'second.jpg', 'later.jpg'].map((name) => path.join(folder, name));
    for (const copy of copies) fs.copyFileSync(picture, copy);
    const [early = '', named = '', second = '', later = ''] = copies;
    const app = await start(folder, { env: { STUB_OPEN_FILES: JSON.stringify([early]) }, args: [named] });
    await app.listen();
    const opened = async () =>
      (await app.heard()).flatMap(({ payload }) => payload.files ?? []).map(({ name, result }) => [name, result.ok]);
    await expect.poll(opened, { timeout: 60_000 }).toHaveLength(2);
    await app.ask('emitOnApp', {
      name: 'second-instance',
      args: [['restage', '--flag', 'second.jpg', folder], folder],
    });
    await expect.poll(opened, { timeout: 60_000 }).toHaveLength(3);
    await app.ask('emitOnApp', { name: 'open-file', args: [later] });
    await app.ask('emitOnApp', { name: 'open-file', args: [path.join(folder, 'gone.mp4')] });
    await expect.poll(opened, { timeout: 60_000 }).toHaveLength(5);
    expect((await opened()).toSorted()).toEqual([
      ['early.jpg', true],
      ['gone.mp4', false],
      ['later.jpg', true],
      ['named.jpg', true],
      ['second.jpg', true],
    ]);
    const { recent, windows } = await app.describe();
    expect(recent.toSorted()).toEqual([early, later, named, second].toSorted());
    expect(windows[0]?.focusCount).toBe(1);
    expect(JSON.stringify(await app.heard())).not.toContain(folder);
    expect(await app.quit()).toBe(0);
  });
});

describe('F18: faults', () => {
  it('that nothing caught are logged once each and said once, with a report to copy', async () => {
    const folder = makeFolder();
    const app = await start(folder);
    await app.ask('answerDialogs', { answers: [0] });
    await app.ask('throwLater', { message: 'a planted fault sk-evo-planted-0123456789' });
    await expect.poll(async () => (await app.describe()).copied.length).toBe(1);
    await app.ask('throwLater', { message: 'another fault' });
    const log = path.join(folder, 'logs', 'restage.log');
    await expect.poll(() => fs.readFileSync(log, 'utf8')).toContain('another fault');
    const { dialogs, copied } = await app.describe();
    expect(dialogs).toHaveLength(1);
    expect(dialogs[0]?.detail).toContain('a planted fault');
    const text = JSON.stringify([dialogs, copied]);
    expect(text).not.toContain('planted-0123456789');
    expect(copied[0]).toContain('uncaughtException');
    expect(fs.readFileSync(log, 'utf8').match(/a planted fault/g)?.length).toBeGreaterThan(0);
    expect(await app.quit()).toBe(0);
  });

  it('a page that crashed is loaded anew; twice in a minute a person is asked', async () => {
    const app = await start(makeFolder());
    const crash = () =>
      app.ask('emitOnContents', { name: 'render-process-gone', args: [{ reason: 'crashed', exitCode: 11 }] });
    await crash();
    const state = async () => {
      const { windows, dialogs } = await app.describe();
      return [windows[0]?.reloads, dialogs.length];
    };
    expect(await state()).toEqual([1, 0]);
    expect(await app.call('settings.get')).toMatchObject({ ok: true });
    await app.ask('answerDialogs', { answers: [0] });
    await crash();
    await expect.poll(state).toEqual([2, 1]);
    // Quit is the other answer.
    await app.ask('answerDialogs', { answers: [1] });
    await crash();
    expect(await app.ended).toBe(0);
  });

  it('a page that hangs can be loaded anew', async () => {
    const app = await start(makeFolder());
    await app.ask('answerDialogs', { answers: [0] });
    await app.ask('emitOnWindow', { name: 'unresponsive' });
    await expect.poll(async () => (await app.describe()).windows[0]?.reloads).toBe(1);
    expect(await app.quit()).toBe(0);
  });
});

describe('F24: the window', () => {
  it('comes back where and how it was, in the theme that was chosen', async () => {
    const folder = makeFolder();
    const first = await start(folder);
    await first.call('settings.set', { theme: 'light' });
    await first.ask('window', { method: 'setBounds', args: [{ x: 40, y: 50, width: 1200, height: 800 }] });
    await first.ask('window', { method: 'maximize' });
    expect(await first.quit()).toBe(0);
    const second = await start(folder);
    const { windows, themeSources } = await second.describe();
    expect(windows[0]).toMatchObject({ isMaximized: true, bounds: { x: 40, y: 50, width: 1200, height: 800 } });
    expect(windows[0]?.options.backgroundColor).toBe('#e9e9e9');
    expect(themeSources.at(-1)).toBe('light');
    await second.call('settings.set', { theme: 'dark' });
    await expect.poll(async () => (await second.describe()).themeSources.at(-1)).toBe('dark');
    expect(await second.quit()).toBe(0);
    fs.writeFileSync(path.join(folder, 'window.json'), '{"bounds":"no"');
    const third = await start(folder);
    expect((await third.describe()).windows[0]).toMatchObject({
      isMaximized: false,
      bounds: { width: 1400, height: 900 },
    });
    expect(await third.quit()).toBe(0);
  });
});

describe('F26: the system’s folder for videos', () => {
  it('is where a new profile keeps its results, in every host', async () => {
    const folder = makeFolder();
    const videos = path.join(folder, 'My Videos');
    const electron = await startElectron({
      args: ['--profile', path.join(folder, 'profile')],
      env: { ...offline, STUB_VIDEOS: videos, HOME: folder },
    });
    onTestFinished(() => electron.kill());
    const settings = await electron.ask('page', { method: 'call', args: ['settings.get', {}] });
    expect(settings).toMatchObject({ ok: true, value: { libraryDir: path.join(videos, 'Restage') } });
    expect(fs.existsSync(path.join(videos, 'Restage'))).toBe(true);
    expect(await electron.quit()).toBe(0);
  });
});

describe('F22: quitting', () => {
  it('in the middle of the start ends in order', async () => {
    const folder = makeFolder();
    const electron = await startElectron({
      args: ['--profile', folder],
      env: { ...offline, STUB_QUIT: 'opening' },
      waitsForPage: false,
    });
    onTestFinished(() => electron.kill());
    expect(await electron.ended).toBe(0);
    // What was being opened was opened, and closed in order: no journal is left beside it.
    expect(fs.existsSync(path.join(folder, 'jobs.db'))).toBe(true);
    expect(fs.existsSync(path.join(folder, 'jobs.db-wal'))).toBe(false);
  });
});
