/** The entry of Electron's utility processes: the image worker, spoken to over its port, or the sandbox. Imports nothing of Electron. */
import { on } from 'node:events';
import { runImageWorker } from '../../media/picture/imageWorker.ts';
import type { ParentLines } from '../../processes/stdioLines.ts';
import { runSandboxProcess } from '../../sandbox/command.ts';
import { installLastResort } from '../lastResort.ts';

const [command, ...args] = process.argv.slice(2);

if (command === 'image-worker') {
  await runImageWorker(portLines());
} else if (command === 'sandbox') {
  installLastResort(null);
  process.exit(await runSandboxProcess(args));
} else {
  throw new Error(`There is no helper "${command}".`);
}

function portLines(): ParentLines {
  const port = process.parentPort;
  return {
    heard: (async function* () {
      for await (const [event] of on(port, 'message')) yield String((event as Electron.MessageEvent).data);
    })(),
    answer: (line) => port.postMessage(line),
  };
}
