/** Timecodes along the top of the timeline, counted as the player counts. */

import { formatPosition, toSeconds, toTicks } from '../state/trim/trim.ts';
import type { Clip } from '../state/trim/useClip.ts';
import { percentOf, rulerMarks, type View } from '../state/trim/view.ts';
import classes from './Timeline.module.css';

const minGapPx = 92;
/** What a whole timecode needs; at the right end there may be less, and half a number says something else. */
const labelPx = 84;

export function Ruler({ clip, view, width }: { clip: Clip; view: View; width: number }) {
  const { clock } = clip;
  const seconds = { start: toSeconds(clock, view.start), end: toSeconds(clock, view.end) };
  const marks = width > 0 ? rulerMarks(seconds, minGapPx / width) : [];
  return (
    <div className={`${classes.ruler} tabular`} aria-hidden="true">
      {marks.map((mark) => {
        const left = percentOf(view, toTicks(clock, mark));
        const hasRoom = (1 - left / 100) * width >= labelPx;
        return (
          <span key={mark} className={classes.mark} style={{ left: `${left}%` }}>
            {hasRoom ? formatPosition(clock, toTicks(clock, mark)) : null}
          </span>
        );
      })}
    </div>
  );
}
