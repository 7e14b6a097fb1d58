/** What the CLI touches of the world outside: streams, a person at the terminal, environment, signals. Tests and Electron pass their own. */
import { isatty } from 'node:tty';
import type { HostKind } from '../../hostTypes.ts';
import type { SelfStart } from '../../processes/helper.ts';
import type { SecretBox } from '../../services.ts';
import { askAtTerminal } from './askAtTerminal.ts';
import { type EndSignal, endBySignal, endSignals } from './endBySignal.ts';
import { descriptorOutput, type Output, terminalOutput } from './output.ts';

export interface CliIo {
  stdout: Output;
  stderr: Output;
  /** Asks the person at the terminal; null when nobody is there. */
  ask: ((question: string, signal: AbortSignal) => Promise<string>) | null;
  env: Readonly<Record<string, string | undefined>>;
  cwd: string;
  platform: NodeJS.Platform;
  /** Calls back when the person (or the system) asks the program to stop; returns its own end. */
  onInterrupt(listener: (signal: EndSignal) => void): () => void;
  program: Program;
}

/** The program that runs the CLI: a checkout under Node, or the packaged app under Electron. */
export interface Program {
  host: HostKind;
  version: string;
  samplesDir: string;
  selfCommand: SelfStart;
  /** Left out: nothing protects a key at rest here; it comes from the environment, or from an owner-only file by consent. */
  secretBox?: SecretBox;
}

/** For programs that work in the thread that hears their signals: the packaged app, and processes that the app starts for itself. */
export function processIo(program: Program): CliIo {
  const stderr = isatty(2) ? terminalOutput(process.stderr) : descriptorOutput(2);
  return {
    stdout: isatty(1) ? terminalOutput(process.stdout) : descriptorOutput(1),
    stderr,
    ask: isatty(0) && stderr.isTerminal ? askAtTerminal : null,
    env: process.env,
    cwd: process.cwd(),
    platform: process.platform,
    onInterrupt,
    program,
  };
}

/** A second signal shortly after the first is an echo (stores re-raise it at exit); a later one means it. */
const echoMs = 700;
/** How long an orderly end may take: what then still hangs does so in a system call. */
const orderlyMs = 10_000;

function onInterrupt(listener: (signal: EndSignal) => void): () => void {
  let firstAt: number | null = null;
  let late: NodeJS.Timeout | undefined;
  const handle = (signal: EndSignal) => {
    if (firstAt === null) {
      firstAt = performance.now();
      late = setTimeout(() => endBySignal(signal), orderlyMs);
      listener(signal);
    } else if (performance.now() - firstAt > echoMs) {
      endBySignal(signal);
    }
  };
  for (const signal of endSignals) process.on(signal, handle);
  return () => {
    clearTimeout(late);
    for (const signal of endSignals) process.off(signal, handle);
  };
}
