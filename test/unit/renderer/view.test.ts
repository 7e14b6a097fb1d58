/** Zooming and the ruler of the timeline. */
import { describe, expect, it } from 'vitest';
import type { ClipClock } from '../../../renderer/state/trim/trim.ts';
import { follow, fullView, panTo, percentOf, rulerMarks, zoomView } from '../../../renderer/state/trim/view.ts';

const clock: ClipClock = { unit: 'frames', rate: { num: 25, den: 1 }, length: 1000 };

describe('the view', () => {
  it('keeps the point under the cursor where it is', () => {
    const before = fullView(clock);
    const after = zoomView(clock, before, { factor: 0.25, around: 400 });
    expect(after.end - after.start).toBe(250);
    expect(percentOf(after, 400)).toBeCloseTo(percentOf(before, 400));
  });

  it('never shows more than the clip, nor less than a second or so', () => {
    expect(zoomView(clock, { start: 400, end: 600 }, { factor: 100, around: 500 })).toEqual({ start: 0, end: 1000 });
    const closest = zoomView(clock, fullView(clock), { factor: 1e-6, around: 500 });
    expect(closest.end - closest.start).toBe(24);
  });

  it('pans within the clip and follows a playhead that has left', () => {
    expect(panTo(clock, { start: 0, end: 200 }, 950)).toEqual({ start: 800, end: 1000 });
    expect(follow(clock, { start: 0, end: 200 }, 150)).toEqual({ start: 0, end: 200 });
    expect(follow(clock, { start: 0, end: 200 }, 200)).toEqual({ start: 200, end: 400 });
  });
});

describe('the ruler', () => {
  it('labels at readable distances', () => {
    expect(rulerMarks({ start: 0, end: 20 }, 0.2)).toEqual([0, 5, 10, 15, 20]);
    expect(rulerMarks({ start: 3.2, end: 5.1 }, 0.2)).toEqual([3.5, 4, 4.5, 5]);
  });
});
