/** Where the key lies, who may read it, and that it lies nowhere else. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HostKind } from '../../../main/hostTypes.ts';
import type { Logger, SecretBox } from '../../../main/services.ts';
import { createApiKeyStore, noSecretBox } from '../../../main/settings/apiKey.ts';

const key = 'sk-evolink-0123456789-TAIL';
let profileDir = '';
const logged: string[] = [];
const note: Logger['info'] = (event, detail) => void logged.push(event + JSON.stringify(detail ?? {}));
const logger: Logger = { info: note, warn: note, error: note };

/** Reversible and unreadable, as a keychain's answer is to us. */
const mix = (bytes: Buffer, salt: number) => Buffer.from(bytes.map((byte) => byte ^ salt));
const keychain = (salt = 7): SecretBox => ({
  kind: 'keychain',
  encrypt: async (text) => mix(Buffer.from(text, 'utf8'), salt).toString('base64'),
  decrypt: async (text) => {
    const plain = mix(Buffer.from(text, 'base64'), salt).toString('utf8');
    if (!plain.startsWith('sk-')) throw new Error('Error while decrypting the ciphertext');
    return { text: plain, isStale: false };
  },
});
const openLocked = (hostKind: HostKind, secretBox = noSecretBox, env: Record<string, string> = {}) =>
  createApiKeyStore({ profileDir, secretBox, env, hostKind, logger });
async function open(...given: Parameters<typeof openLocked>) {
  const store = openLocked(...given);
  await store.unlock();
  return store;
}

function filesWithKey(): string[] {
  return fs
    .readdirSync(profileDir)
    .filter((name) => fs.readFileSync(path.join(profileDir, name), 'utf8').includes(key));
}

beforeEach(() => {
  profileDir = fs.mkdtempSync(path.join(os.tmpdir(), 'restage-key-'));
  logged.length = 0;
});
afterEach(() => {
  expect(logged.join()).not.toContain(key);
  fs.rmSync(profileDir, { recursive: true, force: true });
});

