/** What a job is called on the page. */

import type { Job } from '../../../shared/contract/jobs.ts';
import { shownText } from '../../../shared/words/shownText.ts';
import type { Texts } from '../../text/i18n.ts';

export function jobName({ recipe, videoName, imageName }: Job, { t }: Texts): string {
  return recipe.kind === 'element'
    ? t('queue.element', { name: recipe.name })
    : shownText(`${videoName} → ${imageName ?? ''}`);
}
