/** In which order checks are read: what needs the person first, what passes last. */
import type { Verdict } from '../../../shared/contract/media.ts';
import type { ShotAdvice } from '../trim/shots.ts';

/** A line of the checks: the app's verdict, or what the page adds from what it sees in the clip. */
export type CheckLine = Verdict | ShotAdvice;

const rank: Record<CheckLine['state'], number> = { blocked: 0, warn: 1, fixed: 2, pass: 3 };

export function sortVerdicts<Line extends CheckLine>(lines: readonly Line[]): Line[] {
  return [...lines].sort((a, b) => rank[a.state] - rank[b.state]);
}

/** How many lines there are of each kind. */
export function countLines(lines: readonly Pick<CheckLine, 'state'>[]): Record<CheckLine['state'], number> {
  const counts = { blocked: 0, warn: 0, fixed: 0, pass: 0 };
  for (const { state } of lines) counts[state] += 1;
  return counts;
}

export type Fix = NonNullable<CheckLine['fix']>;

/**
 * What a line offers. A range too long for the image's facing may be trimmed or, often better, faced as in the video; with an
 * element only the facing is wrong, and no trim would help.
 */
export function fixesOf(verdict: CheckLine): Fix[] {
  if (verdict.state !== 'blocked' && verdict.state !== 'warn') return [];
  if (verdict.fix === null) return [];
  if (verdict.rule === 'image.ratio') return ['cropImage', 'padImage'];
  const isTooLong = verdict.fix === 'switchToVideo' && verdict.rule !== 'element.orientation';
  return isTooLong ? ['trimToMax', 'switchToVideo'] : [verdict.fix];
}
