/** The whole length under the pictures: a slider that speaks its timecode, with a mark at every note. */
import { type KeyboardEvent, type PointerEvent as ReactPointerEvent, useRef } from 'react';
import { clamp, formatPosition } from '../../../state/trim/trim.ts';
import { useTexts } from '../../../text/i18n.ts';
import type { Group, GroupPlan } from './group.ts';
import classes from './Transport.module.css';
import { useGroupState } from './useGroup.ts';

export interface ScrubMark {
  id: string;
  position: number;
  isDone: boolean;
}

interface ScrubBarProps {
  group: Group;
  plan: GroupPlan;
  marks?: readonly ScrubMark[];
}

export function ScrubBar({ group, plan, marks = [] }: ScrubBarProps) {
  const { t } = useTexts();
  const bar = useRef<HTMLDivElement>(null);
  const position = useGroupState(group, (state) => state.position);
  const last = Math.max(1, plan.clock.length - 1);
  const percentOf = (at: number) => `${(clamp(at, 0, last) / last) * 100}%`;
  const scrubTo = (event: ReactPointerEvent) => {
    const box = bar.current?.getBoundingClientRect();
    if (!box || box.width === 0) return;
    group.scrub(Math.round(clamp((event.clientX - box.left) / box.width, 0, 1) * last));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const steps = event.shiftKey ? 10 : 1;
    const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -30, PageUp: 30 }[event.key];
    if (by !== undefined) group.step(by * (Math.abs(by) === 1 ? steps : 1));
    else if (event.key === 'Home') group.seek(0);
    else if (event.key === 'End') group.seek(last);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      className={classes.scrub}
      role="slider"
      tabIndex={0}
      aria-label={t('create.timeline.playhead')}
      aria-valuemin={0}
      aria-valuemax={last}
      aria-valuenow={position}
      aria-valuetext={formatPosition(plan.clock, position)}
      data-testid="scrub-bar"
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        scrubTo(event);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) scrubTo(event);
      }}
    >
      <div ref={bar} className={classes.bar}>
        <div className={classes.done} style={{ width: percentOf(position) }} />
        {marks.map((mark) => (
          <div
            key={mark.id}
            className={classes.mark}
            data-done={mark.isDone}
            style={{ left: percentOf(mark.position) }}
            aria-hidden="true"
          />
        ))}
        <div className={classes.head} style={{ left: percentOf(position) }} aria-hidden="true" />
      </div>
    </div>
  );
}
