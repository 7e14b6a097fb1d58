/** Seconds along the top of the timeline. */
import type { Clip } from '../screens/create/useClip.ts';
import { toSeconds, toTicks } from '../state/trim.ts';
import { percentOf, rulerMarks, type View } from '../state/view.ts';
import classes from './Timeline.module.css';

const minGapPx = 56;
/** What '59:59.5' needs; at the right end there may be less, and half a number says something else. */
const labelPx = 44;

function label(seconds: number): string {
  const whole = Math.floor(seconds + 1e-6);
  const rest = Math.round((seconds - whole) * 10);
  const two = String(whole % 60).padStart(2, '0');
  return `${Math.floor(whole / 60)}:${two}${rest > 0 ? `.${rest}` : ''}`;
}

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
            {hasRoom ? label(mark) : null}
          </span>
        );
      })}
    </div>
  );
}
