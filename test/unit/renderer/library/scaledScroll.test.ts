/** A list longer than a browser lets an element be high: every pixel of it can be reached, by bar, wheel and jump. */
import { describe, expect, it } from 'vitest';
import {
  canvasPxOf,
  mostCanvasPx,
  offsetOf,
  offsetToShow,
  placeAt,
  type ScrollPlace,
  scrolledTo,
} from '../../../../renderer/screens/library/grid/scaledScroll.ts';

const short = { totalPx: 20_000, viewPx: 800 };
/** A hundred thousand cards of 300 px in one column. */
const long = { totalPx: 30_000_000, viewPx: 800 };
const barEnd = (span: typeof long) => canvasPxOf(span) - span.viewPx;

describe('library grid: scaled scrolling', () => {
  it('leaves a list that fits alone', () => {
    expect(canvasPxOf(short)).toBe(20_000);
    expect(placeAt(short, 1234)).toEqual({ topPx: 1234, shiftPx: 0 });
    expect(scrolledTo(short, placeAt(short, 0), 777, true)).toEqual({ topPx: 777, shiftPx: 0 });
  });

  it('stays under the caps of browsers, at any device ratio up to four', () => {
    expect(canvasPxOf(long)).toBe(mostCanvasPx);
    expect(mostCanvasPx * 4).toBeLessThanOrEqual(33_554_428 / 2);
  });

  it('reaches both ends by the bar alone', () => {
    const end = scrolledTo(long, placeAt(long, 0), barEnd(long), false);
    expect(offsetOf(end)).toBe(long.totalPx - long.viewPx);
    expect(offsetOf(scrolledTo(long, end, 0, false))).toBe(0);
  });

  it('moves pixel by pixel with the wheel, wherever it stands', () => {
    for (const start of [0, 4_000_000, 15_000_123, 29_000_000]) {
      const place = placeAt(long, start);
      const next = scrolledTo(long, place, place.topPx + 120, true);
      expect(offsetOf(next)).toBe(start + 120);
    }
  });

  it('reaches the end by the wheel from just before it, and never passes it', () => {
    let place: ScrollPlace = placeAt(long, long.totalPx - 20_000);
    for (let step = 0; step < 400 && offsetOf(place) < long.totalPx - long.viewPx; step += 1) {
      const before = offsetOf(place);
      place = scrolledTo(long, place, Math.min(barEnd(long), place.topPx + 100), true);
      expect(offsetOf(place)).toBeGreaterThan(before);
      expect(offsetOf(place)).toBeLessThanOrEqual(long.totalPx - long.viewPx);
    }
    expect(offsetOf(place)).toBe(long.totalPx - long.viewPx);
    expect(place.topPx).toBe(barEnd(long));
  });

  it('comes back to the beginning by the wheel', () => {
    let place = placeAt(long, 15_000);
    for (let step = 0; step < 400 && offsetOf(place) > 0; step += 1)
      place = scrolledTo(long, place, Math.max(0, place.topPx - 100), true);
    expect([offsetOf(place), place.topPx]).toEqual([0, 0]);
  });

  it('brings the last card into sight, exactly', () => {
    const offset = offsetToShow(long, placeAt(long, 0), long.totalPx - 288, long.totalPx) ?? -1;
    const place = placeAt(long, offset);
    expect(offsetOf(place) + long.viewPx).toBe(long.totalPx);
    expect(offsetToShow(long, place, long.totalPx - 288, long.totalPx)).toBeNull();
    // What is drawn lies inside of the canvas.
    expect(long.totalPx - place.shiftPx).toBeLessThanOrEqual(canvasPxOf(long));
  });
});
