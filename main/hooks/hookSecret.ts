/** The secret that web hooks are signed with: encrypted where the system protects it, else in an owner-only file; never in a log. */
import { randomBytes } from 'node:crypto';
import Store from 'electron-store';
import { z } from 'zod';
import type { SecretBox } from '../services.ts';
import { storeOptions, write } from '../settings/settings.ts';
import { keepSecret } from '../storage/redact.ts';

const recordSchema = z.object({ box: z.enum(['keychain', 'none']), value: z.string().min(1) });

export interface HookSecret {
  /** Null: there is none, or it cannot be decrypted any more. May wait for a person who is asked to unlock the keychain. */
  read(): Promise<string | null>;
  /** A new one in place of the old. Rejects when the keychain does not take it: the old one stays. */
  make(): Promise<string>;
  clear(): void;
}

export function createHookSecret({ profileDir, box }: { profileDir: string; box: SecretBox }): HookSecret {
  const store = new Store<Record<string, unknown>>(storeOptions(profileDir, 'hook'));

  async function keep(secret: string): Promise<void> {
    const isBoxed = box.kind === 'keychain';
    const value = isBoxed ? await box.encrypt(secret) : secret;
    write(() => store.set('secret', { box: isBoxed ? 'keychain' : 'none', value }));
  }

  async function open(value: string): Promise<string> {
    const { text, isStale } = await box.decrypt(value);
    // The old one can still be read: what cannot be renewed now is renewed another time.
    if (isStale) await keep(text).catch(() => undefined);
    return text;
  }

  return {
    async read() {
      const { success, data } = recordSchema.safeParse(store.get('secret'));
      if (!success) return null;
      try {
        const secret = data.box === 'none' ? data.value : await open(data.value);
        keepSecret(secret);
        return secret;
      } catch {
        return null;
      }
    },
    async make() {
      const secret = `whs_${randomBytes(24).toString('base64url')}`;
      keepSecret(secret);
      await keep(secret);
      return secret;
    },
    clear: () => write(() => store.delete('secret')),
  };
}
