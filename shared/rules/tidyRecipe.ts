/** A recipe with its texts in the form in which they are sent: the same order, whichever keyboard or host it was typed on. */

import type { Recipe } from '../contract/jobs.ts';
import { tidyText } from '../words/texts.ts';
import { callbackHref } from './callbackUrl.ts';

export function tidyRecipe<R extends Recipe>(recipe: R): R {
  const tidy: Recipe = recipe;
  const callback = tidy.callbackUrl === undefined ? {} : { callbackUrl: callbackHref(tidy.callbackUrl) };
  const texts =
    tidy.kind === 'element'
      ? { name: tidyText(tidy.name), description: tidyText(tidy.description) }
      : {
          prompt: tidyText(tidy.prompt),
          ...(tidy.project === undefined ? {} : { project: tidyText(tidy.project) }),
        };
  return { ...recipe, ...texts, ...callback };
}
