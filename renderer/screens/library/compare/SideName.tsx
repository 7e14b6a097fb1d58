/** What a picture is: its kind or take, and the name of its file. */
import { Badge } from '@mantine/core';
import { shownText } from '../../../../shared/words/shownText.ts';
import { useTexts } from '../../../text/i18n.ts';
import classes from './SideName.module.css';
import type { Side } from './sides.ts';

export function useSideTitle(): (side: Side) => string {
  const { t } = useTexts();
  return ({ kind, take }) => {
    if (kind === 'reference') return t('viewer.side.reference');
    if (kind === 'character') return t('viewer.side.character');
    return take === null ? t('viewer.side.result') : t('viewer.take', { number: take });
  };
}

/** `letter`: what it is called in the choice of two. */
export function SideName({ side, letter = null }: { side: Side; letter?: string | null }) {
  const title = useSideTitle()(side);
  const name = shownText(side.name);
  return (
    <>
      {letter ? <Badge color="accent">{letter}</Badge> : null}
      <span className={classes.title}>{title}</span>
      <span className={classes.name} title={name}>
        {name}
      </span>
    </>
  );
}
