/** `Restage --cli …`: the command line inside the packaged program, without a window. */
import path from 'node:path';
import { app } from 'electron';
import { noSecretBox } from '../../settings/apiKey.ts';
import { helperEntry, samplesDir } from './electronOptions.ts';
import { utilityHelpers } from './utilityHelper.ts';

export async function runCliBranch(
  argv: readonly string[],
  { root, profileDir }: { root: string; profileDir: string },
): Promise<void> {
  // A folder of its own: two Chromium processes in one folder fight over its caches.
  app.setPath('userData', path.join(profileDir, 'electron-cli'));
  app.disableHardwareAcceleration();
  app.dock?.hide();
  const { runCli } = await import('../cli/runCli.ts');
  const { processIo } = await import('../cli/cliIo.ts');
  const program = {
    host: 'cli' as const, // a key that the window stored in the keychain is not the command line's to use
    version: app.getVersion(),
    samplesDir: samplesDir(root),
    selfCommand: utilityHelpers(helperEntry(root)),
    secretBox: noSecretBox,
  };
  // On Windows Electron's stdin is at its end: a question would be answered before anybody read it.
  const io = processIo(program);
  const code = await runCli(argv, process.platform === 'win32' ? { ...io, ask: null } : io);
  // What is written to a pipe must be out before the process ends.
  process.stdout.write('', () => process.stderr.write('', () => app.exit(code)));
}
