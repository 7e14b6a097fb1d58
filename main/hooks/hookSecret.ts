/** The secret that web hooks are signed with: encrypted where the system protects it, else in an owner-only file; never in a log. */
import { randomBytes } from 'node:crypto';
import Store from 'electron-store';
import { z } from 'zod';
import type { SecretBox } from '../services.ts';
import { storeOptions, write } from '../settings/settings.ts';
import { keepSecret } from '../storage/redact.ts';

const recordSchema = z.object({ box: z.enum(['keychain', 'none']), value: z.string().min(1) });

export interface HookSecret {
  /** Null: there is none, or it cannot be decrypted any more. */
  read(): string | null;
  /** A new one in place of the old. */
  make(): string;
  clear(): void;
}

export function createHookSecret({ profileDir, box }: { profileDir: string; box: SecretBox }): HookSecret {
  const store = new Store<Record<string, unknown>>(storeOptions(profileDir, 'hook'));

  function read(): string | null {
    const { success, data } = recordSchema.safeParse(store.get('secret'));
    if (!success) return null;
    try {
      const secret = data.box === 'none' ? data.value : box.decrypt(data.value);
      keepSecret(secret);
      return secret;
    } catch {
      return null;
    }
  }

  return {
    read,
    make() {
      const secret = `whs_${randomBytes(24).toString('base64url')}`;
      keepSecret(secret);
      const isBoxed = box.kind === 'keychain';
      write(() =>
        store.set('secret', { box: isBoxed ? 'keychain' : 'none', value: isBoxed ? box.encrypt(secret) : secret }),
      );
      return secret;
    },
    clear: () => write(() => store.delete('secret')),
  };
}
