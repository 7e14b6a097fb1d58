/** Opens a profile without the rights to write it, and prints what is said. */
import { registerHooks } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { toErrorData } from '../../../shared/errors.ts';

const [, , profileDir = '', uid = ''] = process.argv;
// electron-store asks for electron, which is not there outside Electron.
const electronAbsent = pathToFileURL(path.join(import.meta.dirname, '../../../main/settings/electronAbsent.ts')).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: electronAbsent, shortCircuit: true } : next(specifier, context),
});
const { openProfile } = await import('../../../main/profile/connect.ts');
const { noSecretBox } = await import('../../../main/settings/apiKey.ts');
if (uid !== '') process.setuid?.(Number(uid));
try {
  const connection = await openProfile({
    ...{ profileDir, host: 'browser', secretBox: noSecretBox, env: {}, locale: 'en', samplesDir: '' },
    capabilities: { nativeDragOut: false, reveal: false, keychain: false, chooseFolder: false },
    selfCommand: { command: process.execPath, args: [] },
  });
  await connection.close();
  process.stdout.write(JSON.stringify({ code: 'opened', reasons: [] }));
} catch (error) {
  process.stdout.write(JSON.stringify(toErrorData(error)));
}
process.exit(0);
