/** Connects a scrolling element with `scaledScroll`: which stretch of the whole is drawn, moving to a place of it, and staying at the same results when they are laid out anew. */
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useLibraryStore } from '../../../state/library/libraryStore.ts';
import { type Geometry, indexesBetween, placeOf } from './geometry.ts';
import {
  canvasPxOf,
  offsetOf,
  offsetToShow,
  placeAt,
  type ScrollPlace,
  type Span,
  scrolledTo,
} from './scaledScroll.ts';

/** A scroll so soon after the wheel or a touch comes from it; what else moves is the bar. */
const fineMs = 400;
const settleMs = 180;
const rowsAhead = 2;

interface Stretch {
  fromPx: number;
  toPx: number;
  shiftPx: number;
}

export interface ScrollView extends Stretch {
  canvasPx: number;
  viewPx: number;
  /** Where the view begins, in the whole. */
  offset: () => number;
  /** Scrolls as little as is needed. */
  show: (fromPx: number, toPx: number) => void;
  moveTo: (offsetPx: number) => void;
  moveBy: (px: number) => void;
}

/** `paddingPx`: above and below the canvas, inside the element. `resetKey`: another list, which begins where the store says; `isWhole`: its length is known. */
export function useScrollView(
  ref: RefObject<HTMLElement | null>,
  options: { geometry: Geometry; viewPx: number; paddingPx: number; resetKey: unknown; isWhole: boolean },
): ScrollView {
  const { geometry, viewPx, paddingPx, resetKey, isWhole } = options;
  const span: Span = { totalPx: geometry.totalPx + paddingPx * 2, viewPx };
  const place = useRef<ScrollPlace>({ topPx: 0, shiftPx: 0 });
  const now = useRef({ span, geometry });
  const [stretch, setStretch] = useState<Stretch>(() => stretchOf(geometry, 0, viewPx, 0));

  const draw = useCallback(() => {
    const { geometry, span } = now.current;
    const next = stretchOf(geometry, offsetOf(place.current), span.viewPx, place.current.shiftPx);
    setStretch((was) =>
      was.fromPx === next.fromPx && was.toPx === next.toPx && was.shiftPx === next.shiftPx ? was : next,
    );
  }, []);
  const go = useCallback(
    (next: ScrollPlace) => {
      place.current = next;
      const element = ref.current;
      if (element && Math.abs(element.scrollTop - next.topPx) >= 1) element.scrollTop = next.topPx;
      draw();
    },
    [ref, draw],
  );
  const moveTo = useCallback((offsetPx: number) => go(placeAt(now.current.span, offsetPx)), [go]);

  useKeepPlace({ now, span, geometry, place, resetKey, isWhole, go });
  useScrollEvents(ref, { now, place, go });

  return {
    ...stretch,
    canvasPx: canvasPxOf(span) - paddingPx * 2,
    viewPx,
    offset: () => offsetOf(place.current),
    show: (fromPx, toPx) => {
      const offset = offsetToShow(now.current.span, place.current, fromPx, toPx + paddingPx * 2);
      if (offset !== null) moveTo(offset);
    },
    moveTo,
    moveBy: (px) => moveTo(offsetOf(place.current) + px),
  };
}

/** In steps of rows, so that most scrolling draws nothing new. */
function stretchOf({ pitchYPx }: Geometry, offsetPx: number, viewPx: number, shiftPx: number): Stretch {
  const row = Math.max(1, pitchYPx);
  return {
    fromPx: (Math.floor(offsetPx / row) - rowsAhead) * row,
    toPx: (Math.ceil((offsetPx + viewPx) / row) + rowsAhead) * row,
    shiftPx,
  };
}

interface Now {
  span: Span;
  geometry: Geometry;
}

/** Another width or size of cards shows the same results; another list begins where it is told to. */
function useKeepPlace(options: {
  now: RefObject<Now>;
  span: Span;
  geometry: Geometry;
  place: RefObject<ScrollPlace>;
  resetKey: unknown;
  isWhole: boolean;
  go: (place: ScrollPlace) => void;
}): void {
  const { now, span, geometry, place, resetKey, isWhole, go } = options;
  const startedFor = useRef<unknown>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the span says is in its two numbers; where it starts is in the store
  useLayoutEffect(() => {
    const before = now.current.geometry;
    now.current = { span, geometry };
    if (span.viewPx === 0 || geometry.total === 0) return;
    if (startedFor.current !== resetKey) {
      const { topIndex } = useLibraryStore.getState();
      // A place beyond what has come is gone to once the length is known.
      if (isWhole || topIndex < geometry.total) startedFor.current = resetKey;
      const index = Math.min(topIndex, geometry.total - 1);
      return go(placeAt(span, topIndex === 0 ? 0 : placeOf(geometry, index).topPx));
    }
    const offset = offsetOf(place.current);
    const isSameLayout = before.columns === geometry.columns && before.pitchYPx === geometry.pitchYPx;
    if (isSameLayout || offset === 0) return go(placeAt(span, offset));
    const { from } = indexesBetween(before, offset, offset + 1);
    const intoRowPx = offset - placeOf(before, from).topPx;
    go(placeAt(span, placeOf(geometry, from).topPx + Math.min(intoRowPx, geometry.pitchYPx)));
  }, [span.totalPx, span.viewPx, geometry, resetKey, isWhole]);
}

function useScrollEvents(
  ref: RefObject<HTMLElement | null>,
  { now, place, go }: { now: RefObject<Now>; place: RefObject<ScrollPlace>; go: (place: ScrollPlace) => void },
): void {
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    let lastFineMs = Number.NEGATIVE_INFINITY;
    let settling: ReturnType<typeof setTimeout> | undefined;
    const onFine = () => {
      lastFineMs = performance.now();
    };
    // The bar goes to where it belongs once the hand rests; the picture stays.
    const settle = () => go(placeAt(now.current.span, offsetOf(place.current)));
    const onScroll = () => {
      const { scrollTop } = element;
      // Our own move, or a rounding of it.
      if (Math.abs(scrollTop - place.current.topPx) < 1) return;
      const isFine = performance.now() - lastFineMs < fineMs;
      if (isFine) lastFineMs = performance.now();
      go(scrolledTo(now.current.span, place.current, scrollTop, isFine));
      clearTimeout(settling);
      if (isFine && place.current.shiftPx !== 0) settling = setTimeout(settle, settleMs);
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    for (const name of ['wheel', 'touchmove'] as const) element.addEventListener(name, onFine, { passive: true });
    return () => {
      clearTimeout(settling);
      element.removeEventListener('scroll', onScroll);
      for (const name of ['wheel', 'touchmove'] as const) element.removeEventListener(name, onFine);
    };
  }, [ref, now, place, go]);
}
