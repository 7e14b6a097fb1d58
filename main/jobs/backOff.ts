/** Exponential back-off with full jitter, capped: many clients that lost the same server do not come back in step. */
export function backOffMs(attempt: number, options: { baseMs: number; capMs: number; random?: () => number }): number {
  const ceiling = Math.min(options.capMs, options.baseMs * 2 ** Math.min(attempt, 30));
  // Never under a tenth: "at once, again and again" is no back-off.
  return Math.round(ceiling * (0.1 + 0.9 * (options.random ?? Math.random)()));
}
