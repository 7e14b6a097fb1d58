/** The head of a group of results: what they have in common, and how many there are. */
import type { LibraryGroup } from '../../../../shared/contract/libraryCommands.ts';
import { shownText } from '../../../../shared/words/shownText.ts';
import { formatDay, formatNumber } from '../../../format/units.ts';
import { useTexts } from '../../../text/i18n.ts';
import classes from './Grid.module.css';
import type { Section } from './geometry.ts';

export function useGroupLabel(group: LibraryGroup): (section: Pick<Section, 'key' | 'label'>) => string {
  const { t, language } = useTexts();
  return ({ key, label }) => {
    if (group === 'day') return formatDay(label || key, language);
    if (label !== '') return shownText(label);
    if (group === 'project') return t('library.group.noProject');
    return group === 'character' ? t('library.group.noCharacter') : t('library.group.noClip');
  };
}

export function GroupHeading({ label, count, topPx }: { label: string; count: number; topPx: number }) {
  const { language } = useTexts();
  return (
    <div role="presentation" className={classes.heading} style={{ transform: `translateY(${topPx}px)` }}>
      <span className={classes.headingText}>{label}</span>
      <span className={`${classes.headingCount} tabular`}>{formatNumber(count, language, 0)}</span>
    </div>
  );
}
