/** Entry of the browser host: `node out/node/browser.js [--profile DIR] [--library DIR] [--print]`. */
import path from 'node:path';
import { toErrorData } from '../../../shared/errors.ts';

const oldestNode = 24;
const major = Number(process.versions.node.split('.')[0]);
if (major < oldestNode) {
  process.stderr.write(`restage: needs Node ${oldestNode}, this is ${process.version}. Start it with "npm start".\n`);
  process.exit(1);
}

// Only now: an older Node fails while it loads what comes next, before a line of ours has run.
const { runBrowserHost } = await import('./run.ts');
try {
  const root = path.resolve(import.meta.dirname, '..', '..');
  process.exitCode = await runBrowserHost({ root, argv: process.argv.slice(2) });
} catch (error) {
  const { code, detail } = toErrorData(error);
  process.stderr.write(`restage: ${detail ?? code}\n`);
  process.exitCode = 1;
}
// What is still open (a detached window, idle connections) must not keep the process; what was printed must be out first.
process.stdout.write('', () => process.exit());
