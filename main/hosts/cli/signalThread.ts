/**
 * The thread that hears signals. The work runs in a thread beside it: a system call that spins or never returns (SQLite, a settings file, a pipe
 * that nobody reads, a network drive that has gone) blocks only that one, and the first signal still ends the program.
 */
import { isatty } from 'node:tty';
import { SHARE_ENV, Worker } from 'node:worker_threads';
import { askAtTerminal } from './askAtTerminal.ts';
import { type EndSignal, endBySignal, endSignals } from './endBySignal.ts';
import { type Output, terminalOutput } from './output.ts';
import type { FromWork, Terminals, ToWork } from './threadMessages.ts';

/** How long the work may take to end in order once a signal came. */
const orderlyMs = 10_000;
/** A thread that does not answer for so long stands in a system call, and hears nothing. */
const silenceMs = 4000;
const pingMs = 250;

/** `entry`: the file that Node was started with; it runs again in the working thread. Sets the exit code, or ends by the signal. */
export function hearSignals(entry: string): void {
  const outputs = { stdout: openTerminal(1, () => process.stdout), stderr: openTerminal(2, () => process.stderr) };
  const workerData: Terminals = {
    stdout: outputs.stdout && { columns: outputs.stdout.columns },
    stderr: outputs.stderr && { columns: outputs.stderr.columns },
    canAsk: isatty(0) && outputs.stderr !== null,
  };
  const work = new Worker(entry, { argv: process.argv.slice(2), env: SHARE_ENV, workerData });
  const tell = (message: ToWork) => work.postMessage(message);
  const questions = new Map<number, AbortController>();
  const ending = endingOf(tell);

  const ask = (id: number, question: string) => {
    const controller = new AbortController();
    questions.set(id, controller);
    askAtTerminal(question, controller.signal).then(
      (text) => tell({ kind: 'answered', id, text }),
      () => undefined, // it was called off
    );
  };
  work.on('message', (message: FromWork) => {
    ending.heard();
    if (message.kind === 'write') outputs[message.to]?.write(message.text);
    else if (message.kind === 'ask') ask(message.id, message.question);
    else if (message.kind === 'askNoMore') questions.get(message.id)?.abort();
    else if (message.kind === 'end') end(message.code, outputs);
  });
  work.on('error', (error) => {
    process.stderr.write(`restage: ${error instanceof Error ? error.message : String(error)}\n`, () => process.exit(1));
  });
  const resized = () =>
    tell({ kind: 'columns', stdout: outputs.stdout?.columns ?? 0, stderr: outputs.stderr?.columns ?? 0 });
  (outputs.stderr ? process.stderr : outputs.stdout ? process.stdout : null)?.on('resize', resized);
  for (const signal of endSignals) process.on(signal, () => ending.signalled(signal));
}

/** The streams of Node are touched for terminals alone: files and pipes belong to the working thread. */
function openTerminal(descriptor: number, stream: () => NodeJS.WriteStream): Output | null {
  return isatty(descriptor) ? terminalOutput(stream()) : null;
}

function endingOf(tell: (message: ToWork) => void) {
  let firstAtMs: number | null = null;
  let heardAtMs = 0;
  return {
    heard: () => {
      heardAtMs = performance.now();
    },
    /** The second means: at once. */
    signalled(signal: EndSignal) {
      if (firstAtMs !== null) {
        endBySignal(signal);
        return;
      }
      firstAtMs = performance.now();
      heardAtMs = firstAtMs;
      tell({ kind: 'signal', signal });
      setInterval(() => {
        const nowMs = performance.now();
        if (nowMs - heardAtMs > silenceMs || nowMs - (firstAtMs ?? nowMs) > orderlyMs) endBySignal(signal);
        else tell({ kind: 'ping' });
      }, pingMs);
    },
  };
}

/** What a terminal still has to show must be out before the process ends; open handles of a stopped app must not keep it. */
function end(code: number, { stdout, stderr }: { stdout: Output | null; stderr: Output | null }): void {
  const leave = () => process.exit(code === 0 && (stdout?.failure() || stderr?.failure()) ? 1 : code);
  const flushed = (output: Output | null, stream: () => NodeJS.WriteStream, next: () => void) =>
    output && output.failure() === null ? stream().write('', next) : next();
  const last = () => flushed(stderr, () => process.stderr, leave);
  flushed(stdout, () => process.stdout, last);
}
