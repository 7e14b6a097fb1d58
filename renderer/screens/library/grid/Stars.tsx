/** Stars as one drawing: a grid has hundreds of them. */
import { useTexts } from '../../../text/i18n.ts';
import classes from './Grid.module.css';

export function Stars({ rating }: { rating: number }) {
  const { t } = useTexts();
  return (
    <span className={classes.stars} role="img" aria-label={t('library.stars', { number: rating })}>
      <span className={classes.starsOn} style={{ width: `${rating * 20}%` }} />
    </span>
  );
}
