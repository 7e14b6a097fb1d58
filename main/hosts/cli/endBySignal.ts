/** The end that a signal asks for, when an orderly one cannot be had: whatever the other threads are stuck in. */

export type EndSignal = (typeof endSignals)[number];

/** By these, people and systems end programs. */
export const endSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Never returns for long. `process.exit` would wait for the threads, and one that hangs in a system call (a dead network drive) never comes;
 * the system's own way of ending a program by a signal waits for nobody, and tells the parent which signal it was.
 */
export function endBySignal(signal: EndSignal): void {
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
  // Where the signal was ignored from the start (nohup): without a last word, but at once.
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), 500);
}
