/**
 * Electron's safeStorage as a SecretBox, called a keychain only where it really protects. Its asynchronous interface: the other one is on its way out,
 * and stops the whole program while the system asks a person to unlock. Nothing here touches the keychain before a key is stored or read.
 */
import { safeStorage } from 'electron';
import type { SecretBox } from '../../services.ts';
import { noSecretBox } from '../../settings/apiKey.ts';

/** Linux without a keyring "encrypts" with a password that is in Chromium's source (`basic_text`); what is not known to protect does not count. */
const protectingBackends: readonly string[] = ['gnome_libsecret', 'kwallet', 'kwallet5', 'kwallet6'];

/** Only after Electron is ready. */
export function keychainBox(platform: NodeJS.Platform): SecretBox {
  if (platform === 'linux' && !protectingBackends.includes(safeStorage.getSelectedStorageBackend())) return noSecretBox;
  return {
    kind: 'keychain',
    async encrypt(text) {
      if (!(await safeStorage.isAsyncEncryptionAvailable())) throw new Error('The keychain is not available.');
      return (await safeStorage.encryptStringAsync(text)).toString('base64');
    },
    async decrypt(text) {
      const bytes = Buffer.from(text, 'base64');
      const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(bytes);
      // After a change of the system's key the first answer may be of before it [Electron, decryptStringAsync].
      const plain = shouldReEncrypt ? (await safeStorage.decryptStringAsync(bytes)).result : result;
      return { text: plain, isStale: shouldReEncrypt };
    },
  };
}
