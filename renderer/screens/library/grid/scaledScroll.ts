/**
 * Scrolling through more than a browser lets an element be high. Blink draws an element no higher than about 33.5 million device pixels
 * (16.7 million CSS px at a device ratio of 2), Firefox about 17.9 million CSS px; a hundred thousand cards in one column are more. So the
 * canvas stops growing at `mostCanvasPx`: the scrollbar then stands for a share of the whole, while wheel and touch still move pixel by pixel.
 * Far below those caps, so that places stay exact in the compositor's single floats. Pure.
 */

export const mostCanvasPx = 4_000_000;

/** What is to be scrolled, and how much of it is seen at once. */
export interface Span {
  totalPx: number;
  viewPx: number;
}

export interface ScrollPlace {
  /** The element's `scrollTop`. */
  topPx: number;
  /** What lies at `y` of the whole is drawn at `y - shiftPx` of the canvas. */
  shiftPx: number;
}

export const canvasPxOf = ({ totalPx }: Span): number => Math.min(totalPx, mostCanvasPx);

const farthest = (span: Span) => Math.max(0, span.totalPx - span.viewPx);
const farthestTop = (span: Span) => Math.max(0, canvasPxOf(span) - span.viewPx);
const isScaled = ({ totalPx }: Span) => totalPx > mostCanvasPx;

/** The place in the whole at which the view begins. */
export const offsetOf = ({ topPx, shiftPx }: ScrollPlace): number => topPx + shiftPx;

/** So much of the way to either end is a pixel for a pixel: there is always room for the wheel to come to the end of the whole. */
const marginPx = ({ viewPx }: Span) => viewPx * 2;

/** The view begins at `offsetPx` of the whole, the scrollbar at the same share of its way. */
export function placeAt(span: Span, offsetPx: number): ScrollPlace {
  const offset = Math.max(0, Math.min(farthest(span), offsetPx));
  if (!isScaled(span)) return { topPx: offset, shiftPx: 0 };
  const share = Math.round((offset / farthest(span)) * farthestTop(span));
  const least = Math.min(offset, marginPx(span));
  const most = farthestTop(span) - Math.min(farthest(span) - offset, marginPx(span));
  const topPx = Math.max(least, Math.min(most, share));
  return { topPx, shiftPx: offset - topPx };
}

/**
 * The scrollbar was moved to `topPx`. `isFine`: by wheel or touch, which mean pixels; else the bar itself, which means a share of the whole.
 * Where pixels would come to an end of the bar before the whole ends, the bar is put back to where it belongs (`topPx` differs then).
 */
export function scrolledTo(span: Span, place: ScrollPlace, topPx: number, isFine: boolean): ScrollPlace {
  if (!isScaled(span)) return { topPx, shiftPx: 0 };
  if (!isFine) return { topPx, shiftPx: Math.round((topPx / farthestTop(span)) * farthest(span)) - topPx };
  const offset = Math.max(0, Math.min(farthest(span), topPx + place.shiftPx));
  const isShort =
    topPx < Math.min(offset, marginPx(span)) ||
    farthestTop(span) - topPx < Math.min(farthest(span) - offset, marginPx(span));
  return isShort ? placeAt(span, offset) : { topPx, shiftPx: offset - topPx };
}

/** The least move after which the stretch is seen whole; null: it is. */
export function offsetToShow(span: Span, place: ScrollPlace, fromPx: number, toPx: number): number | null {
  const offset = offsetOf(place);
  if (fromPx < offset) return fromPx;
  return toPx > offset + span.viewPx ? toPx - span.viewPx : null;
}
