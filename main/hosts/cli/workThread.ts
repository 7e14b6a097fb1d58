/** The thread that works: the command line as in a process of its own, with its terminal and its signals in the thread beside it. */
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { installLastResort } from '../lastResort.ts';
import type { CliIo, Program } from './cliIo.ts';
import type { EndSignal } from './endBySignal.ts';
import { descriptorOutput, type Output, withFailure } from './output.ts';
import { runCli } from './runCli.ts';
import type { FromWork, Terminals, ToWork } from './threadMessages.ts';

const terminal = z.object({ columns: z.number() }).nullable();
const terminalsSchema: z.ZodType<Terminals> = z.object({ stdout: terminal, stderr: terminal, canAsk: z.boolean() });

export async function runInWorkThread(argv: readonly string[], program: Program): Promise<void> {
  const { io, end } = ioOfThread(program, terminalsSchema.parse(workerData));
  installLastResort(null, (line) => io.stderr.write(line));
  end(await runCli(argv, io));
}

function ioOfThread(program: Program, terminals: Terminals): { io: CliIo; end: (code: number) => void } {
  const tell = (message: FromWork) => parentPort?.postMessage(message);
  const columns = { stdout: terminals.stdout?.columns ?? 0, stderr: terminals.stderr?.columns ?? 0 };
  const listeners = new Set<(signal: EndSignal) => void>();
  const answers = new Map<number, (text: string) => void>();
  let signalled: EndSignal | null = null;
  let nextId = 1;

  parentPort?.on('message', (message: ToWork) => {
    if (message.kind === 'ping') tell({ kind: 'pong' });
    else if (message.kind === 'answered') answers.get(message.id)?.(message.text);
    else if (message.kind === 'columns') Object.assign(columns, { stdout: message.stdout, stderr: message.stderr });
    else {
      signalled = message.signal;
      for (const listener of listeners) listener(message.signal);
    }
  });
  const outputTo = (to: 'stdout' | 'stderr', descriptor: number): Output =>
    terminals[to]
      ? withFailure((text) => tell({ kind: 'write', to, text }), { isTerminal: true, columns: () => columns[to] })
      : descriptorOutput(descriptor);
  const ask = (question: string, signal: AbortSignal): Promise<string> => {
    const id = nextId++;
    return new Promise<string>((resolve, reject) => {
      answers.set(id, resolve);
      signal.addEventListener('abort', () => {
        tell({ kind: 'askNoMore', id });
        reject(signal.reason);
      });
      tell({ kind: 'ask', id, question });
    });
  };
  const io: CliIo = {
    stdout: outputTo('stdout', 1),
    stderr: outputTo('stderr', 2),
    ask: terminals.canAsk ? ask : null,
    env: process.env,
    cwd: process.cwd(),
    platform: process.platform,
    onInterrupt(listener) {
      listeners.add(listener);
      // It may have come while this thread was being loaded.
      if (signalled !== null) listener(signalled);
      return () => void listeners.delete(listener);
    },
    program,
  };
  return { io, end: (code) => tell({ kind: 'end', code }) };
}
