/** What set-up stands on: one at a time, the same profile folder as the app, no key for tests. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultProfileDir } from '../../../main/profile/paths.ts';
import { cleanEnv } from '../../../scripts/cleanEnv.mjs';
import { withLock } from '../../../scripts/setup/lock.mjs';
import { profileDir } from '../../../scripts/setup/profileDir.mjs';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'restage-setup-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the lock', () => {
  const lock = () => path.join(folder, 'lock');

  it('lets separate processes work one after the other', async () => {
    const module = new URL('../../../scripts/setup/lock.mjs', import.meta.url).href;
    const log = path.join(folder, 'log');
    const program = `
      import { appendFileSync } from 'node:fs';
      import { setTimeout as sleep } from 'node:timers/promises';
      import { withLock } from ${JSON.stringify(module)};
      await withLock(async () => {
        appendFileSync(${JSON.stringify(log)}, 'in ');
        await sleep(60);
        appendFileSync(${JSON.stringify(log)}, 'out ');
      }, ${JSON.stringify(lock())});`;
    const runs = Array.from({ length: 3 }, () => spawn(process.execPath, ['--input-type=module', '-e', program]));
    await Promise.all(runs.map((run) => new Promise((resolve) => run.on('close', resolve))));
    expect(readFileSync(log, 'utf8')).toBe('in out in out in out ');
    expect(existsSync(lock())).toBe(false);
  });

  it('takes over from a process that is gone', async () => {
    const gone = spawnSync(process.execPath, ['-e', '']).pid;
    mkdirSync(lock());
    writeFileSync(path.join(lock(), 'pid'), String(gone));
    await expect(withLock(async () => 'done', lock())).resolves.toBe('done');
  });

  it('is free again after work that failed', async () => {
    await expect(withLock(() => Promise.reject(new Error('no')), lock())).rejects.toThrow('no');
    await expect(withLock(async () => 'done', lock())).resolves.toBe('done');
  });
});

describe('the profile folder', () => {
  const environments = [
    { HOME: '/home/ada' },
    { HOME: '/home/ada', XDG_CONFIG_HOME: '/data/config' },
    { HOME: '/home/ada', XDG_CONFIG_HOME: 'relative' },
    { HOME: '/home/ada', APPDATA: '/home/ada/roaming' },
    { USERPROFILE: '/home/ada' },
    { RESTAGE_PROFILE: '/elsewhere' },
  ];
  const platforms = ['linux', 'darwin', 'win32'] as const;

  it.each(environments.flatMap((env) => platforms.map((platform) => [platform, env] as const)))(
    'is the one of the app: %s %o',
    (platform, env) => expect(profileDir(env, platform)).toBe(defaultProfileDir(env, platform)),
  );
});

describe('the environment of tests and demo', () => {
  it('holds neither keys nor addresses, and keeps the rest', () => {
    const dirty = {
      EVOLINK_API_KEY: 'sk-evo-secret',
      RESTAGE_API_URL: 'https://api.example',
      RESTAGE_FILES_URL: 'https://files.example',
      RESTAGE_PROFILE: '/home/ada/real',
      RESTAGE_FOOTAGE: '/footage',
      PATH: '/bin',
    };
    expect(cleanEnv({ LANG: 'C' }, dirty)).toEqual({ RESTAGE_FOOTAGE: '/footage', PATH: '/bin', LANG: 'C' });
  });
});

describe('the guard that keeps tests on this machine', () => {
  const guard = new URL('../../../scripts/testing/loopbackOnly.mjs', import.meta.url).href;
  const leaks = () => path.join(folder, 'leaks');
  const runGuarded = (program: string) =>
    spawnSync(process.execPath, [`--import=${guard}`, '--input-type=module', '-e', program], {
      env: { ...process.env, NODE_OPTIONS: '', RESTAGE_TEST_LEAKS: leaks() },
      encoding: 'utf8',
    });

  it.each([
    ['fetch', `await fetch('http://192.0.2.1/').catch((error) => console.log(error.cause.code));`],
    [
      'a socket',
      `import net from 'node:net'; net.connect(80, '192.0.2.1').on('error', (error) => console.log(error.code));`,
    ],
    [
      'https by name',
      `import https from 'node:https'; https.get('https://api.evolink.ai/').on('error', (error) => console.log(error.code));`,
    ],
  ])('refuses and records %s', (_name, program) => {
    expect(runGuarded(program).stdout.trim()).toBe('ENETUNREACH');
    expect(readFileSync(leaks(), 'utf8')).toMatch(/192\.0\.2\.1|api\.evolink\.ai/);
  });

  it('leaves loopback alone', () => {
    const program = `
      import http from 'node:http';
      const server = http.createServer((request, response) => response.end('here')).listen(0, '127.0.0.1', async () => {
        console.log(await (await fetch('http://127.0.0.1:' + server.address().port)).text());
        console.log(await (await fetch('http://localhost:' + server.address().port)).text());
        server.close();
      });`;
    expect(runGuarded(program).stdout.trim().split('\n')).toEqual(['here', 'here']);
    expect(existsSync(leaks())).toBe(false);
  });
});
