/** How the built Electron entry starts: with and without a keychain, a second time, on the command line, and when it cannot. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { AccountStatus, AppInfo } from '../../../shared/contract/app.ts';
import type { Result } from '../../../shared/errors.ts';
import { builtEntry, startElectron } from './startElectron.ts';

const root = path.resolve(import.meta.dirname, '..', '..', '..');
// A dead port: whatever would be asked of EvoLink fails here instead of leaving the machine.
const offline = { RESTAGE_API_URL: 'http://127.0.0.1:9', RESTAGE_FILES_URL: 'http://127.0.0.1:9', EVOLINK_API_KEY: '' };

function makeFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'restage-start-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

async function start(args: string[], env: Record<string, string> = {}) {
  const electron = await startElectron({ args, env: { ...offline, ...env } });
  onTestFinished(() => electron.kill());
  const call = <T>(command: string, input: object = {}) =>
    electron.ask<Result<T>>('page', { method: 'call', args: [command, input] });
  return { ...electron, call };
}

describe('the keychain', () => {
  const key = 'sk-evo-from-the-window-4711-TAIL';

  it('keeps a key from one start to the next, in no file as it is', async () => {
    const folder = makeFolder();
    const first = await start(['--profile', folder]);
    const set = await first.call<AccountStatus>('apiKey.set', { key });
    expect(set).toMatchObject({ ok: true, value: { key: { storage: 'keychain', hint: 'TAIL' } } });
    expect(await first.quit()).toBe(0);
    for (const entry of fs.readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      expect(fs.readFileSync(path.join(entry.parentPath, entry.name)).includes(key), entry.name).toBe(false);
    }
    const second = await start(['--profile', folder]);
    const status = await second.call<AccountStatus>('account.refresh', { provider: 'evolink' });
    expect(status).toMatchObject({ ok: true, value: { key: { storage: 'keychain', hint: 'TAIL' } } });
    expect(await second.quit()).toBe(0);
    expect(first.output() + second.output()).not.toContain(key);
  });

  it('F20: is left alone by a start, and by everything that a person does in the sandbox', async () => {
    const folder = makeFolder();
    const asked = async (electron: Awaited<ReturnType<typeof start>>) =>
      (await electron.ask<{ keychainCalls: string[] }>('describe')).keychainCalls;
    const first = await start(['--profile', folder]);
    await first.call('account.status');
    await first.call('account.refresh', { provider: 'sandbox' });
    expect(await asked(first)).toEqual([]);
    await first.call<AccountStatus>('apiKey.set', { key });
    expect(await asked(first)).toEqual(['isAsyncEncryptionAvailable', 'encryptStringAsync']);
    expect(await first.quit()).toBe(0);
    const second = await start(['--profile', folder]);
    const status = await second.call<AccountStatus>('account.status');
    expect(status.ok && status.value.key).toEqual({ isPresent: true, storage: 'keychain', hint: null });
    expect(await asked(second)).toEqual([]);
    expect(await second.quit()).toBe(0);
  });

  it.each(['none', 'basic_text', 'unknown'])('is not called one where it does not protect (%s)', async (keychain) => {
    const electron = await start(['--profile', makeFolder()], { STUB_KEYCHAIN: keychain });
    const info = await electron.call<AppInfo>('app.info');
    expect(info.ok && info.value.capabilities.keychain).toBe(process.platform !== 'linux');
    const set = await electron.call<AccountStatus>('apiKey.set', { key });
    if (process.platform === 'linux') expect(set).toMatchObject({ ok: true, value: { key: { storage: 'session' } } });
    expect(await electron.quit()).toBe(0);
  });
});

describe('the packaged program', () => {
  it('has no developer tools', async () => {
    const electron = await start(['--profile', makeFolder()], { STUB_PACKAGED: '1' });
    const { windows } = await electron.ask<{ windows: { options: { webPreferences: { devTools: boolean } } }[] }>(
      'describe',
    );
    expect(windows[0]?.options.webPreferences.devTools).toBe(false);
    expect(await electron.quit()).toBe(0);
  });
});

describe('F2: the window', () => {
  interface Seen {
    windows: { isShown: boolean }[];
    dialogs: { title: string; content: string }[];
  }
  it.each(['unpainted', 'silent'])('is shown although its first picture never comes (%s)', async (load) => {
    const electron = await start(['--profile', makeFolder()], { STUB_LOAD: load });
    await expect
      .poll(async () => (await electron.ask<Seen>('describe')).windows[0]?.isShown, { timeout: 60_000 })
      .toBe(true);
    expect(await electron.quit()).toBe(0);
  });

  it('that cannot show its page says why, and the app ends in order', async () => {
    const electron = await startElectron({
      args: ['--profile', makeFolder()],
      env: { ...offline, STUB_LOAD: 'failed' },
    });
    onTestFinished(() => electron.kill());
    expect(await electron.ended).toBe(0);
    expect(electron.output()).toContain('ERR_FILE_NOT_FOUND');
  });
});

describe('a second start', () => {
  it('ends without touching the profile', async () => {
    const folder = path.join(makeFolder(), 'profile');
    const electron = await startElectron({
      args: ['--profile', folder],
      env: { ...offline, STUB_SECOND_INSTANCE: '1' },
      waitsForPage: false,
    });
    expect(await electron.ended).toBe(0);
    expect(fs.existsSync(folder)).toBe(false);
  });
});

describe('a start that cannot work', () => {
  it('says why, and ends with 1', async () => {
    const file = path.join(makeFolder(), 'a file');
    fs.writeFileSync(file, '');
    const electron = await startElectron({ args: ['--profile', file], env: offline, waitsForPage: false });
    expect(await electron.ended).toBe(1);
    expect(electron.output()).toContain(file);
    expect(electron.output()).not.toMatch(/\n\s+at /);
  });
});

describe('--cli', () => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [builtEntry, '--cli', ...args], {
      encoding: 'utf8',
      env: {
        ...process.env,
        ...offline,
        RESTAGE_PROFILE: makeFolder(),
        NODE_OPTIONS: `--import ${pathToFileURL(path.join(root, 'test', 'stub', 'register.mjs')).href}`,
      },
    });

  it('is the command line, with its answers and exit codes', () => {
    const version = run('--version');
    expect([version.status, version.stdout.trim(), version.stderr]).toEqual([0, '0.1.0', '']);
    const refused = run('check', '--video', '/nowhere/a.mp4', '--json');
    expect(refused.status).toBe(2);
    expect(JSON.parse(refused.stdout)).toMatchObject({ error: { reasons: [{ field: 'video' }] } });
  });
});