describe('the API key', () => {
  it('survives a restart in the keychain, and is in no file as it is', async () => {
    expect(await (await open('electron', keychain())).store(key, { allowFile: false })).toEqual({
      isPresent: true,
      storage: 'keychain',
      hint: 'TAIL',
    });
    expect(filesWithKey()).toEqual([]);
    expect((await open('electron', keychain())).read()).toBe(key);
    expect((await open('electron', keychain())).status().storage).toBe('keychain');
  });

  it('lives for the session where no keychain is and nobody agreed to a file', async () => {
    const store = await open('browser');
    expect((await store.store(key, { allowFile: false })).storage).toBe('session');
    expect(store.read()).toBe(key);
    expect(fs.readdirSync(profileDir)).toEqual([]);
    expect((await open('browser')).status()).toEqual({ isPresent: false, storage: 'none', hint: null });
  });

  it('lies by consent in exactly one owner-only file', async () => {
    expect((await (await open('browser')).store(key, { allowFile: true })).storage).toBe('file');
    expect(filesWithKey()).toEqual(['secrets.json']);
    if (process.platform !== 'win32') {
      expect((fs.statSync(path.join(profileDir, 'secrets.json')).mode & 0o777).toString(8)).toBe('600');
    }
    expect((await open('browser')).read()).toBe(key);
  });

  it('is readable only by the kind of host that stored it', async () => {
    await (await open('browser')).store(key, { allowFile: true });
    expect((await open('cli')).read()).toBeNull();
    expect((await open('electron', keychain())).status().isPresent).toBe(false);
    await (await open('electron', keychain())).store('sk-another-key-1234', { allowFile: false });
    expect((await open('browser')).read()).toBe(key);
    expect((await open('electron')).read()).toBeNull();
  });

  it('a session key does not let the stored one of before come back', async () => {
    await (await open('browser')).store(key, { allowFile: true });
    await (await open('browser')).store('sk-for-this-session', { allowFile: false });
    expect((await open('browser')).read()).toBeNull();
    expect(filesWithKey()).toEqual([]);
  });

  it('is gone after clear', async () => {
    const store = await open('browser');
    await store.store(key, { allowFile: true });
    store.clear();
    expect(store.status()).toEqual({ isPresent: false, storage: 'none', hint: null });
    expect((await open('browser')).read()).toBeNull();
    expect(filesWithKey()).toEqual([]);
  });

  it('of the environment wins and is written nowhere', async () => {
    const store = await open('browser', noSecretBox, { EVOLINK_API_KEY: ` ${key} ` });
    expect(store.read()).toBe(key);
    expect(store.status()).toEqual({ isPresent: true, storage: 'environment', hint: 'TAIL' });
    store.clear();
    expect(store.read()).toBe(key);
    expect(fs.readdirSync(profileDir)).toEqual([]);
    expect((await open('browser', noSecretBox, { EVOLINK_API_KEY: ' ' })).status().storage).toBe('none');
  });

  it('that the keychain no longer gives back is asked for again', async () => {
    await (await open('electron', keychain(7))).store(key, { allowFile: false });
    expect((await open('electron', keychain(9))).status().isPresent).toBe(false);
    expect(logged).toEqual(['apiKeyCannotBeDecrypted{}']);
  });

  it('says when the keychain refuses, and stores nothing', async () => {
    const locked: SecretBox = {
      ...keychain(),
      encrypt: () => Promise.reject(new Error('locked')),
    };
    const store = await open('electron', locked);
    await expect(store.store(key, { allowFile: true })).rejects.toMatchObject({
      reasons: [{ field: 'apiKey', rule: 'apiKey.keychain' }],
    });
    expect(store.read()).toBeNull();
    expect(filesWithKey()).toEqual([]);
  });

  it('F20: the keychain is not asked before the key is needed, nor for a profile without one', async () => {
    const asked: string[] = [];
    const box = keychain();
    const watched: SecretBox = {
      ...box,
      decrypt: (text) => {
        asked.push('decrypt');
        return box.decrypt(text);
      },
    };
    const none = openLocked('electron', watched);
    await none.unlock();
    expect([none.status().isPresent, asked]).toEqual([false, []]);
    await none.store(key, { allowFile: false });
    const later = openLocked('electron', watched);
    expect(later.status()).toEqual({ isPresent: true, storage: 'keychain', hint: null });
    expect([later.read(), asked]).toEqual([null, []]);
    await Promise.all([later.unlock(), later.unlock()]);
    await later.unlock();
    expect([later.read(), asked]).toEqual([key, ['decrypt']]);
    expect(later.status()).toEqual({ isPresent: true, storage: 'keychain', hint: 'TAIL' });
  });

  it('F20: is encrypted anew when the system says that it should be', async () => {
    await (await open('electron', keychain(7))).store(key, { allowFile: false });
    const [old, young] = [keychain(7), keychain(11)];
    const turning: SecretBox = {
      kind: 'keychain',
      encrypt: young.encrypt,
      decrypt: async (text) => ({ ...(await old.decrypt(text)), isStale: true }),
    };
    expect((await open('electron', turning)).read()).toBe(key);
    expect((await open('electron', young)).read()).toBe(key);
    // The new form could not be made: the old one stays, and can be read.
    const stuck: SecretBox = {
      ...turning,
      encrypt: () => Promise.reject(new Error('locked')),
      decrypt: async (text) => ({ ...(await young.decrypt(text)), isStale: true }),
    };
    expect((await open('electron', stuck)).read()).toBe(key);
    expect(logged).toEqual(['apiKeyNotRenewed{}']);
    expect((await open('electron', young)).read()).toBe(key);
  });

  it('F20: a late answer of the keychain does not bring back a key that was replaced or removed meanwhile', async () => {
    await (await open('electron', keychain())).store(key, { allowFile: false });
    for (const change of ['store', 'clear'] as const) {
      const { promise, resolve } = Promise.withResolvers<{ text: string; isStale: boolean }>();
      const store = openLocked('electron', { ...keychain(), decrypt: () => promise });
      const unlocking = store.unlock();
      if (change === 'store') await store.store('sk-the-new-one-4711', { allowFile: false });
      else store.clear();
      resolve({ text: key, isStale: true });
      await unlocking;
      expect(store.read()).toBe(change === 'store' ? 'sk-the-new-one-4711' : null);
      expect((await open('electron', keychain())).read()).toBe(change === 'store' ? 'sk-the-new-one-4711' : null);
    }
  });

  it('a damaged secrets file is moved aside, narrowed to its owner, and half-written ones are swept', async () => {
    const file = path.join(profileDir, 'secrets.json');
    fs.writeFileSync(file, '{"browser":', { mode: 0o644 });
    fs.writeFileSync(`${file}.tmp-1234567890abcdef`, key);
    expect((await open('browser')).status().isPresent).toBe(false);
    expect(fs.readdirSync(profileDir)).toHaveLength(1);
    const [aside = ''] = fs.readdirSync(profileDir);
    expect(aside).toMatch(/^secrets\.json\.damaged-/);
    if (process.platform !== 'win32') {
      expect((fs.statSync(path.join(profileDir, aside)).mode & 0o777).toString(8)).toBe('600');
    }
    expect((await (await open('browser')).store(key, { allowFile: true })).storage).toBe('file');
  });
});
