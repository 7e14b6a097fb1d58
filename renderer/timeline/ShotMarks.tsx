/** What the scan saw, on the strip: a line for each cut (the fainter, the less sure), and a lane of takes, black and frozen stretches. */
import { memo, type PointerEvent as ReactPointerEvent } from 'react';
import { formatNumber } from '../format/units.ts';
import { useDraftDispatch } from '../state/order/draftStore.ts';
import { usePlayerStore } from '../state/trim/player.ts';
import { type ClipShots, type Cut, offerTakes } from '../state/trim/shots.ts';
import { type ClipClock, formatPosition, type Range, trimOf } from '../state/trim/trim.ts';
import { percentOf, type View } from '../state/trim/view.ts';
import { useTexts } from '../text/i18n.ts';
import classes from './Timeline.module.css';
import { visibleCuts } from './visibleCuts.ts';

interface ShotMarksProps {
  clock: ClipClock;
  minSeconds: number;
  maxSeconds: number;
  view: View;
  width: number;
  shots: ClipShots;
}

/** Knows nothing of the range: while a handle is dragged nothing here is drawn anew. */
export const ShotMarks = memo(function ShotMarks({ width, ...lane }: ShotMarksProps) {
  const { clock, view, shots } = lane;
  return (
    <>
      <div className={classes.lane} data-testid="shot-lane" aria-hidden="true">
        <Takes {...lane} />
        <Spoilt clock={clock} view={view} ranges={shots.black} kind="black" />
        <Spoilt clock={clock} view={view} ranges={shots.freezes} kind="freeze" />
      </div>
      {visibleCuts(shots.cuts, view, width).map((cut) => (
        <CutMark key={cut.at} clock={clock} view={view} cut={cut} />
      ))}
    </>
  );
});

/** A pointer's shortcut to its first picture; keys have up and down. */
function CutMark({ clock, view, cut }: { clock: ClipClock; view: View; cut: Cut }) {
  const { t, language } = useTexts();
  const percent = `${formatNumber(cut.confidence * 100, language, 0)} %`;
  const seek = (event: ReactPointerEvent) => {
    event.stopPropagation();
    usePlayerStore.getState().controls?.seek(cut.at);
  };
  return (
    <div
      className={classes.cut}
      style={{ left: `${percentOf(view, cut.at)}%`, opacity: 0.3 + 1.4 * (cut.confidence - 0.5) }}
      data-testid="cut-mark"
      aria-hidden="true"
    >
      <span
        className={classes.cutHead}
        title={t('create.timeline.cut', { at: formatPosition(clock, cut.at), percent })}
        onPointerDown={seek}
      />
    </div>
  );
}

function placeOf(view: View, { from, to }: Range) {
  const left = Math.max(0, percentOf(view, from));
  const right = Math.min(100, percentOf(view, to));
  return right <= left ? null : { left: `${left}%`, width: `${right - left}%` };
}

/** Clicking a take chooses it; keys reach the same through the list above the strip. */
function Takes({ clock, view, shots, minSeconds, maxSeconds }: Omit<ShotMarksProps, 'width'>) {
  const { t } = useTexts();
  const dispatch = useDraftDispatch();
  return offerTakes(clock, shots.takes, { minSeconds, maxSeconds }).map(({ whole, range }, index) => {
    const place = placeOf(view, whole);
    if (!place) return null;
    const choose = (event: ReactPointerEvent) => {
      event.stopPropagation();
      dispatch({ type: 'setTrim', trim: trimOf(clock, range) ?? null });
      usePlayerStore.getState().controls?.seek(range.from);
    };
    const [from, to] = [formatPosition(clock, whole.from), formatPosition(clock, whole.to)];
    return (
      <div
        key={whole.from}
        className={classes.take}
        style={place}
        title={t('create.timeline.takes.bar', { number: index + 1, from, to })}
        onPointerDown={choose}
      />
    );
  });
}

interface SpoiltProps {
  clock: ClipClock;
  view: View;
  ranges: readonly Range[];
  kind: 'black' | 'freeze';
}

function Spoilt({ clock, view, ranges, kind }: SpoiltProps) {
  const { t } = useTexts();
  return ranges.map((range) => {
    const place = placeOf(view, range);
    if (!place) return null;
    const [from, to] = [formatPosition(clock, range.from), formatPosition(clock, range.to)];
    return (
      <div
        key={range.from}
        className={classes.spoilt}
        data-kind={kind}
        style={place}
        title={t(`create.timeline.${kind}`, { from, to })}
      />
    );
  });
}
