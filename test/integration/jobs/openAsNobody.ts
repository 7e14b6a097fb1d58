/** Opens a profile without the rights to write it, and prints what is said. */
import '../../fixtures/withoutElectron.ts';
import { toErrorData } from '../../../shared/errors.ts';

const [, , profileDir = '', uid = ''] = process.argv;
const { openProfile } = await import('../../../main/profile/connect.ts');
const { noSecretBox } = await import('../../../main/settings/apiKey.ts');
if (uid !== '') process.setuid?.(Number(uid));
try {
  const connection = await openProfile({
    ...{ profileDir, host: 'browser', secretBox: noSecretBox, env: {}, locale: 'en', samplesDir: '' },
    capabilities: { nativeDragOut: false, reveal: false, keychain: false, chooseFolder: false, notifications: false },
    selfCommand: { command: process.execPath, args: [] },
  });
  await connection.close();
  process.stdout.write(JSON.stringify({ code: 'opened', reasons: [] }));
} catch (error) {
  process.stdout.write(JSON.stringify(toErrorData(error)));
}
process.exit(0);
