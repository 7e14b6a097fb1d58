/** One question to the person at the terminal. */
import readline from 'node:readline/promises';

/** On stderr: stdout is for the answer. A line that is closed (Ctrl+D) is an empty answer. Rejects when `signal` fires. */
export async function askAtTerminal(question: string, signal: AbortSignal): Promise<string> {
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
