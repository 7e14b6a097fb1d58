/** The beats of the sound, as lines over the waveform and ticks below the ruler. */
import { memo } from 'react';
import { visibleBeats } from '../state/trim/beats.ts';
import { percentOf, type View } from '../state/trim/view.ts';
import classes from './Timeline.module.css';

interface BeatMarksProps {
  at: readonly number[];
  view: View;
  width: number;
  /** Handles snap to them: drawn more strongly. */
  isOn: boolean;
}

/** Knows nothing of the range: while a handle is dragged nothing here is drawn anew. */
export const BeatMarks = memo(function BeatMarks({ at, view, width, isOn }: BeatMarksProps) {
  return visibleBeats(at, view, width).map((beat) => (
    <div
      key={beat}
      className={classes.beat}
      data-testid="beat-mark"
      data-on={isOn}
      style={{ left: `${percentOf(view, beat)}%` }}
      aria-hidden="true"
    />
  ));
});
