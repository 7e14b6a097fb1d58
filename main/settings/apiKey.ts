/** The EvoLink key at rest: encrypted where the system protects it, else for the session or, by consent, in an owner-only file. */
import fs from 'node:fs';
import path from 'node:path';
import Store from 'electron-store';
import { z } from 'zod';
import type { KeyStatus } from '../../shared/contract/app.ts';
import { RestageError } from '../../shared/errors.ts';
import type { HostKind } from '../hostTypes.ts';
import type { ApiKeyStore, Logger, SecretBox } from '../services.ts';
import { keepSecret } from '../storage/redact.ts';
import { storeOptions, write } from './settings.ts';
import { sweepTemporaryFiles } from './settingsFile.ts';

/** `box` says how `value` is kept: by the system's keychain, or as it is (`none`) because a person agreed to that. */
const recordSchema = z.object({ box: z.enum(['keychain', 'none']), value: z.string().min(1) });
type KeyRecord = z.infer<typeof recordSchema>;

const hintLength = 4;

/** Each kind of host has a record of its own in `secrets.json` and reads no other. */
export function createApiKeyStore(options: {
  profileDir: string;
  secretBox: SecretBox;
  env: Readonly<Record<string, string | undefined>>;
  hostKind: HostKind;
  logger?: Logger;
}): ApiKeyStore {
  const { secretBox, hostKind, logger } = options;
  const environmentKey = options.env.EVOLINK_API_KEY?.trim() || null;
  const records = openRecords(options.profileDir, logger);
  let storedBox: KeyRecord['box'] | null = null;
  let storedKey: string | null = null;
  let unlocking: Promise<void> | null = null;
  /** Counts what was stored and cleared: an answer of the keychain that comes after it is about the past. */
  let changes = 0;

  const first = records.read(hostKind);
  if (first !== null) storedBox = first.box;
  if (first?.box === 'none') storedKey = first.value;
  /** In the keychain, and not asked for yet: a person who works in the sandbox is never asked to unlock it. */
  let locked = first?.box === 'keychain' && secretBox.kind === 'keychain' ? first.value : null;
  for (const key of [environmentKey, storedKey]) if (key !== null) keepSecret(key);

  async function open(value: string): Promise<void> {
    const change = changes;
    try {
      const { text, isStale } = await secretBox.decrypt(value);
      if (change !== changes) return;
      keepSecret(text);
      storedKey = text;
      if (isStale) await renew(text, change);
    } catch {
      // The keychain was reset, stayed locked, or the profile was copied from another machine: the person is asked for the key again.
      logger?.warn('apiKeyCannotBeDecrypted');
    } finally {
      if (change === changes) locked = null;
    }
  }

  async function renew(key: string, change: number): Promise<void> {
    try {
      const value = await secretBox.encrypt(key);
      if (change === changes) records.write(hostKind, { box: 'keychain', value });
    } catch {
      logger?.warn('apiKeyNotRenewed'); // the old one can still be read
    }
  }

  const status = (): KeyStatus => {
    const key = environmentKey ?? storedKey;
    if (key === null && locked !== null) return { isPresent: true, storage: 'keychain', hint: null };
    if (key === null) return { isPresent: false, storage: 'none', hint: null };
    const kept = storedBox === null ? 'session' : storedBox === 'none' ? 'file' : 'keychain';
    return { isPresent: true, storage: environmentKey === null ? kept : 'environment', hint: key.slice(-hintLength) };
  };

  return {
    async unlock() {
      if (environmentKey !== null || locked === null) return;
      unlocking ??= open(locked).finally(() => {
        unlocking = null;
      });
      await unlocking;
    },
    read: () => environmentKey ?? storedKey,
    status,
    async store(key, { allowFile }) {
      const trimmed = key.trim();
      keepSecret(trimmed);
      const record = await recordFor(trimmed, secretBox, allowFile);
      changes += 1;
      locked = null;
      // Also for a session key: the one of the last session must not come back at the next start.
      records.write(hostKind, record);
      storedBox = record?.box ?? null;
      storedKey = trimmed;
      return status();
    },
    clear() {
      changes += 1;
      locked = null;
      records.write(hostKind, null);
      storedBox = null;
      storedKey = null;
    },
  };
}

async function recordFor(key: string, secretBox: SecretBox, allowFile: boolean): Promise<KeyRecord | null> {
  if (secretBox.kind === 'keychain') {
    try {
      return { box: 'keychain', value: await secretBox.encrypt(key) };
    } catch (error) {
      throw new RestageError('storage', {
        reasons: [{ field: 'apiKey', rule: 'apiKey.keychain' }],
        detail: 'The system keychain did not take the key.',
        cause: error,
      });
    }
  }
  return allowFile ? { box: 'none', value: key } : null;
}

function openRecords(profileDir: string, logger: Logger | undefined) {
  const file = path.join(profileDir, 'secrets.json');
  sweepTemporaryFiles(file);
  if (fs.existsSync(file)) setAside(file, logger);
  const open = () => new Store<Record<string, unknown>>(storeOptions(profileDir, 'secrets'));
  // Made when first needed: a profile without a key has no such file.
  let store = fs.existsSync(file) ? open() : null;
  return {
    read(hostKind: HostKind): KeyRecord | null {
      const parsed = recordSchema.safeParse(store?.get(hostKind));
      return parsed.success ? parsed.data : null;
    },
    write(hostKind: HostKind, record: KeyRecord | null): void {
      if (record === null && !store?.has(hostKind)) return;
      write(() => {
        store ??= open();
        if (record) store.set(hostKind, record);
        else store.delete(hostKind);
      });
    },
  };
}

/** Moved, not copied: a key lies in one file at most. */
function setAside(file: string, logger: Logger | undefined): void {
  fs.chmodSync(file, 0o600);
  try {
    JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    const aside = `${file}.damaged-${new Date().toISOString().replaceAll(':', '-')}`;
    fs.renameSync(file, aside);
    logger?.warn('secretsDamaged', { backup: path.basename(aside) });
  }
}

/** The box of hosts that have no keychain: it keeps nothing, so that a key is stored by consent or not at all. */
export const noSecretBox: SecretBox = {
  kind: 'none',
  encrypt: () => Promise.reject(new RestageError('internal', { detail: 'This host has no keychain to encrypt with.' })),
  decrypt: () => Promise.reject(new RestageError('internal', { detail: 'This host has no keychain to decrypt with.' })),
};
