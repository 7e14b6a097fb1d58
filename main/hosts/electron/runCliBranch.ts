/** `Restage --cli …`: the command line inside the packaged program, without a window. */
import path from 'node:path';
import { app } from 'electron';
import { defaultProfileDir } from '../../profile/paths.ts';
import { noSecretBox } from '../../settings/apiKey.ts';
import { samplesDir, selfCommand } from './electronOptions.ts';

export async function runCliBranch(argv: readonly string[], root: string): Promise<void> {
  // A folder of its own: two Chromium processes in one folder fight over its caches.
  app.setPath('userData', path.join(defaultProfileDir(), 'electron-cli'));
  app.disableHardwareAcceleration();
  app.dock?.hide();
  const { runCli } = await import('../cli/runCli.ts');
  const { processIo } = await import('../cli/cliIo.ts');
  const program = {
    host: 'cli' as const, // a key that the window stored in the keychain is not the command line's to use
    version: app.getVersion(),
    samplesDir: samplesDir(root),
    selfCommand: selfCommand(),
    secretBox: noSecretBox,
  };
  const code = await runCli(argv, processIo(program));
  // What is written to a pipe must be out before the process ends.
  process.stdout.write('', () => process.stderr.write('', () => app.exit(code)));
}
