/** In which order checks are read: what needs the person first, what passes last. */
import type { Verdict } from '../../shared/contract/media.ts';

const rank: Record<Verdict['state'], number> = { blocked: 0, warn: 1, fixed: 2, pass: 3 };

export function sortVerdicts(verdicts: readonly Verdict[]): Verdict[] {
  return [...verdicts].sort((a, b) => rank[a.state] - rank[b.state]);
}

export type Fix = NonNullable<Verdict['fix']>;

/**
 * What a line offers. A range too long for the image's facing may be trimmed or, often better, faced as in the video; with an
 * element only the facing is wrong, and no trim would help.
 */
export function fixesOf(verdict: Verdict): Fix[] {
  if (verdict.state !== 'blocked' && verdict.state !== 'warn') return [];
  if (verdict.fix === null) return [];
  const isTooLong = verdict.fix === 'switchToVideo' && verdict.rule !== 'element.orientation';
  return isTooLong ? ['trimToMax', 'switchToVideo'] : [verdict.fix];
}
