/** The edge between two pictures that lie over each other: dragged, or moved by arrows where it has the focus. */
import type { KeyboardEvent, PointerEvent as ReactPointerEvent } from 'react';
import { pagePx } from '../../../state/shell/scale.ts';
import type { Place } from '../../../state/trim/framing.ts';
import { clamp } from '../../../state/trim/trim.ts';
import { useTexts } from '../../../text/i18n.ts';
import classes from './Stage.module.css';

interface WipeHandleProps {
  box: Place;
  /** 0 to 1 from the left. */
  share: number;
  onMove: (share: number) => void;
}

export function WipeHandle({ box, share, onMove }: WipeHandleProps) {
  const { t } = useTexts();
  const percent = Math.round(share * 100);
  const move = (to: number) => onMove(clamp(to, 0, 1));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by !== undefined) move(share + by * (event.shiftKey ? 0.1 : 0.01));
    else if (event.key === 'Home') move(0);
    else if (event.key === 'End') move(1);
    else return;
    // Not the player's arrows.
    event.preventDefault();
    event.stopPropagation();
  };
  const onPointerMove = (event: ReactPointerEvent<HTMLElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const stage = event.currentTarget.parentElement?.getBoundingClientRect();
    if (stage && box.width > 0) move((pagePx(event.clientX - stage.left) - box.left) / box.width);
  };
  return (
    <div
      className={classes.wipe}
      style={{ left: box.left + box.width * share, top: box.top, height: box.height }}
      role="slider"
      tabIndex={0}
      aria-label={t('viewer.compare.wipeEdge')}
      aria-orientation="horizontal"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={t('viewer.compare.percent', { percent })}
      data-testid="wipe-handle"
      onKeyDown={onKeyDown}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={onPointerMove}
    />
  );
}
