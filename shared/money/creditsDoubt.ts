/**
 * Whether an amount that the provider names can be in credits. Its own pages show the same reserve as 40.824 and as 408240 (1 credit = 10,000
 * units there; read in November 2026), and nobody knows which one the live answers carry: nothing is divided in silence. Pure.
 */
import { parseCredits } from './pricing.ts';

/** unit: about 10,000 times of what was estimated. size: over 20 times of it, or below nothing. */
export const creditsDoubts = ['unit', 'size'] as const;
export type CreditsDoubt = (typeof creditsDoubts)[number];

const UNITS_PER_CREDIT = 10_000n;
const MOST_TIMES = 20n;

/** Credits as decimal strings. Null: the amount is one that such an order can cost. */
export function doubtOf(credits: string, estimate: { low: string; high: string }): CreditsDoubt | null {
  const amount = parseCredits(credits);
  const [low, high] = [parseCredits(estimate.low), parseCredits(estimate.high)];
  if (amount < 0n) return 'size';
  if (high <= 0n || amount <= high * MOST_TIMES) return null;
  // Rounding, a shorter result and another price: half to twice.
  const isUnits = amount * 2n >= low * UNITS_PER_CREDIT && amount <= high * 2n * UNITS_PER_CREDIT;
  return isUnits ? 'unit' : 'size';
}
