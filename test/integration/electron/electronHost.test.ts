/** The built Electron entry: what its window may do, what its page receives, and who is turned away. */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentSecurityPolicy } from '../../../main/hosts/contentSecurityPolicy.ts';
import { mediaHeaders } from '../../../main/serve/mediaHeaders.ts';
import { electronChannels } from '../../../shared/electronChannels.ts';
import type { Result } from '../../../shared/errors.ts';
import { type RunningElectron, startElectron } from './startElectron.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'restage-electron-'));
const profileDir = path.join(folder, 'profile');
const ownFrame = { url: 'app://restage/', parent: null };
let electron: RunningElectron;

beforeAll(async () => {
  electron = await startElectron({
    args: ['--profile', profileDir, '--library', path.join(folder, 'library'), '--remote-debugging-port=0'],
    env: { EVOLINK_API_KEY: '' },
  });
});
afterAll(async () => {
  await electron.quit();
  fs.rmSync(folder, { recursive: true, force: true });
});

interface Fetched {
  status: number;
  headers: Record<string, string>;
  body: string;
}
const get = (url: string, input: { method?: string; headers?: Record<string, string> } = {}) =>
  electron.ask<Fetched>('fetch', { url, ...input });
const textOf = (answer: Fetched) => Buffer.from(answer.body, 'base64').toString('utf8');
const invoke = (channel: string, frame: unknown, ...args: unknown[]) =>
  electron.ask('invoke', { channel, frame, args });

interface Description {
  windows: { options: Record<string, unknown>; isShown: boolean; focusCount?: number }[];
  urls: string[];
  schemes: unknown;
  channels: string[];
  bridge: string[];
  world: string[];
  paths: Record<string, string>;
  dragged: unknown[];
}
const describeApp = () => electron.ask<Description>('describe');

describe('the window', () => {
  it('is sandboxed, isolated and without Node, and shows our page', async () => {
    const { windows, urls } = await describeApp();
    expect(windows).toHaveLength(1);
    expect(windows[0]?.options.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
    });
    expect(windows[0]?.options).toMatchObject({ minWidth: 1024, minHeight: 600, show: false, autoHideMenuBar: true });
    expect(windows[0]?.isShown).toBe(true);
    expect(urls).toEqual(['app://restage/']);
  });

  it('keeps Chromium’s files in a folder of the profile, and compiled code of the page', async () => {
    const { paths } = await describeApp();
    expect(paths.userData).toBe(path.join(profileDir, 'electron'));
  });

  it('comes to the front when Restage is started again', async () => {
    await electron.ask('emitOnApp', { name: 'second-instance', args: [['electron', '.'], '/'] });
    const { windows } = await describeApp();
    expect(windows).toHaveLength(1);
    expect(windows[0]?.focusCount).toBe(1);
  });

  it('gives its page the contract and nothing else', async () => {
    const { bridge, world, channels } = await describeApp();
    expect(world).toEqual(['restage']);
    expect(bridge.sort()).toEqual(['call', 'dragOut', 'intake', 'on', 'onHost', 'prepareDrag', 'setMenu']);
    expect(channels.sort()).toEqual([electronChannels.call, electronChannels.intake].sort());
  });
});

describe('app://', () => {
  it('is a standard, secure scheme that can stream', async () => {
    const { schemes } = await describeApp();
    expect(schemes).toEqual([
      {
        scheme: 'app',
        privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
      },
    ]);
  });

  it('serves the built page under the policy', async () => {
    const page = await get('app://restage/');
    expect(page.status).toBe(200);
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.headers['content-security-policy']).toBe(contentSecurityPolicy);
    expect(page.headers['x-content-type-options']).toBe('nosniff');
    const script = /src="\.\/(assets\/[^"]+\.js)"/.exec(textOf(page))?.[1];
    const module = await get(`app://restage/${script}`);
    expect(module.status).toBe(200);
    expect(module.headers['content-type']).toBe('text/javascript; charset=utf-8');
  });

  it.each([
    '..%2f..%2fpackage.json',
    '%2e%2e/%2e%2e/package.json',
    '..%5c..%5cpackage.json',
    'assets/..%2f..%2fpackage.json',
    '%2fetc%2fpasswd',
    'assets',
    '%',
  ])('serves nothing outside the page: %s', async (name) => {
    const answer = await get(`app://restage/${name}`);
    expect(answer.status).toBe(404);
    expect(textOf(answer)).not.toContain('restage"');
  });

  it('answers for no other host, and writes nothing', async () => {
    expect((await get('app://evil/')).status).toBe(404);
    expect((await get('app://restage.evil/')).status).toBe(404);
    expect((await get('app://restage/', { method: 'POST' })).status).toBe(405);
    expect((await get('app://restage/media/asset/none', { method: 'DELETE' })).status).toBe(405);
  });

  it('trust 6: says 404 for media that are not there, under the policy of media', async () => {
    const answer = await get('app://restage/media/asset/none');
    expect(answer.status).toBe(404);
    expect(answer.headers).toMatchObject(mediaHeaders);
  });
});

