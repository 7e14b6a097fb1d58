/**
 * The edge before a panel at the side, by which it is made wider: dragged, moved by arrow keys, Home and End, put back by a double click. Stands in
 * a grid right before its panel; what gives the room is marked with `data-panel-room`.
 */
import {
  type KeyboardEvent,
  type PointerEvent as ReactPointerEvent,
  type RefObject,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { type PanelName, setPanelWidth, usePanelWidths } from '../state/shell/panelWidths.ts';
import { pagePx } from '../state/shell/scale.ts';
import { useTexts } from '../text/i18n.ts';
import classes from './PanelEdge.module.css';

const stepPx = 16;
/** With Shift. */
const longStepPx = 64;

interface PanelEdgeProps {
  panel: PanelName;
  /** What the panel is called. */
  label: string;
  leastPx: number;
  mostPx: number;
  /** The part that gives the room keeps so much. */
  leastRoomPx: number;
}

export function PanelEdge({ panel, label, ...bounds }: PanelEdgeProps) {
  const { t } = useTexts();
  const edge = useRef<HTMLDivElement>(null);
  const grip = useRef<{ x: number; widthPx: number } | null>(null);
  const { nowPx, mostPx } = useMeasured(edge, bounds);
  const moveTo = (widthPx: number) => {
    const { mostPx } = measure(edge.current, bounds);
    setPanelWidth(panel, Math.max(bounds.leastPx, Math.min(mostPx, widthPx)));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { nowPx } = measure(edge.current, bounds);
    const step = event.shiftKey ? longStepPx : stepPx;
    // The edge goes where the arrow points: the panel lies at its right.
    const to = {
      ArrowLeft: nowPx + step,
      ArrowRight: nowPx - step,
      Home: bounds.leastPx,
      End: bounds.mostPx,
    }[event.key];
    if (to === undefined) return;
    // Not the player's keys.
    event.preventDefault();
    event.stopPropagation();
    moveTo(to);
  };
  const letGo = () => {
    grip.current = null;
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule cannot be moved
    <div
      ref={edge}
      role="separator"
      aria-orientation="vertical"
      aria-label={t('app.panelWidth', { panel: label })}
      aria-valuenow={nowPx}
      aria-valuemin={bounds.leastPx}
      aria-valuemax={mostPx}
      title={t('app.panelWidthHint')}
      tabIndex={0}
      className={classes.edge}
      onKeyDown={onKeyDown}
      onDoubleClick={() => setPanelWidth(panel, null)}
      // What a double click has selected beside it would be dragged instead, and take the pointer away.
      onMouseDown={(event) => {
        event.preventDefault();
        event.currentTarget.focus();
      }}
      onPointerDown={(event: ReactPointerEvent<HTMLElement>) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        grip.current = { x: event.clientX, widthPx: measure(edge.current, bounds).nowPx };
      }}
      onPointerMove={(event) => {
        if (grip.current) moveTo(grip.current.widthPx - pagePx(event.clientX - grip.current.x));
      }}
      onPointerUp={letGo}
      onPointerCancel={letGo}
    />
  );
}

type Bounds = Pick<PanelEdgeProps, 'leastPx' | 'mostPx' | 'leastRoomPx'>;

const widthOf = (element: Element | null | undefined) => pagePx(element?.getBoundingClientRect().width ?? 0);
const roomOf = (edge: Element | null) => edge?.parentElement?.querySelector(':scope > [data-panel-room]');

/** As it is drawn; what is wanted may be more than there is room for. */
function measure(edge: Element | null, { leastPx, mostPx, leastRoomPx }: Bounds) {
  const nowPx = Math.round(widthOf(edge?.nextElementSibling));
  const spare = Math.max(0, widthOf(roomOf(edge)) - leastRoomPx);
  return { nowPx, mostPx: Math.round(Math.max(leastPx, nowPx, Math.min(mostPx, nowPx + spare))) };
}

/** Follows the window, the scale and the other edges. */
function useMeasured(edge: RefObject<HTMLElement | null>, bounds: Bounds) {
  const [measured, setMeasured] = useState({ nowPx: bounds.leastPx, mostPx: bounds.mostPx });
  const widths = usePanelWidths((state) => state.widths);
  const { leastPx, mostPx, leastRoomPx } = bounds;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `widths`: a panel that was made wider is measured at once
  useLayoutEffect(() => {
    const look = () => {
      const next = measure(edge.current, { leastPx, mostPx, leastRoomPx });
      setMeasured((was) => (was.nowPx === next.nowPx && was.mostPx === next.mostPx ? was : next));
    };
    look();
    const observer = new ResizeObserver(look);
    for (const element of [edge.current?.nextElementSibling, roomOf(edge.current)])
      if (element) observer.observe(element);
    return () => observer.disconnect();
  }, [edge, leastPx, mostPx, leastRoomPx, widths]);
  return measured;
}
