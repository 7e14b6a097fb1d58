/** The chosen range over the strip: what is left out is dimmed, what cannot be chosen is hatched, whole seconds are ruled. */
import type { PointerEvent as ReactPointerEvent } from 'react';
import { useRef } from 'react';
import { pagePx } from '../state/shell/scale.ts';
import { holdRange, letRangeGo } from '../state/trim/heldRange.ts';
import { usePlayerStore } from '../state/trim/player.ts';
import type { Cut } from '../state/trim/shots.ts';
import { longestWithin, slideRange, snapSlide } from '../state/trim/trim.ts';
import type { Clip } from '../state/trim/useClip.ts';
import { percentOf, type View } from '../state/trim/view.ts';
import { useTexts } from '../text/i18n.ts';
import classes from './Timeline.module.css';
import { snapReachPx, TrimHandle } from './TrimHandle.tsx';
import { useLiveClip } from './useLiveClip.ts';

const maxGridLines = 40;

interface RangeOverlayProps {
  clip: Clip;
  view: View;
  width: number;
  cuts: readonly Cut[];
}

export function RangeOverlay({ clip: kept, view, width, cuts }: RangeOverlayProps) {
  const { t } = useTexts();
  const clip = useLiveClip(kept);
  const { clock, range, maxSeconds } = clip;
  const bound = (position: number) => Math.min(100, Math.max(0, percentOf(view, position)));
  const [left, right] = [bound(range.from), bound(range.to)];
  const limit = bound(range.from + longestWithin(clock, maxSeconds));
  const wholeSeconds = Array.from({ length: Math.floor(clip.seconds + 1e-6) }, (_, index) => index + 1)
    .map((seconds) => range.from + longestWithin(clock, seconds))
    .filter((position) => position < range.to);
  const slide = useSlide({ clip, view, width, cuts });
  return (
    <>
      <div className={classes.outside} style={{ left: 0, width: `${left}%` }} />
      <div className={classes.outside} style={{ left: `${right}%`, right: 0 }} />
      {limit < 100 ? (
        <div
          className={classes.beyond}
          style={{ left: `${limit}%`, right: 0 }}
          title={t('create.timeline.beyond', { seconds: maxSeconds })}
          data-testid="beyond-limit"
        />
      ) : null}
      {wholeSeconds.length <= maxGridLines
        ? wholeSeconds.map((position, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the lines move with the in point, and are the same lines
            <div key={index} className={classes.second} style={{ left: `${percentOf(view, position)}%` }} />
          ))
        : null}
      <div className={classes.range} style={{ left: `${left}%`, width: `${right - left}%` }}>
        <div className={classes.slide} title={t('create.timeline.slide')} {...slide} />
      </div>
      <TrimHandle clip={clip} view={view} width={width} cuts={cuts} handle="from" />
      <TrimHandle clip={clip} view={view} width={width} cuts={cuts} handle="to" />
    </>
  );
}

/** Dragging the bar above the range moves it as a whole; its ends snap as handles do. */
function useSlide({ clip, view, width, cuts }: RangeOverlayProps) {
  const { clock, range, setRange } = clip;
  const start = useRef<{ x: number; from: number; edit: string } | null>(null);
  const letGo = () => {
    if (!start.current) return;
    start.current = null;
    letRangeGo();
  };
  return {
    onPointerDown: (event: ReactPointerEvent<HTMLDivElement>) => {
      if (event.button !== 0) return;
      event.stopPropagation();
      event.currentTarget.setPointerCapture(event.pointerId);
      start.current = { x: event.clientX, from: range.from, edit: `slide-${event.timeStamp}` };
    },
    onPointerMove: (event: ReactPointerEvent<HTMLDivElement>) => {
      if (!start.current || width === 0) return;
      event.stopPropagation();
      const ticksPerPx = (view.end - view.start) / width;
      const from = start.current.from + pagePx(event.clientX - start.current.x) * ticksPerPx;
      const points = [usePlayerStore.getState().position, ...cuts.map((cut) => cut.at)];
      const at = event.altKey ? from : snapSlide(clock, range, { from, points, reach: snapReachPx * ticksPerPx });
      const { edit } = start.current;
      holdRange(slideRange(clock, range, at), (kept) => setRange(kept, edit));
    },
    onPointerUp: letGo,
    onPointerCancel: letGo,
  };
}
