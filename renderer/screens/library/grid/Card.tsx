/** One result in the grid: its still, its pictures under the pointer, in motion by Space, name, stars, flag, state. What is done to it is heard by the grid. */
import { IconCheck, IconEyeOff, IconFileOff, IconStack2, IconX } from '@tabler/icons-react';
import { memo, useState } from 'react';
import type { ListedItem } from '../../../../shared/contract/libraryCommands.ts';
import { mediaUrl } from '../../../../shared/media/mediaUrl.ts';
import { shownText } from '../../../../shared/words/shownText.ts';
import { formatElapsed } from '../../../format/units.ts';
import { useTexts } from '../../../text/i18n.ts';
import { CardStill } from './CardStill.tsx';
import classes from './Grid.module.css';
import { Scrub } from './Scrub.tsx';
import { Stars } from './Stars.tsx';

export interface CellPlace {
  index: number;
  total: number;
  leftPx: number;
  topPx: number;
  widthPx: number;
  heightPx: number;
}

interface CardProps extends CellPlace {
  item: ListedItem;
  isSelected: boolean;
  isTabStop: boolean;
  isPlaying: boolean;
  /** Of its height, what is below the picture. */
  captionPx: number;
  isStacked: boolean;
}

/** From here on there is room for a second line. */
const roomyCaptionPx = 40;

export const Card = memo(function Card(props: CardProps) {
  const { item, index, total, isSelected, isTabStop, captionPx } = props;
  const isSmall = captionPx < roomyCaptionPx;
  return (
    <div
      role="option"
      className={classes.card}
      data-testid="library-card"
      data-card={index}
      data-id={item.id}
      data-state={item.state}
      data-flag={item.flag}
      data-hidden={item.isHidden}
      data-small={isSmall}
      aria-selected={isSelected}
      aria-setsize={total}
      aria-posinset={index + 1}
      tabIndex={isTabStop ? 0 : -1}
      draggable
      style={boxStyle(props)}
    >
      <Picture {...props} />
      <Caption item={item} isSmall={isSmall} />
    </div>
  );
});

export function boxStyle({ leftPx, topPx, widthPx, heightPx }: CellPlace) {
  return { transform: `translate(${leftPx}px, ${topPx}px)`, width: widthPx, height: heightPx };
}

/** Where a result will be once its page is there. */
export const EmptyCard = memo(function EmptyCard(props: CellPlace) {
  const { t } = useTexts();
  return (
    <div
      role="option"
      aria-selected={false}
      aria-disabled
      aria-setsize={props.total}
      aria-posinset={props.index + 1}
      tabIndex={-1}
      className={classes.emptyCard}
      data-testid="library-card-empty"
      style={boxStyle(props)}
    >
      <span className="visually-hidden">{t('library.loadingCard')}</span>
    </div>
  );
});

function Picture({ item, widthPx, heightPx, captionPx, isPlaying, isStacked }: CardProps) {
  const { t } = useTexts();
  const [startShare, setStartShare] = useState<number | null>(null);
  const isMissing = item.state === 'missing';
  return (
    <span
      className={classes.still}
      onPointerEnter={(event) => {
        const { left, width } = event.currentTarget.getBoundingClientRect();
        // A finger that scrolls is not a pointer that looks.
        if (event.pointerType !== 'touch') setStartShare((event.clientX - left) / Math.max(1, width));
      }}
      onPointerLeave={() => setStartShare(null)}
    >
      <CardStill src={mediaUrl('libraryPoster', item.id)} />
      {startShare !== null && !isMissing && !isPlaying ? (
        <Scrub item={item} widthPx={widthPx} heightPx={heightPx - captionPx} startShare={startShare} />
      ) : null}
      {isPlaying && !isMissing ? <video src={mediaUrl('library', item.id)} autoPlay muted loop playsInline /> : null}
      <span className={`${classes.duration} tabular`}>{formatElapsed(item.durationSeconds)}</span>
      <FlagSign item={item} />
      {isStacked && item.versions > 1 ? (
        <span className={classes.stack} data-stack title={t('library.versions', { count: item.versions })}>
          <IconStack2 size={13} aria-hidden="true" />
          <span aria-hidden="true">{item.versions}</span>
          <span className="visually-hidden">{t('library.versions', { count: item.versions })}</span>
        </span>
      ) : null}
      {isMissing ? (
        <span className={classes.missing}>
          <IconFileOff size={16} aria-hidden="true" />
          {t('library.missing')}
        </span>
      ) : null}
    </span>
  );
}

export function FlagSign({ item }: { item: Pick<ListedItem, 'flag' | 'isHidden'> }) {
  const { t } = useTexts();
  return (
    <>
      {item.flag === 'none' ? null : (
        <span className={classes.flag} data-flag={item.flag} role="img" aria-label={t(`library.flag.${item.flag}`)}>
          {item.flag === 'pick' ? <IconCheck size={13} stroke={3} /> : <IconX size={13} stroke={3} />}
        </span>
      )}
      {item.isHidden ? (
        <span className={classes.hidden} role="img" aria-label={t('library.isHidden')}>
          <IconEyeOff size={14} />
        </span>
      ) : null}
    </>
  );
}

function Caption({ item, isSmall }: { item: ListedItem; isSmall: boolean }) {
  const { t } = useTexts();
  const name = shownText(item.name);
  return (
    <span className={classes.caption}>
      <span className={classes.name} title={name}>
        {name}
      </span>
      {isSmall ? null : (
        <span className={classes.meta}>
          <Stars rating={item.rating} />
          {item.isSandbox ? <span className={classes.sandbox}>{t('library.sandbox')}</span> : null}
        </span>
      )}
    </span>
  );
}
