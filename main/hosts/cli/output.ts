/** Writing to stdout and stderr so that a write that fails is known: a full disk behind `>`, or a reader that has gone. */
import { writeSync } from 'node:fs';

export interface TextSink {
  write(text: string): void;
  isTerminal: boolean;
  /** Cells per line; without a terminal a line has no end. */
  columns: number;
}

export interface Output extends TextSink {
  /** The errno of the first write that failed (ENOSPC, EIO, …), else null; nothing is written after it. `EPIPE`: the reader has gone. */
  failure(): string | null;
}

/**
 * A file or a pipe, written at once: what could not be written is known before the exit code is chosen. It stands still for as long as
 * the reader does, so whoever must hear signals meanwhile runs in another thread.
 */
export function descriptorOutput(descriptor: number): Output {
  return withFailure((text) => writeWhole(descriptor, Buffer.from(text)), {
    isTerminal: false,
    columns: () => Number.POSITIVE_INFINITY,
  });
}

/** A terminal: the system's own encoding and a queue, so that a terminal that was stopped (Ctrl+S) stops nothing else. */
export function terminalOutput(stream: NodeJS.WriteStream): Output {
  let failure: string | null = null;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    failure ??= error.code ?? 'EIO';
  });
  return {
    write: (text) => void (failure === null && stream.write(text)),
    failure: () => failure,
    isTerminal: true,
    get columns() {
      return stream.columns || 80;
    },
  };
}

/** An output around any way of writing that throws the system's errors. */
export function withFailure(
  write: (text: string) => void,
  { isTerminal, columns }: { isTerminal: boolean; columns: () => number },
): Output {
  let failure: string | null = null;
  return {
    write(text) {
      if (failure !== null) return;
      try {
        write(text);
      } catch (error) {
        failure = errnoOfWrite(error);
      }
    },
    failure: () => failure,
    isTerminal,
    get columns() {
      return columns();
    },
  };
}

const retryMs = 5;
const sleeper = new Int32Array(new SharedArrayBuffer(4));

function writeWhole(descriptor: number, bytes: Buffer): void {
  for (let rest = bytes; rest.length > 0; ) {
    try {
      rest = rest.subarray(writeSync(descriptor, rest));
    } catch (error) {
      if (errnoOfWrite(error) !== 'EAGAIN') throw error;
      // Somebody else made the pipe non-blocking, and it is full: until it is read.
      Atomics.wait(sleeper, 0, 0, retryMs);
    }
  }
}

/** Windows says EOF where the reader of a pipe has gone. */
function errnoOfWrite(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'EIO';
  return code === 'EOF' ? 'EPIPE' : code;
}