describe('calls', () => {
  it('of the page are answered through preload', async () => {
    const answer = await electron.ask<Result<{ capabilities: unknown; locale: string }>>('page', {
      method: 'call',
      args: ['app.info', {}],
    });
    expect(answer).toMatchObject({
      ok: true,
      value: { locale: 'ko-KR', capabilities: { nativeDragOut: true, reveal: true, keychain: true } },
    });
  });

  it('bring events back', async () => {
    await electron.ask('listen', { event: 'settings.changed' });
    await electron.ask('page', { method: 'call', args: ['settings.set', { theme: 'light' }] });
    await expect
      .poll(() => electron.ask('heard'))
      .toEqual([{ event: 'settings.changed', payload: expect.objectContaining({ theme: 'light' }) }]);
  });

  it.each<[string, unknown]>([
    ['a frame inside the page', { url: 'app://restage/', parent: { url: 'app://restage/' } }],
    ['another site', { url: 'https://evil.example/', parent: null }],
    ['another host of our scheme', { url: 'app://evil/', parent: null }],
    ['a look-alike', { url: 'app://restage.evil/', parent: null }],
    ['our name on https', { url: 'https://restage/', parent: null }],
    ['a blank page', { url: 'about:blank', parent: null }],
    ['a file', { url: 'file:///app://restage/', parent: null }],
    ['a frame that is gone', null],
    ['a page that was not loaded yet', { url: '', parent: null }],
  ])('of %s are refused on every channel', async (_who, frame) => {
    await expect(invoke(electronChannels.call, frame, 'settings.get', {})).rejects.toThrow('refused');
    const path = { kind: 'path', path: '/etc/passwd' };
    await expect(invoke(electronChannels.intake, frame, path)).rejects.toThrow('refused');
  });

  it('must be known and well-formed', async () => {
    expect(await invoke(electronChannels.call, ownFrame, 'constructor', {})).toMatchObject({
      ok: false,
      error: { code: 'notFound' },
    });
    expect(await invoke(electronChannels.call, ownFrame, { toString: 1 }, {})).toMatchObject({ ok: false });
    expect(await invoke(electronChannels.call, ownFrame, 'settings.set', { theme: 'purple' })).toMatchObject({
      ok: false,
      error: { code: 'refused' },
    });
  });
});

describe('intake', () => {
  it('takes a real file by its path and a made one by its bytes, in order', async () => {
    const onDisk = path.join(folder, '-a note 踊り.mp4');
    fs.writeFileSync(onDisk, 'this is text');
    const results = await electron.ask<Result<unknown>[]>('intake', {
      files: [{ path: onDisk }, { name: 'made.mp4', text: randomBytes(50_000).toString('hex') }, { path: onDisk }],
    });
    expect(results.map((result) => (result.ok ? 'ok' : result.error.code))).toEqual(['refused', 'refused', 'refused']);
  });

  it('brings a picture in', async () => {
    const picture = path.join(import.meta.dirname, '..', '..', '..', 'samples', 'wanderer.jpg');
    const [result] = await electron.ask<Result<{ name: string; facts: { kind: string } }>[]>('intake', {
      files: [{ path: picture }],
    });
    expect(result).toMatchObject({ ok: true, value: { name: 'wanderer.jpg', facts: { kind: 'image' } } });
  });

  it.each([{ kind: 'path' }, { kind: 'path', path: 7 }, { kind: 'chunk', id: 99, bytes: {} }, {}, null, 'x'])(
    'refuses a message that is none: %j',
    async (message) => {
      await expect(invoke(electronChannels.intake, ownFrame, message)).rejects.toThrow();
    },
  );

  it('knows no stream that was not begun', async () => {
    await expect(invoke(electronChannels.intake, ownFrame, { kind: 'end', id: 4711 })).rejects.toThrow(
      'no such stream',
    );
  });
});

describe('what a page might try', () => {
  it.each(['https://evil.example/', 'file:///etc/passwd', 'app://evil/', 'javascript:alert(1)', 'data:text/html,x'])(
    'leaving for %s is prevented',
    async (url) => {
      for (const name of ['will-frame-navigate', 'will-redirect']) {
        expect(await electron.ask('navigate', { name, url, isMainFrame: true })).toBe(true);
      }
    },
  );

  it('trust 6: media never become the window’s own document', async () => {
    for (const name of ['will-frame-navigate', 'will-redirect']) {
      const url = 'app://restage/media/asset/i0123456789abcdef';
      expect(await electron.ask('navigate', { name, url, isMainFrame: true })).toBe(true);
    }
  });

  it('a reload of our page is not prevented, a frame inside it is', async () => {
    const url = 'app://restage/';
    expect(await electron.ask('navigate', { name: 'will-frame-navigate', url, isMainFrame: true })).toBe(false);
    expect(await electron.ask('navigate', { name: 'will-frame-navigate', url, isMainFrame: false })).toBe(true);
  });

  it('no windows, no webviews', async () => {
    expect(await electron.ask('openWindow', { url: 'https://evolink.ai/' })).toBe('deny');
    expect(await electron.ask('openWindow', { url: 'app://restage/' })).toBe('deny');
    expect(await electron.ask('attachWebview')).toBe(true);
  });

  it.each(['media', 'geolocation', 'notifications', 'midi', 'hid', 'clipboard-read', 'openExternal', 'fileSystem'])(
    'permission %s is denied',
    async (permission) => {
      const url = 'app://restage/';
      expect(await electron.ask('askPermission', { permission, url })).toBe(false);
      expect(await electron.ask('checkPermission', { permission, url })).toBe(false);
    },
  );

  it('copying text is allowed to our page alone; devices to nobody', async () => {
    const permission = 'clipboard-sanitized-write';
    expect(await electron.ask('askPermission', { permission, url: 'app://restage/' })).toBe(true);
    expect(await electron.ask('askPermission', { permission, url: 'https://evil.example/' })).toBe(false);
    expect(await electron.ask('useDevice')).toBe(false);
  });

  it('dragging out what is not in the library drags nothing', async () => {
    await electron.ask('page', { method: 'dragOut', args: [['/etc/passwd', '../../x']] });
    await electron.ask('page', { method: 'call', args: ['settings.get', {}] });
    expect((await describeApp()).dragged).toEqual([]);
  });
});
