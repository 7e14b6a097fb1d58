/** The pauses after trouble. */

/** How much longer than the first pause one lasts after a 429 that names no figure: a minute where the first is a second [contract section 8]. */
const RATE_LIMIT_FACTOR = 60;

interface Pauses {
  baseMs: number;
  capMs: number;
  random?: () => number;
}

/** Exponential back-off with full jitter, capped: many clients that lost the same server do not come back in step. */
export function backOffMs(attempt: number, { baseMs, capMs, random = Math.random }: Pauses): number {
  const ceiling = Math.min(capMs, baseMs * 2 ** Math.min(attempt, 30));
  // Never under the first pause: "at once, again and again" is no back-off.
  return Math.round(baseMs + Math.max(0, ceiling - baseMs) * random());
}

/** After "too many requests" without a figure; a tenth more or less, so that all do not come back together. */
export function rateLimitMs({ baseMs, random = Math.random }: Omit<Pauses, 'capMs'>): number {
  return Math.round(baseMs * RATE_LIMIT_FACTOR * (1 + 0.1 * random()));
}
