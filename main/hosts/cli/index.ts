/** The entry of `out/node/cli.js`: makes sure that this Node can run the app, then leaves everything to runCli. */
import { createTranslator, languageOf } from '../../../shared/i18n/index.ts';

const neededMajor = 24;

if (Number(process.versions.node.split('.')[0]) < neededMajor) {
  const t = createTranslator(languageOf(process.env.LC_ALL || process.env.LANG || 'en'));
  process.stderr.write(`${t('cli.oldNode', { needed: neededMajor, found: process.versions.node })}\n`);
  process.exitCode = 1;
} else {
  // Imported only now: an older Node would stop at node:sqlite with a message that helps nobody.
  const { runCli } = await import('./runCli.ts');
  const { checkoutProgram } = await import('./program.ts');
  const { processIo } = await import('./cliIo.ts');
  const entry = process.argv[1] ?? import.meta.filename;
  const code = await runCli(process.argv.slice(2), processIo(checkoutProgram(entry)));
  // What is written to a pipe must be out before the process ends; open handles of a stopped app must not keep it.
  process.stdout.write('', () => process.stderr.write('', () => process.exit(code)));
}
