/** One end of the range: dragged with snapping (Alt suspends it), moved by arrow keys (up and down: to cuts), spoken as a timecode. */
import type { KeyboardEvent, PointerEvent as ReactPointerEvent } from 'react';
import { useRef } from 'react';
import { pagePx } from '../state/shell/scale.ts';
import { holdRange, letRangeGo } from '../state/trim/heldRange.ts';
import { usePlayerStore } from '../state/trim/player.ts';
import { type Cut, neighbourCut } from '../state/trim/shots.ts';
import { formatPosition, type Handle, moveHandle, type Range, snap, stepOf, toTicks } from '../state/trim/trim.ts';
import type { Clip } from '../state/trim/useClip.ts';
import { percentOf, type View } from '../state/trim/view.ts';
import { useTexts } from '../text/i18n.ts';
import { HandlePrice } from './HandlePrice.tsx';
import classes from './Timeline.module.css';

interface TrimHandleProps {
  clip: Clip;
  view: View;
  width: number;
  cuts: readonly Cut[];
  handle: Handle;
}

export const snapReachPx = 8;

export function TrimHandle({ clip, view, width, cuts, handle }: TrimHandleProps) {
  const { t } = useTexts();
  const { clock, range } = clip;
  const share = percentOf(view, range[handle]);
  const move = useHandleMoves({ clip, view, width, cuts, handle });
  if (share < -0.01 || share > 100.01) return null;
  return (
    <div
      className={classes.handle}
      data-handle={handle}
      data-testid={`handle-${handle}`}
      style={{ left: `${share}%` }}
      role="slider"
      tabIndex={0}
      aria-label={t(handle === 'from' ? 'create.timeline.inPoint' : 'create.timeline.outPoint')}
      aria-valuemin={0}
      aria-valuemax={clock.length}
      aria-valuenow={range[handle]}
      aria-valuetext={formatPosition(clock, range[handle])}
      {...move}
    >
      <HandlePrice clip={clip} side={share > 50 ? 'left' : 'right'} />
    </div>
  );
}

function useHandleMoves({ clip, view, width, cuts, handle }: TrimHandleProps) {
  const { clock, range, maxSeconds, setRange } = clip;
  /** Where the pointer took hold (the handle must not jump under it), and the playhead as it was: while dragging it follows the handle. */
  const grip = useRef<{ offset: number; playhead: number; edit: string } | null>(null);

  const shown = (next: Range) => (handle === 'from' ? next.from : next.to - stepOf(clock));
  const dragTo = (to: number, edit: string) => {
    const next = moveHandle(clock, range, { handle, to, maxSeconds });
    holdRange(next, (kept) => setRange(kept, edit));
    usePlayerStore.getState().controls?.scrub(shown(next));
  };
  const letGo = () => {
    if (!grip.current) return;
    grip.current = null;
    letRangeGo();
  };
  const ticksPerPx = width > 0 ? (view.end - view.start) / width : 0;

  return {
    onPointerDown: (event: ReactPointerEvent<HTMLDivElement>) => {
      if (event.button !== 0) return;
      event.stopPropagation();
      event.currentTarget.focus();
      event.currentTarget.setPointerCapture(event.pointerId);
      grip.current = {
        offset: range[handle] - pagePx(event.clientX) * ticksPerPx,
        playhead: usePlayerStore.getState().position,
        edit: `drag-${event.timeStamp}`,
      };
    },
    onPointerMove: (event: ReactPointerEvent<HTMLDivElement>) => {
      if (!grip.current) return;
      event.stopPropagation();
      const at = grip.current.offset + pagePx(event.clientX) * ticksPerPx;
      const { playhead, edit } = grip.current;
      const reach = snapReachPx * ticksPerPx;
      const points = cuts.map((cut) => cut.at);
      dragTo(event.altKey ? at : snap(clock, range, { handle, at, playhead, reach, cuts: points }), edit);
    },
    onPointerUp: letGo,
    onPointerCancel: letGo,
    onKeyDown: (event: KeyboardEvent) => {
      const step = stepOf(clock) * (event.shiftKey ? 10 : 1);
      const second = toTicks(clock, 1);
      const at = range[handle];
      const target = {
        ArrowLeft: at - step,
        ArrowRight: at + step,
        PageDown: at - second,
        PageUp: at + second,
        ArrowUp: neighbourCut(clock, cuts, { at, direction: -1, last: clock.length }),
        ArrowDown: neighbourCut(clock, cuts, { at, direction: 1, last: clock.length }),
      }[event.key];
      if (target === undefined || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      event.stopPropagation();
      const next = moveHandle(clock, range, { handle, to: target, maxSeconds });
      setRange(next, `key-${handle}`);
      usePlayerStore.getState().controls?.seek(shown(next));
    },
  };
}
