/** The key of a real profile: where it lies after it was set, who sees it, and that a job of the sandbox never notices it. */
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SecretBox } from '../../../main/services.ts';
import { addSources, isOver, motion, openTestProfile, order, type TestProfile } from '../app/harness.ts';

const key = 'sk-evo-0a1b2c3d4e5f60718293-LAST';
let provider: http.Server;
let asked: { path: string; authorization: string | undefined }[] = [];
let profile: TestProfile | null = null;

/** EvoLink's place is taken by a server of ours that knows no key: whatever reaches it is seen. */
beforeEach(async () => {
  asked = [];
  provider = http.createServer((request, response) => {
    asked.push({ path: request.url ?? '', authorization: request.headers.authorization });
    response.writeHead(401, { 'content-type': 'application/json' });
    response.end('{"error":{"code":"invalid_api_key","message":"unknown key","type":"authentication_error"}}');
  });
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  await profile?.remove();
  profile = null;
  provider.close();
});

async function open(secretBox?: SecretBox): Promise<TestProfile> {
  const origin = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
  const { EVOLINK_API_KEY: _key, ...env } = process.env;
  profile = await openTestProfile({
    env: {
      ...env,
      RESTAGE_SANDBOX_FAULTS: '1',
      RESTAGE_SANDBOX_TASK_SECONDS: '0.3',
      RESTAGE_API_URL: origin,
      RESTAGE_FILES_URL: origin,
    },
    ...(secretBox === undefined ? {} : { secretBox, host: 'electron' }),
  });
  return profile;
}

/** What `grep -r` would find below the profile's home: settings, databases, logs, library. */
function filesWithKey({ profileDir }: TestProfile): string[] {
  const home = path.dirname(profileDir);
  const names = fs.readdirSync(home, { recursive: true, withFileTypes: true });
  return names
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => fs.readFileSync(file).includes(key))
    .map((file) => path.relative(profileDir, file));
}

/** Everything that a page can ask for about the app and its jobs. */
async function whatThePageSees({ connection }: TestProfile): Promise<string> {
  const answers = [
    await connection.call('app.info', {}),
    await connection.call('settings.get', {}),
    await connection.call('account.status', {}),
    await connection.call('account.refresh', { provider: 'evolink' }),
    await connection.call('jobs.list', {}),
  ];
  return JSON.stringify(answers);
}

describe('the key of a profile', () => {
  it('is found nowhere when nobody agreed to a file, and is gone after a restart', async () => {
    const { call, restart } = await open();
    const status = await call('apiKey.set', { key });
    expect(status).toMatchObject({ provider: 'evolink', connection: 'keyRefused' });
    expect(status.key).toEqual({ isPresent: true, storage: 'session', hint: 'LAST' });
    expect(asked.map(({ authorization }) => authorization)).toContain(`Bearer ${key}`);
    if (!profile) throw new Error('no profile');
    expect(await whatThePageSees(profile)).not.toContain(key);
    await restart();
    expect(filesWithKey(profile)).toEqual([]);
    expect((await call('account.refresh', { provider: 'evolink' })).key.isPresent).toBe(false);
  });

  it('lies by consent in exactly one owner-only file, and survives a restart', async () => {
    const { call, restart, profileDir } = await open();
    expect((await call('apiKey.set', { key, allowFile: true })).key.storage).toBe('file');
    if (!profile) throw new Error('no profile');
    expect(await whatThePageSees(profile)).not.toContain(key);
    await restart();
    expect(filesWithKey(profile)).toEqual(['secrets.json']);
    if (process.platform !== 'win32') {
      expect((fs.statSync(path.join(profileDir, 'secrets.json')).mode & 0o777).toString(8)).toBe('600');
    }
    const { key: kept } = await call('account.refresh', { provider: 'evolink' });
    expect(kept).toEqual({ isPresent: true, storage: 'file', hint: 'LAST' });
    await call('apiKey.clear', {});
    expect(filesWithKey(profile)).toEqual([]);
  });

  it('in the keychain is in no file, and survives a restart', async () => {
    const turn = (bytes: Buffer) => Buffer.from(bytes.map((byte) => byte ^ 0x5a));
    const { call, restart } = await open({
      kind: 'keychain',
      encrypt: async (text) => turn(Buffer.from(text)).toString('base64'),
      decrypt: async (text) => ({ text: turn(Buffer.from(text, 'base64')).toString(), isStale: false }),
    });
    await call('apiKey.set', { key });
    await restart();
    if (!profile) throw new Error('no profile');
    expect(filesWithKey(profile)).toEqual([]);
    const { key: kept } = await call('account.refresh', { provider: 'evolink' });
    expect(kept).toEqual({ isPresent: true, storage: 'keychain', hint: 'LAST' });
  });

  it('pasted while a sandbox job is under way changes nothing for that job', async () => {
    const opened = await open();
    const job = await order(opened, motion(await addSources(opened)));
    await opened.call('apiKey.set', { key, allowFile: true });
    const done = await opened.until(job.id, isOver);
    expect(done).toMatchObject({ state: 'completed', isSandbox: true, accountId: job.accountId });
    expect(await opened.ledger()).toHaveLength(1);
    expect((await opened.call('settings.get', {})).provider).toBe('sandbox');
    // EvoLink was asked for the balance, which proves the key, and for nothing else.
    expect(new Set(asked.map(({ path: asks }) => asks.replace(/\?.*/, '')))).toEqual(new Set(['/v1/credits']));
    expect(filesWithKey(opened)).toEqual(['secrets.json']);
  });
});
