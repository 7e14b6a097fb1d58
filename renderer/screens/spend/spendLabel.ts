/** What a row of sums is called: a day, a month, a file, a tag, a project, or that there is none. */

import type { SpendGrouping, SpendRow } from '../../../shared/money/spend.ts';
import { shownText } from '../../../shared/words/shownText.ts';
import { formatDay } from '../../format/units.ts';
import type { Texts } from '../../text/i18n.ts';

const nameless = {
  character: 'spend.noCharacter',
  clip: 'spend.noName',
  tag: 'spend.noTag',
  project: 'spend.noProject',
} as const;

/** `isShort`: as it fits under a bar. */
export function spendLabel(row: SpendRow, by: SpendGrouping, { t, language }: Texts, isShort = false): string {
  if (by === 'day') {
    if (!isShort) return formatDay(row.key, language);
    return new Intl.DateTimeFormat(language, { month: 'numeric', day: 'numeric' }).format(
      new Date(`${row.key}T12:00:00`),
    );
  }
  if (by === 'month') {
    const style = { year: 'numeric', month: isShort ? 'numeric' : 'long' } as const;
    return new Intl.DateTimeFormat(language, style).format(new Date(`${row.key}-15T12:00:00`));
  }
  return shownText(row.name) || t(nameless[by]);
}
