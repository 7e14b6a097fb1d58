/** Pictures of the clip along the timeline, filled in as they are made. */
import { memo } from 'react';
import type { Timeline } from '../../shared/contract/timeline.ts';
import { mediaUrl } from '../../shared/media/mediaUrl.ts';
import type { ClipClock } from '../state/trim/trim.ts';
import { positionAt, type View } from '../state/trim/view.ts';
import { useTexts } from '../text/i18n.ts';
import classes from './Timeline.module.css';

interface FilmstripProps {
  assetId: string;
  clock: ClipClock;
  view: View;
  width: number;
  strip: Timeline['filmstrip'] | undefined;
  isDone: boolean;
}

const heightPx = 46;

export const Filmstrip = memo(function Filmstrip({ assetId, clock, view, width, strip, isDone }: FilmstripProps) {
  const { t } = useTexts();
  const ratio = strip && strip.height > 0 ? strip.width / strip.height : 16 / 9;
  const tileCount = width > 0 ? Math.max(1, Math.ceil(width / (heightPx * ratio))) : 0;
  const tiles = Array.from({ length: strip ? tileCount : 0 }, (_, index) => {
    const middle = positionAt(view, (index + 0.5) / tileCount);
    return { index, picture: pictureAt(middle / clock.length, strip?.count ?? 0) };
  });
  if (isDone && strip?.doneCount === 0) {
    return (
      <div className={classes.filmstrip} aria-hidden="true">
        <span className={classes.missing}>{t('create.timeline.picturesUnread')}</span>
      </div>
    );
  }
  return (
    <div className={classes.filmstrip} aria-hidden="true">
      {tiles.map(({ index, picture }) => (
        <div key={index} className={classes.tile}>
          {picture < (strip?.doneCount ?? 0) ? (
            <img src={mediaUrl('filmstrip', assetId, picture)} alt="" draggable={false} />
          ) : null}
        </div>
      ))}
    </div>
  );
});

/** Pictures are spread evenly over the clip. */
function pictureAt(share: number, count: number): number {
  return Math.max(0, Math.min(count - 1, Math.floor(share * count)));
}
