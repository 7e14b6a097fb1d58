/**
 * How a second start and the running host know each other by the secret of the owner-only record, without saying it: whoever
 * took over the port of a host that was killed learns nothing, and cannot answer in its name.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

export const nonceHeader = 'x-restage-nonce';

/** `role` keeps an answer from being sent back as a question. */
export function proofOf(secret: string, role: 'ask' | 'answer', ...said: string[]): string {
  return createHmac('sha256', secret)
    .update(JSON.stringify([role, ...said]))
    .digest('hex');
}

/** In constant time. */
export function isProof(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
