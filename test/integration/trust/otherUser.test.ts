/**
 * The way from another user of the machine to a program that runs as the owner, tried step by step as that user: the process
 * list, the port, the profile, the socket. The browser is a stand-in that says what it was started with.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

const root = path.resolve(import.meta.dirname, '..', '..', '..');
const owner = 45_671;
const stranger = 45_672;
const isRoot = process.platform === 'linux' && process.getuid?.() === 0;
/** Both have to be able to run Node and read the checkout. */
const canRunAs = (uid: number) =>
  spawnSync(process.execPath, [path.join(root, 'scripts', 'setup.mjs'), '--nonsense'], { uid, gid: uid }).status === 2;
const reason = !isRoot
  ? 'only root can be two users'
  : canRunAs(owner) && canRunAs(stranger)
    ? null
    : 'the checkout is not theirs to read';
if (reason !== null) process.stderr.write(`other user: skipped, ${reason}\n`);

const key = 'sk-evo-of-the-owner-4711';
const home = isRoot ? mkdtempSync(path.join(os.tmpdir(), 'restage-owner-')) : '';
const profileDir = path.join(home, 'profile');
const seen = path.join(home, 'browser-saw');
const script = path.join(home, 'attack.sh');
let host: ChildProcess;

describe.skipIf(reason !== null)('trust 1', () => {
  beforeAll(async () => {
    chmodSync(home, 0o755);
    chownSync(home, owner, owner);
    mkdirSync(profileDir, { mode: 0o755 });
    chownSync(profileDir, owner, owner);
    const browser = path.join(home, 'browser');
    // It answers for its version, and then stays as a browser does.
    writeFileSync(
      browser,
      `#!/bin/sh\n[ "$1" = --version ] && exit 0\n(echo "$@"; env) > ${seen}\nwhile sleep 1; do :; done\n`,
    );
    writeFileSync(script, `#!/bin/sh\n(id; env) > ${home}/ran\n`);
    for (const file of [browser, script]) chownSync(file, owner, owner);
    chmodSync(browser, 0o755);
    chmodSync(script, 0o644);
    host = spawn(process.execPath, [path.join(root, 'out', 'node', 'browser.js'), '--profile', profileDir], {
      uid: owner,
      gid: owner,
      cwd: home,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...{ PATH: process.env.PATH ?? '', HOME: home, LC_ALL: 'C.UTF-8', DISPLAY: ':4711', RESTAGE_BROWSER: browser },
        ...{ EVOLINK_API_KEY: key, RESTAGE_API_URL: 'http://127.0.0.1:9', RESTAGE_FILES_URL: 'http://127.0.0.1:9' },
      },
    });
    const hasSeen = () => existsSync(seen) && readFileSync(seen, 'utf8').includes('PATH=');
    await vi.waitFor(() => expect(hasSeen()).toBe(true), { timeout: 60_000, interval: 100 });
  });
  afterAll(async () => {
    // In order, so that the stand-in for the browser goes with it.
    const ended = new Promise((resolve) => host.once('exit', resolve));
    host.kill('SIGTERM');
    await ended;
    rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  });

  /** What the stranger gets by a script of their own; it answers in one line of JSON. */
  function asStranger(code: string): unknown {
    const run = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
      uid: stranger,
      gid: stranger,
      cwd: '/',
      encoding: 'utf8',
      env: { PATH: process.env.PATH ?? '' },
      timeout: 60_000,
    });
    return JSON.parse(run.stdout || JSON.stringify({ failed: run.stderr }));
  }

  it('trust 1: the process list says nothing that opens the app', () => {
    const lines = asStranger(`
      import fs from 'node:fs';
      const read = (pid) => { try { return fs.readFileSync('/proc/' + pid + '/cmdline', 'utf8').split('\\0').join(' '); } catch { return ''; } };
      console.log(JSON.stringify(fs.readdirSync('/proc').filter((name) => /^\\d+$/.test(name)).map(read)));`) as string[];
    const ours = lines.filter((line) => line.includes(home)).join('\n');
    expect(ours).toContain('browser.js');
    expect(ours).toContain('--app=file://');
    expect(ours).not.toMatch(/127\.0\.0\.1:\d+/);
    expect(ours).not.toContain(key);
    const record = JSON.parse(readFileSync(path.join(profileDir, 'browser-host.json'), 'utf8')) as { secret: string };
    expect(ours).not.toContain(record.secret);
    const handOff = /--app=file:\/\/(\S+)/.exec(ours)?.[1] ?? '';
    const ticket = /value="([0-9a-f]{64})"/.exec(readFileSync(handOff, 'utf8'))?.[1] ?? 'none';
    expect(ours).not.toContain(ticket);
    expect(
      asStranger(`
      import fs from 'node:fs';
      const read = (file) => { try { return fs.readFileSync(file, 'utf8').length; } catch (error) { return error.code; } };
      console.log(JSON.stringify([${JSON.stringify(handOff)}, ...['browser-host.json', 'settings.json', 'jobs.db', 'logs/restage.log'].map((name) => ${JSON.stringify(`${profileDir}/`)} + name)].map(read)));`),
    ).toEqual(Array(5).fill('EACCES'));
  });

  it('trust 1: the port answers nobody who was not let in: no page, no socket, no ticket', () => {
    const { origin } = JSON.parse(readFileSync(path.join(profileDir, 'browser-host.json'), 'utf8')) as {
      origin: string;
    };
    // The stranger may see the port; the path is given away here as well, to show that it does not help.
    const prefix = `/${'0'.repeat(32)}/`;
    const got = asStranger(`
      import { WebSocket } from ${JSON.stringify(path.join(root, 'node_modules', 'ws', 'wrapper.mjs'))};
      const origin = ${JSON.stringify(origin)};
      const socket = (path) => new Promise((resolve) => {
        const it = new WebSocket(origin.replace('http', 'ws') + path, { headers: { origin } });
        it.on('open', () => resolve('open'));
        it.on('error', (error) => resolve(error.message));
      });
      const ask = async (path, method) => (await fetch(origin + path, { method, headers: { origin } })).status;
      console.log(JSON.stringify([
        await socket('/socket'), await socket(${JSON.stringify(`${prefix}socket`)}),
        await ask('/', 'GET'), await ask(${JSON.stringify(prefix)}, 'GET'), await ask('/open/${'0'.repeat(64)}', 'GET'),
        await ask('/address', 'POST'), await ask('/hand-off', 'POST'),
      ]));`) as unknown[];
    expect(got.slice(0, 2)).toEqual([expect.stringContaining('404'), expect.stringContaining('404')]);
    expect(got.slice(2)).toEqual([404, 404, 410, 403, 403]);
  });

  it('trust 1, 11: the profile’s socket is out of reach, and no program can be set or run', () => {
    const place = path.join(profileDir, 'runner.sock');
    expect(existsSync(place)).toBe(true);
    const code = asStranger(`
      import net from 'node:net';
      const socket = net.connect(${JSON.stringify(place)});
      socket.on('connect', () => { console.log('"connected"'); process.exit(); });
      socket.on('error', (error) => console.log(JSON.stringify(error.code)));`);
    expect(code).toBe('EACCES');
    expect((statSync(script).mode & 0o777).toString(8)).toBe('644');
    expect(existsSync(path.join(home, 'ran'))).toBe(false);
  });

  it('trust 1: the key is in the environment of no child', () => {
    const environment = readFileSync(seen, 'utf8');
    expect(environment).toContain('DISPLAY=:4711');
    expect(environment).not.toContain(key);
    const children = spawnSync(
      'sh',
      ['-c', `cat /proc/[0-9]*/environ 2>/dev/null | tr '\\0' '\\n' | grep -c '^EVOLINK_API_KEY=${key}$'`],
      { encoding: 'utf8' },
    );
    expect(Number(children.stdout), 'the host itself, and nobody else').toBe(1);
  });
});
