/** Characters × prepared takes: the recipe of every cell, and what is picked costs together. Pure. */
import type { MotionRecipe } from '../../shared/contract/jobs.ts';
import type { Prepared } from '../../shared/contract/media.ts';
import { creditsToString, parseCredits } from '../../shared/pricing.ts';
import { type Draft, recipeOf } from './draft.ts';

export interface Cell {
  key: string;
  imageId: string;
  takeId: string;
  recipe: MotionRecipe;
}

/** What the clip decides (range, crop, facing, preparation) comes from the take, all else from the form. */
export function cellsOf(draft: Draft, imageIds: readonly string[], takes: readonly Prepared[]): Cell[] {
  return imageIds.flatMap((imageId) =>
    takes.flatMap((take) => {
      const { target, trim, preset, crop, pad } = take.plan;
      if (target === 'element') return [];
      const isImage = target === 'motion-image';
      const recipe = recipeOf({
        ...draft,
        videoId: take.assetId,
        imageId,
        trim,
        crop: crop ?? null,
        pad: pad ?? null,
        // Cut for the image in the form, and for no other.
        imageEdit: imageId === draft.imageId ? draft.imageEdit : null,
        preset,
        orientation: isImage ? 'image' : 'video',
        elementId: isImage ? null : draft.elementId,
      });
      return recipe ? [{ key: `${imageId} ${take.id}`, imageId, takeId: take.id, recipe }] : [];
    }),
  );
}

export interface Price {
  low: string;
  high: string;
}

export function sumPrices(prices: readonly Price[]): Price {
  const sum = (side: keyof Price) =>
    creditsToString(prices.reduce((total, price) => total + parseCredits(price[side]), 0n));
  return { low: sum('low'), high: sum('high') };
}

/** All of them become picked, or, when they already are, none. */
export function toggleKeys(picked: ReadonlySet<string>, keys: readonly string[]): Set<string> {
  const next = new Set(picked);
  const areAll = keys.every((key) => next.has(key));
  for (const key of keys) {
    if (areAll) next.delete(key);
    else next.add(key);
  }
  return next;
}
