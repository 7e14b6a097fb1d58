/** Where a limit stands in a chart: drawn through it, or only told where it would press the bars flat. Pure. */
import { parseCredits } from '../../../shared/money/pricing.ts';

/** So many times the highest bar still leave bars that can be told apart. */
const MOST_TIMES = 4n;

/** `limit`: credits as a decimal; null: none is set. `highest`: credits x 10^-8. */
export function placeLimit(limit: string | null, highest: bigint): 'none' | 'drawn' | 'above' {
  if (limit === null) return 'none';
  return highest > 0n && parseCredits(limit) > highest * MOST_TIMES ? 'above' : 'drawn';
}
