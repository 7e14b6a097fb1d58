/** What the CLI touches of the world outside: streams, a person at the terminal, environment, signals. Tests and Electron pass their own. */
import readline from 'node:readline/promises';
import type { HostKind } from '../../hostTypes.ts';
import type { SecretBox, SelfCommand } from '../../services.ts';

export interface TextSink {
  write(text: string): void;
  isTerminal: boolean;
  /** Cells per line; without a terminal a line has no end. */
  columns: number;
}

export interface CliIo {
  stdout: TextSink;
  stderr: TextSink;
  /** Asks the person at the terminal; null when nobody is there. */
  ask: ((question: string, signal: AbortSignal) => Promise<string>) | null;
  env: Readonly<Record<string, string | undefined>>;
  cwd: string;
  platform: NodeJS.Platform;
  /** Calls back when the person (or the system) asks the program to stop; returns its own end. */
  onInterrupt(listener: () => void): () => void;
  program: Program;
}

/** The program that runs the CLI: a checkout under Node, or the packaged app under Electron. */
export interface Program {
  host: HostKind;
  version: string;
  samplesDir: string;
  selfCommand: SelfCommand;
  /** Left out: nothing protects a key at rest here; it comes from the environment, or from an owner-only file by consent. */
  secretBox?: SecretBox;
}

export function processIo(program: Program): CliIo {
  return {
    stdout: sink(process.stdout),
    stderr: sink(process.stderr),
    ask: process.stdin.isTTY && process.stderr.isTTY ? ask : null,
    env: process.env,
    cwd: process.cwd(),
    platform: process.platform,
    onInterrupt,
    program,
  };
}

function sink(stream: NodeJS.WriteStream): TextSink {
  // `restage jobs list | head` closes the pipe early: that is no failure of ours.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  return {
    write: (text) => void stream.write(text),
    isTerminal: stream.isTTY === true,
    get columns() {
      return stream.columns ?? Number.POSITIVE_INFINITY;
    },
  };
}

/** On stderr: stdout is for the answer. A line that is closed (Ctrl+D) is an empty answer. */
async function ask(question: string, signal: AbortSignal): Promise<string> {
  const reader = readline.createInterface({ input: process.stdin, output: process.stderr });
  // While it reads, the terminal hands Ctrl+C to the reader instead of the process.
  reader.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  const closed = new Promise<string>((resolve) => reader.once('close', () => resolve('')));
  try {
    return await Promise.race([reader.question(question, { signal }), closed]);
  } finally {
    reader.close();
  }
}

/** A second signal shortly after the first is an echo (stores re-raise it at exit); a later one means it. */
const echoMs = 700;

function onInterrupt(listener: () => void): () => void {
  let firstAt: number | null = null;
  const handle = () => {
    if (firstAt === null) {
      firstAt = performance.now();
      listener();
    } else if (performance.now() - firstAt > echoMs) {
      process.exit(130);
    }
  };
  const signals: NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, handle);
  return () => {
    for (const signal of signals) process.off(signal, handle);
  };
}
