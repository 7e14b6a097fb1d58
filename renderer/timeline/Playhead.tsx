/** The playhead: a slider that speaks its timecode. It moves itself, so that a frame costs no more than one line. */

import { usePlayerStore } from '../state/trim/player.ts';
import { formatPosition, stepOf } from '../state/trim/trim.ts';
import type { Clip } from '../state/trim/useClip.ts';
import { percentOf, type View } from '../state/trim/view.ts';
import { useTexts } from '../text/i18n.ts';
import classes from './Timeline.module.css';

export function Playhead({ clip, view }: { clip: Clip; view: View }) {
  const { t } = useTexts();
  const position = usePlayerStore((state) => state.position);
  const share = percentOf(view, position);
  if (share < 0 || share > 100) return null;
  return (
    <div
      className={classes.playhead}
      style={{ left: `${share}%` }}
      role="slider"
      tabIndex={0}
      aria-label={t('create.timeline.playhead')}
      aria-valuemin={0}
      aria-valuemax={clip.clock.length - stepOf(clip.clock)}
      aria-valuenow={position}
      aria-valuetext={formatPosition(clip.clock, position)}
    />
  );
}
