/** The processes that an app starts of itself, when it runs from TypeScript: the sandbox and the image worker. */
import { runImageWorker } from '../../../main/media/picture/imageWorker.ts';
import { runSandboxProcess } from '../../../main/sandbox/command.ts';

const [name, ...rest] = process.argv.slice(2);
if (name === 'image-worker') await runImageWorker();
else process.exitCode = await runSandboxProcess(rest);
