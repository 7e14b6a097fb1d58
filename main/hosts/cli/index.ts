/** The entry of `out/node/cli.js`: makes sure that this Node can run the app, then leaves everything to runCli: in a thread of its own, so that signals are heard whatever it does. */
import { isMainThread } from 'node:worker_threads';
import { createTranslator, languageOf } from '../../../shared/i18n/index.ts';

const neededMajor = 24;

if (Number(process.versions.node.split('.')[0]) < neededMajor) {
  const t = createTranslator(languageOf(process.env.LC_ALL || process.env.LANG || 'en'));
  process.stderr.write(`${t('cli.oldNode', { needed: neededMajor, found: process.versions.node })}\n`);
  process.exitCode = 1;
} else {
  // Imported only now: an older Node would stop at node:sqlite with a message that helps nobody.
  const entry = process.argv[1] ?? import.meta.filename;
  const argv = process.argv.slice(2);
  // What the app starts for itself lives by its parent, speaks over its own stdin and stdout, and hears no terminal.
  const isServant = argv.includes('image-worker') || (argv.includes('sandbox') && argv.includes('--dir'));
  if (isMainThread && !isServant) {
    (await import('./signalThread.ts')).hearSignals(entry);
  } else {
    const { checkoutProgram } = await import('./program.ts');
    const program = checkoutProgram(entry);
    if (!isMainThread) {
      await (await import('./workThread.ts')).runInWorkThread(argv, program);
    } else {
      const { installLastResort } = await import('../lastResort.ts');
      // A helper that is in doubt about itself ends: whoever started it starts another, and waits for nothing.
      if (!argv.includes('image-worker')) installLastResort(null);
      const { runCli } = await import('./runCli.ts');
      const { processIo } = await import('./cliIo.ts');
      process.exit(await runCli(argv, processIo(program)));
    }
  }
}
