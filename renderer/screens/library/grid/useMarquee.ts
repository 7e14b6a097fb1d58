/** A box drawn from a gap between cards chooses what it touches, and scrolls the list where the pointer leaves it. */
import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { useLibraryStore } from '../../../state/library/libraryStore.ts';
import type { Selection } from '../../../state/library/selection.ts';
import { pagePx } from '../../../state/shell/scale.ts';
import type { Choose } from '../selection/useChoose.ts';
import { type Box, type Geometry, indexesInBox } from './geometry.ts';
import { isToggleKey } from './useListKeys.ts';
import { indexUnder } from './useListPointer.ts';
import type { ScrollView } from './useScrollView.ts';

/** A hand that trembles draws no box. */
const leastPx = 4;
const edgePx = 28;
const scrollPxPerFrame = 18;

interface Drawing {
  pointerId: number;
  /** In the whole of the list. */
  startX: number;
  startY: number;
  clientX: number;
  clientY: number;
  before: Selection;
  isAdded: boolean;
}

interface MarqueeOptions {
  scroll: RefObject<HTMLElement | null>;
  canvas: RefObject<HTMLElement | null>;
  geometry: Geometry;
  view: ScrollView;
  choose: Choose;
}

/** `box`: in the whole of the list; null: none is drawn. */
export function useMarquee(options: MarqueeOptions): {
  box: Box | null;
  onPointerDown: (event: PointerEvent) => void;
} {
  const now = useRef(options);
  now.current = options;
  const drawing = useRef<Drawing | null>(null);
  const [box, setBox] = useState<Box | null>(null);

  useEffect(() => {
    let frame = 0;
    const at = (clientX: number, clientY: number) => {
      const area = now.current.canvas.current?.getBoundingClientRect();
      const [x, y] = [pagePx(clientX - (area?.left ?? 0)), pagePx(clientY - (area?.top ?? 0))];
      return { x, y: y + now.current.view.shiftPx };
    };
    const draw = () => {
      const line = drawing.current;
      if (!line) return;
      const { x, y } = at(line.clientX, line.clientY);
      const next = boxOf(line, x, y);
      if (next.rightPx - next.leftPx < leastPx && next.bottomPx - next.topPx < leastPx) return;
      setBox(next);
      now.current.choose.box(indexesInBox(now.current.geometry, next), line.before, line.isAdded);
    };
    const follow = () => {
      const line = drawing.current;
      const area = now.current.scroll.current?.getBoundingClientRect();
      if (!line || !area) return;
      const isAbove = line.clientY < area.top + edgePx;
      if (isAbove || line.clientY > area.bottom - edgePx) {
        now.current.view.moveBy(isAbove ? -scrollPxPerFrame : scrollPxPerFrame);
        draw();
      }
      frame = requestAnimationFrame(follow);
    };
    const onMove = (event: globalThis.PointerEvent) => {
      if (drawing.current?.pointerId !== event.pointerId) return;
      Object.assign(drawing.current, { clientX: event.clientX, clientY: event.clientY });
      draw();
      if (frame === 0) frame = requestAnimationFrame(follow);
    };
    const onEnd = (event: globalThis.PointerEvent) => {
      if (drawing.current?.pointerId !== event.pointerId) return;
      cancelAnimationFrame(frame);
      frame = 0;
      drawing.current = null;
      setBox(null);
    };
    window.addEventListener('pointermove', onMove);
    for (const name of ['pointerup', 'pointercancel'] as const) window.addEventListener(name, onEnd);
    return () => {
      cancelAnimationFrame(frame);
      window.removeEventListener('pointermove', onMove);
      for (const name of ['pointerup', 'pointercancel'] as const) window.removeEventListener(name, onEnd);
    };
  }, []);

  const onPointerDown = (event: PointerEvent) => {
    const { scroll, canvas, view, choose } = now.current;
    const area = canvas.current?.getBoundingClientRect();
    const isOnBar =
      pagePx(event.clientX - (scroll.current?.getBoundingClientRect().left ?? 0)) > (scroll.current?.clientWidth ?? 0);
    if (event.button !== 0 || event.pointerType === 'touch' || !area || isOnBar || indexUnder(event.target) !== null)
      return;
    const isAdded = event.shiftKey || isToggleKey(event);
    if (!isAdded) choose.none();
    drawing.current = {
      ...{ pointerId: event.pointerId, clientX: event.clientX, clientY: event.clientY, isAdded },
      startX: pagePx(event.clientX - area.left),
      startY: pagePx(event.clientY - area.top) + view.shiftPx,
      before: useLibraryStore.getState().selection,
    };
  };
  return { box, onPointerDown };
}

function boxOf({ startX, startY }: Drawing, x: number, y: number): Box {
  return {
    leftPx: Math.min(startX, x),
    topPx: Math.min(startY, y),
    rightPx: Math.max(startX, x),
    bottomPx: Math.max(startY, y),
  };
}
