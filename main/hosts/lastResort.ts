/**
 * The last resort of a process: what no guard caught is written down, and the process stays up. Stops one broken request, one
 * listener, one promise that nobody waited for, from taking down an app that watches paid jobs.
 */
import { createLogger } from '../storage/logger.ts';
import { redact } from '../storage/redact.ts';

/** A fault that comes back with every tick must not fill the disk with its own story. */
const mostPerMinute = 30;
const minuteMs = 60_000;

/**
 * `profileDir`: whose log it goes to; null: said alone. `say` takes the line for the terminal. Answers the function that a host
 * may also hand its own errors to.
 */
export function installLastResort(profileDir: string | null, say = sayOnStderr): (error: unknown) => void {
  const logger = profileDir === null ? null : createLogger(`${profileDir}/logs`, 'restage');
  let [count, sinceMs] = [0, 0];

  function note(event: string, error: unknown): void {
    const nowMs = performance.now();
    if (sinceMs === 0 || nowMs - sinceMs > minuteMs) [count, sinceMs] = [0, nowMs];
    count += 1;
    if (count > mostPerMinute) return;
    const text = error instanceof Error ? (error.stack ?? String(error)) : String(error);
    logger?.error(event, { error: text });
    // The stack is for the log; a terminal gets one line.
    say(`restage: ${redact(text.split('\n')[0] ?? '')}\n`);
  }

  process.on('uncaughtException', (error) => note('uncaughtException', error));
  process.on('unhandledRejection', (error) => note('unhandledRejection', error));
  return (error) => note('guard', error);
}

function sayOnStderr(line: string): void {
  try {
    process.stderr.write(line);
  } catch {
    // A terminal that is gone must not bring the next exception.
  }
}
