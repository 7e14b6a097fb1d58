/** The built browser host as a person starts it: what it prints, what a second start does, how it ends. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { findBrowser } from '../../../main/hosts/browser/findBrowser.ts';
import { enter, type PageVisit } from '../../fixtures/pageVisit.ts';

const root = path.resolve(import.meta.dirname, '..', '..', '..');
const entry = path.join(root, 'out', 'node', 'browser.js');
const browser = await findBrowser(root, process.env);
const hasVirtualDisplay = spawnSync('sh', ['-c', 'command -v xvfb-run']).status === 0;

beforeAll(() => {
  if (!fs.existsSync(entry)) throw new Error('out/node/browser.js is missing: build first (npm run build)');
});

function makeProfile(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'restage-host-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }));
  return folder;
}

interface Started {
  process: ChildProcess;
  stdout(): string;
  stderr(): string;
  ended: Promise<number | null>;
}

function start(args: string[], options: { wrapper?: string[]; env?: Record<string, string> } = {}): Started {
  const { DISPLAY: _x, WAYLAND_DISPLAY: _wayland, ...env } = process.env;
  const [command = '', ...rest] = [...(options.wrapper ?? []), process.execPath, entry, ...args];
  const child = spawn(command, rest, {
    env: { ...env, RESTAGE_SANDBOX_IDLE_MS: '3000', LC_ALL: 'C.UTF-8', ...options.env },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (data) => {
    stdout += String(data);
  });
  child.stderr.on('data', (data) => {
    stderr += String(data);
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  onTestFinished(() => void child.kill('SIGKILL'));
  return { process: child, stdout: () => stdout, stderr: () => stderr, ended };
}

const addressPattern = /^http:\/\/127\.0\.0\.1:\d+\/open\/[0-9a-f]{64}\n$/;
async function addressOf(started: Started): Promise<string> {
  await expect.poll(started.stdout, { timeout: 20_000 }).toMatch(addressPattern);
  return started.stdout().trim();
}

/** A call of a page that was let in. */
function call({ page, headers }: PageVisit, command: string): Promise<unknown> {
  const socket = new WebSocket(`${page.replace('http:', 'ws:')}socket`, { headers });
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('open', () => socket.send(JSON.stringify({ id: 1, command, input: {} })));
    socket.once('message', (data) => {
      resolve((JSON.parse(String(data)) as { result: unknown }).result);
      socket.close();
    });
  });
}

describe('without a display', () => {
  it('prints the address alone on stdout, and only there, and serves the app under it', async () => {
    const host = start(['--profile', makeProfile()]);
    const address = await addressOf(host);
    expect(host.stderr()).toMatch(/display/);
    expect(host.stderr()).not.toContain('http');
    expect(host.stderr()).toMatch(/good once/);
    const visit = await enter(address);
    const page = await fetch(visit.page, { headers: visit.headers });
    expect(await page.text()).toContain('client.js');
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(await call(visit, 'app.info')).toMatchObject({
      ok: true,
      value: { capabilities: { nativeDragOut: false, keychain: false } },
    });
    host.process.kill('SIGTERM');
    expect(await host.ended).toBe(0);
    expect(host.stdout()).toBe(`${address}\n`);
  });

  it('a second start prints an address of its own to the same app, and leaves the first alone', async () => {
    const profile = makeProfile();
    const first = start(['--profile', profile]);
    const address = await addressOf(first);
    const second = start(['--profile', profile]);
    expect(await second.ended).toBe(0);
    expect(second.stdout()).toMatch(addressPattern);
    expect(second.stdout()).not.toBe(`${address}\n`);
    for (const printed of [address, second.stdout().trim()]) {
      expect(await call(await enter(printed), 'settings.get')).toMatchObject({ ok: true });
    }
    expect((await fetch(address, { redirect: 'manual' })).status, 'good once').toBe(410);
    first.process.kill('SIGINT');
    expect(await first.ended).toBe(130);
    expect(fs.existsSync(path.join(profile, 'browser-host.json'))).toBe(false);
  });

  it('a start after a killed one does not believe what it left behind', async () => {
    const profile = makeProfile();
    const first = start(['--profile', profile]);
    const old = await addressOf(first);
    first.process.kill('SIGKILL');
    await first.ended;
    expect(fs.existsSync(path.join(profile, 'browser-host.json'))).toBe(true);
    const second = start(['--profile', profile]);
    expect(await addressOf(second)).not.toBe(old);
    second.process.kill('SIGTERM');
    expect(await second.ended).toBe(0);
  });
});

describe('idle', () => {
  it('trust 13: ends by itself when nobody comes', async () => {
    const host = start(['--profile', makeProfile(), '--print'], { env: { RESTAGE_HOST_IDLE_MS: '500' } });
    expect(await host.ended).toBe(0);
    expect(host.stderr()).toMatch(/no job is at work/);
  });
});

describe('the command line', () => {
  it.each<[string[], number, RegExp]>([
    [['--help'], 0, /--profile DIR/],
    [['--version'], 0, /^\d+\.\d+\.\d+\n$/],
    [['--nonsense'], 2, /^$/],
  ])('%j', async (args, code, stdout) => {
    const host = start(args);
    expect(await host.ended).toBe(code);
    expect(host.stdout()).toMatch(stdout);
  });

  it('names a profile that cannot be one, without a stack', async () => {
    const file = path.join(makeProfile(), 'file');
    fs.writeFileSync(file, '');
    const host = start(['--profile', file]);
    expect(await host.ended).toBe(1);
    expect(host.stderr()).toContain(file);
    expect(host.stderr()).not.toMatch(/\n\s+at /);
  });
});

describe.skipIf(browser === null || !hasVirtualDisplay)('with a display and a browser', () => {
  it('opens a window, prints nothing on stdout, and ends when the window is closed', async () => {
    const profile = makeProfile();
    const host = start(['--profile', profile], { wrapper: ['xvfb-run', '-a'] });
    await expect.poll(host.stderr, { timeout: 20_000 }).toMatch(/window of/);
    const lock = path.join(profile, 'browser', 'SingletonLock');
    const windowProcess = () => Number(/-(\d+)$/.exec(readLink(lock))?.[1] ?? 0);
    await expect.poll(windowProcess, { timeout: 20_000 }).toBeGreaterThan(0);
    // The page is traded for the file that began it, which is gone then; what it left is a history without a secret.
    const handOffs = () => fs.readdirSync(profile).filter((name) => name.startsWith('open-'));
    await expect.poll(handOffs, { timeout: 20_000 }).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve, 3200)); // a browser that ends sooner counts as not started
    process.kill(windowProcess(), 'SIGTERM');
    expect(await host.ended).toBe(0);
    expect(host.stdout()).toBe('');
  });

  it('prints the address when the browser does not open', async () => {
    const host = start(['--profile', makeProfile()], { env: { DISPLAY: ':4711', RESTAGE_BROWSER: '/bin/false' } });
    await addressOf(host);
    expect(host.stderr()).toMatch(/did not open a window/);
    host.process.kill('SIGTERM');
    expect(await host.ended).toBe(0);
  });
});

function readLink(file: string): string {
  try {
    return fs.readlinkSync(file);
  } catch {
    return '';
  }
}
