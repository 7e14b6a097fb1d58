/** Texts whose keys come from data: null where the catalogue has none. */
import type { Translate } from '../../../shared/i18n/index.ts';
import type { FindText } from '../../../shared/jobs/jobProblem.ts';

export function findText(t: Translate): FindText {
  return (key, params) => {
    const text = t(key, params ?? {});
    return text === key ? null : text;
  };
}
