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
  encrypt: (text) => mix(Buffer.from(text, 'utf8'), salt).toString('base64'),
  decrypt: (text) => {
    const plain = mix(Buffer.from(text, 'base64'), salt).toString('utf8');
    if (!plain.startsWith('sk-')) throw new Error('Error while decrypting the ciphertext');
    return plain;
  },
});
const open = (hostKind: HostKind, secretBox = noSecretBox, env: Record<string, string> = {}) =>
  createApiKeyStore({ profileDir, secretBox, env, hostKind, logger });

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
  it('survives a restart in the keychain, and is in no file as it is', () => {
    expect(open('electron', keychain()).store(key, { allowFile: false })).toEqual({
      isPresent: true,
      storage: 'keychain',
      hint: 'TAIL',
    });
    expect(filesWithKey()).toEqual([]);
    expect(open('electron', keychain()).read()).toBe(key);
    expect(open('electron', keychain()).status().storage).toBe('keychain');
  });

  it('lives for the session where no keychain is and nobody agreed to a file', () => {
    const store = open('browser');
    expect(store.store(key, { allowFile: false }).storage).toBe('session');
    expect(store.read()).toBe(key);
    expect(fs.readdirSync(profileDir)).toEqual([]);
    expect(open('browser').status()).toEqual({ isPresent: false, storage: 'none', hint: null });
  });

  it('lies by consent in exactly one owner-only file', () => {
    expect(open('browser').store(key, { allowFile: true }).storage).toBe('file');
    expect(filesWithKey()).toEqual(['secrets.json']);
    if (process.platform !== 'win32') {
      expect((fs.statSync(path.join(profileDir, 'secrets.json')).mode & 0o777).toString(8)).toBe('600');
    }
    expect(open('browser').read()).toBe(key);
  });

  it('is readable only by the kind of host that stored it', () => {
    open('browser').store(key, { allowFile: true });
    expect(open('cli').read()).toBeNull();
    expect(open('electron', keychain()).status().isPresent).toBe(false);
    open('electron', keychain()).store('sk-another-key-1234', { allowFile: false });
    expect(open('browser').read()).toBe(key);
    expect(open('electron').read()).toBeNull();
  });

  it('a session key does not let the stored one of before come back', () => {
    open('browser').store(key, { allowFile: true });
    open('browser').store('sk-for-this-session', { allowFile: false });
    expect(open('browser').read()).toBeNull();
    expect(filesWithKey()).toEqual([]);
  });

  it('is gone after clear', () => {
    const store = open('browser');
    store.store(key, { allowFile: true });
    store.clear();
    expect(store.status()).toEqual({ isPresent: false, storage: 'none', hint: null });
    expect(open('browser').read()).toBeNull();
    expect(filesWithKey()).toEqual([]);
  });

  it('of the environment wins and is written nowhere', () => {
    const store = open('browser', noSecretBox, { EVOLINK_API_KEY: ` ${key} ` });
    expect(store.read()).toBe(key);
    expect(store.status()).toEqual({ isPresent: true, storage: 'environment', hint: 'TAIL' });
    store.clear();
    expect(store.read()).toBe(key);
    expect(fs.readdirSync(profileDir)).toEqual([]);
    expect(open('browser', noSecretBox, { EVOLINK_API_KEY: ' ' }).status().storage).toBe('none');
  });

  it('that the keychain no longer gives back is asked for again', () => {
    open('electron', keychain(7)).store(key, { allowFile: false });
    expect(open('electron', keychain(9)).status().isPresent).toBe(false);
    expect(logged).toEqual(['apiKeyCannotBeDecrypted{}']);
  });

  it('says when the keychain refuses, and stores nothing', () => {
    const locked: SecretBox = {
      ...keychain(),
      encrypt: () => {
        throw new Error('locked');
      },
    };
    const store = open('electron', locked);
    expect(() => store.store(key, { allowFile: true })).toThrow(/keychain/);
    expect(store.read()).toBeNull();
    expect(filesWithKey()).toEqual([]);
  });

  it('a damaged secrets file is moved aside, narrowed to its owner, and half-written ones are swept', () => {
    const file = path.join(profileDir, 'secrets.json');
    fs.writeFileSync(file, '{"browser":', { mode: 0o644 });
    fs.writeFileSync(`${file}.tmp-1234567890abcdef`, key);
    expect(open('browser').status().isPresent).toBe(false);
    expect(fs.readdirSync(profileDir)).toHaveLength(1);
    const [aside = ''] = fs.readdirSync(profileDir);
    expect(aside).toMatch(/^secrets\.json\.damaged-/);
    if (process.platform !== 'win32') {
      expect((fs.statSync(path.join(profileDir, aside)).mode & 0o777).toString(8)).toBe('600');
    }
    expect(open('browser').store(key, { allowFile: true }).storage).toBe('file');
  });
});
