/** Electron's safeStorage as a SecretBox, called a keychain only where it really protects. */
import { safeStorage } from 'electron';
import type { SecretBox } from '../../services.ts';
import { noSecretBox } from '../../settings/apiKey.ts';

/** Only after Electron is ready. Linux without a keyring "encrypts" with a password that is in Chromium's source. */
export function keychainBox(platform: NodeJS.Platform): SecretBox {
  if (!safeStorage.isEncryptionAvailable()) return noSecretBox;
  if (platform === 'linux' && ['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend())) {
    return noSecretBox;
  }
  return {
    kind: 'keychain',
    encrypt: (text) => safeStorage.encryptString(text).toString('base64'),
    decrypt: (text) => safeStorage.decryptString(Buffer.from(text, 'base64')),
  };
}
