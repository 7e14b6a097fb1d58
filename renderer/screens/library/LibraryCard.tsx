/** One result in the grid: its still, its picture in motion under the pointer or by Space, name, stars, state. */

import { Badge } from '@mantine/core';
import { IconFileOff, IconStarFilled } from '@tabler/icons-react';
import { useState } from 'react';
import type { LibraryItem } from '../../../shared/contract/library.ts';
import { mediaUrl } from '../../../shared/media/mediaUrl.ts';
import { shownText } from '../../../shared/words/shownText.ts';
import { Poster } from '../../components/Poster.tsx';
import { formatElapsed } from '../../format/units.ts';
import { useTexts } from '../../i18n.ts';
import { useLibraryStore } from '../../state/library/libraryStore.ts';
import classes from './Library.module.css';

interface LibraryCardProps {
  item: LibraryItem;
  index: number;
  isTabStop: boolean;
  onFocus: () => void;
}

export function LibraryCard({ item, index, isTabStop, onFocus }: LibraryCardProps) {
  const { t } = useTexts();
  const [isPlaying, setIsPlaying] = useState(false);
  const isMissing = item.state === 'missing';
  return (
    // biome-ignore lint/a11y/useSemanticElements: its parent is a list laid out by hand
    <div role="listitem" className={classes.item}>
      <button
        type="button"
        className={classes.card}
        data-testid="library-card"
        data-card={index}
        data-state={item.state}
        tabIndex={isTabStop ? 0 : -1}
        onFocus={onFocus}
        onBlur={() => setIsPlaying(false)}
        onClick={() => useLibraryStore.setState({ openId: item.id })}
        onKeyDown={(event) => {
          if (event.key !== ' ') return;
          event.preventDefault();
          setIsPlaying(!isPlaying);
        }}
        onPointerEnter={() => setIsPlaying(!isMissing)}
        onPointerLeave={() => setIsPlaying(false)}
      >
        <span className={classes.still}>
          <Poster src={mediaUrl('libraryPoster', item.id)} />
          {isPlaying ? <video src={mediaUrl('library', item.id)} autoPlay muted loop playsInline /> : null}
          <span className={`${classes.duration} tabular`}>{formatElapsed(item.durationSeconds)}</span>
          {isMissing ? (
            <span className={classes.missing}>
              <IconFileOff size={16} aria-hidden="true" />
              {t('library.missing')}
            </span>
          ) : null}
        </span>
        <span className={classes.caption}>
          <span className={classes.name} title={shownText(item.name)}>
            {shownText(item.name)}
          </span>
          <span className={classes.meta}>
            <Stars rating={item.rating} />
            {item.isSandbox ? (
              <Badge color="yellow" variant="light" size="xs">
                {t('library.sandbox')}
              </Badge>
            ) : null}
          </span>
        </span>
      </button>
    </div>
  );
}

function Stars({ rating }: { rating: number }) {
  const { t } = useTexts();
  return (
    <span className={classes.stars} role="img" aria-label={t('library.stars', { number: rating })}>
      {[1, 2, 3, 4, 5].map((star) => (
        <IconStarFilled key={star} size={12} data-on={star <= rating} aria-hidden="true" />
      ))}
    </span>
  );
}
