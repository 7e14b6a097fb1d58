/** The facts of a result and the recipe behind it. */

import { Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import type { LibraryItem } from '../../../shared/contract/library.ts';
import { creditsOf } from '../../../shared/money/testCredits.ts';
import { formatSeconds } from '../../../shared/time/duration.ts';
import { shownText } from '../../../shared/words/shownText.ts';
import { formatBytes, formatCredits, formatWhen } from '../../format/units.ts';
import { useTexts } from '../../i18n.ts';
import classes from './Library.module.css';

/** Containers round: less than this is the same length. */
const sameSeconds = 0.1;

export function ItemFacts({ item }: { item: LibraryItem }) {
  const { t, language } = useTexts();
  const result = formatSeconds(item.durationSeconds, language);
  const ordered = formatSeconds(item.orderedSeconds, language);
  const isShorter = item.orderedSeconds - item.durationSeconds > sameSeconds;
  const length = isShorter ? t('library.lengthShorter', { result, ordered }) : t('library.lengthSame', { result });
  const money = creditsOf(item.isSandbox);
  const charged =
    item.creditsCharged === null
      ? t('library.chargedUnknown', money)
      : t('library.chargedCredits', { credits: formatCredits(item.creditsCharged, language), ...money });
  const rows: [string, ReactNode][] = [
    [
      t('library.length'),
      <Tooltip key="length" label={t('library.lengthWhy')} multiline w={260} disabled={!isShorter}>
        <span data-testid="item-length">{length}</span>
      </Tooltip>,
    ],
    [t('library.size'), `${item.width} × ${item.height} · ${formatBytes(item.sizeBytes, language)}`],
    [t('library.charged'), charged],
    [t('library.made'), formatWhen(item.createdAt, language)],
    ...useRecipeRows(item),
    [t('library.task'), item.taskId],
    [t('library.file'), item.file],
  ];
  return (
    <dl className={`${classes.facts} tabular`} aria-label={t('library.recipe')}>
      {rows.map(([label, value]) => (
        <div key={label} style={{ display: 'contents' }}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function useRecipeRows(item: LibraryItem): [string, ReactNode][] {
  const { t } = useTexts();
  const { recipe } = item;
  const rows: [string, ReactNode][] = [[t('library.motion'), shownText(item.videoName)]];
  if (recipe?.kind !== 'motion') return rows;
  rows.push(
    [t('library.character'), item.imageName === null ? null : shownText(item.imageName)],
    [
      t('library.facing'),
      t(recipe.orientation === 'image' ? 'create.recipe.facingImage' : 'create.recipe.facingVideo'),
    ],
    [t('library.quality'), recipe.quality],
    [t('library.sound'), t(recipe.keepSound ? 'library.soundKept' : 'library.soundOff')],
  );
  if (recipe.elementId) rows.push([t('library.element'), recipe.elementId]);
  if (recipe.prompt) rows.push([t('library.prompt'), shownText(recipe.prompt)]);
  return rows;
}
