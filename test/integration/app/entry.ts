/** The processes that an app starts of itself, when it runs from TypeScript: the sandbox and the image worker. */
import { flushCompileCache } from 'node:module';
import { runImageWorker } from '../../../main/media/picture/imageWorker.ts';
import { stdioLines } from '../../../main/processes/stdioLines.ts';
import { runSandboxProcess } from '../../../main/sandbox/command.ts';

// Both end by a signal as a rule: what was compiled is kept now, for the next of hundreds.
flushCompileCache();

const [name, ...rest] = process.argv.slice(2);
if (name === 'image-worker') await runImageWorker(stdioLines());
else process.exitCode = await runSandboxProcess(rest);
