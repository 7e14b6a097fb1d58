/** Which results belong together: the same clip, the same part of it, the same character make one shot, however often it was ordered. */
import { createHash } from 'node:crypto';
import type { Recipe } from '../../../shared/contract/jobs.ts';

/** Null: nothing was ordered that could be ordered again. */
export function shotIdOf(recipe: Recipe | null): string | null {
  if (recipe === null) return null;
  const { videoId, trim } = recipe;
  const part = trim ? [trim.unit, trim.from, trim.to] : [];
  const who = recipe.kind === 'motion' ? [recipe.imageId, recipe.elementId ?? ''] : ['element'];
  return createHash('sha256')
    .update(JSON.stringify([videoId, part, who]))
    .digest('hex')
    .slice(0, 24);
}
