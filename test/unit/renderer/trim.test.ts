/** The trim bar's arithmetic: half-open ranges, limits in frames of the true rate, snapping to what is billed. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  billedSeconds,
  type ClipClock,
  extendToMin,
  formatPosition,
  initialRange,
  longestWithin,
  markIn,
  markOut,
  moveHandle,
  parsePosition,
  rangeOf,
  slideRange,
  snap,
  snapSlide,
  trimOf,
  trimToMax,
} from '../../../renderer/state/trim/trim.ts';

const at30: ClipClock = { unit: 'frames', rate: { num: 30, den: 1 }, length: 900 };
const ntsc: ClipClock = { unit: 'frames', rate: { num: 30000, den: 1001 }, length: 1000 };
const variable: ClipClock = { unit: 'seconds', rate: { num: 72, den: 10 }, length: 9.124 };

describe('the range of a new clip', () => {
  it('is all of it when that may be sent, and then nothing is cut', () => {
    const range = initialRange(at30, 30);
    expect(range).toEqual({ from: 0, to: 900 });
    expect(trimOf(at30, range)).toBeUndefined();
  });

  it('is the longest legal beginning otherwise: at 29.97 "10 s" is 299 frames', () => {
    expect(initialRange(ntsc, 10)).toEqual({ from: 0, to: 299 });
  });

  it('is read back from a stored trim, and bounded by the clip', () => {
    expect(rangeOf(at30, { unit: 'frames', from: 30, to: 5000 })).toEqual({ from: 30, to: 900 });
    expect(rangeOf(at30, { unit: 'seconds', from: 1, to: 2 })).toEqual({ from: 0, to: 900 });
  });
});

describe('handles', () => {
  const range = { from: 100, to: 300 };

  it('stop one frame from each other and at the ends of the clip', () => {
    expect(moveHandle(at30, range, { handle: 'from', to: 999, maxSeconds: 30 })).toEqual({ from: 299, to: 300 });
    expect(moveHandle(at30, range, { handle: 'to', to: -5, maxSeconds: 30 })).toEqual({ from: 100, to: 101 });
    expect(moveHandle(at30, range, { handle: 'from', to: -5, maxSeconds: 30 })).toEqual({ from: 0, to: 300 });
  });

  it('stop at the longest legal length', () => {
    expect(moveHandle(at30, range, { handle: 'to', to: 800, maxSeconds: 10 })).toEqual({ from: 100, to: 400 });
    expect(moveHandle(ntsc, range, { handle: 'to', to: 800, maxSeconds: 10 })).toEqual({ from: 100, to: 399 });
  });

  it('let a range that is too long shrink, but not grow', () => {
    const long = { from: 0, to: 600 };
    expect(moveHandle(at30, long, { handle: 'to', to: 550, maxSeconds: 10 })).toEqual({ from: 0, to: 550 });
    expect(moveHandle(at30, long, { handle: 'to', to: 700, maxSeconds: 10 })).toEqual({ from: 0, to: 600 });
  });

  it('never leave the clip, cross, or pass the limit, wherever they are dragged', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(at30, ntsc, variable),
        fc.constantFrom('from' as const, 'to' as const),
        fc.double({ min: -2000, max: 2000, noNaN: true }),
        (clock, handle, to) => {
          const start = initialRange(clock, 5);
          const moved = moveHandle(clock, start, { handle, to, maxSeconds: 5 });
          expect(moved.from).toBeGreaterThanOrEqual(0);
          expect(moved.to).toBeLessThanOrEqual(clock.length);
          expect(moved.to).toBeGreaterThan(moved.from);
          expect(moved.to - moved.from).toBeLessThanOrEqual(longestWithin(clock, 5) + 1e-9);
        },
      ),
    );
  });

  it('slide together without changing the length', () => {
    expect(slideRange(at30, range, 850)).toEqual({ from: 700, to: 900 });
    expect(slideRange(at30, range, -10)).toEqual({ from: 0, to: 200 });
  });
});

describe('marking in and out', () => {
  it('takes the frame shown as the first one used, or the first one not used', () => {
    expect(markIn(at30, { from: 0, to: 300 }, { at: 60, maxSeconds: 30 })).toEqual({ from: 60, to: 300 });
    expect(markOut(at30, { from: 0, to: 300 }, { at: 240, maxSeconds: 30 })).toEqual({ from: 0, to: 240 });
  });

  it('includes the last frame when out is set on it', () => {
    expect(markOut(at30, { from: 600, to: 700 }, { at: 899, maxSeconds: 30 })).toEqual({ from: 600, to: 900 });
  });

  it('brings the other end along when it would be left behind or too far', () => {
    expect(markIn(at30, { from: 0, to: 100 }, { at: 200, maxSeconds: 10 })).toEqual({ from: 200, to: 500 });
    expect(markOut(at30, { from: 0, to: 100 }, { at: 700, maxSeconds: 10 })).toEqual({ from: 400, to: 700 });
  });
});

describe('fixes', () => {
  it('trim to the limit from the in point', () => {
    expect(trimToMax(ntsc, { from: 50, to: 900 }, 10)).toEqual({ from: 50, to: 349 });
  });

  it('extend to the shortest length at the end, and at the start when the clip ends', () => {
    expect(extendToMin(at30, { from: 100, to: 130 }, 3)).toEqual({ from: 100, to: 190 });
    expect(extendToMin(at30, { from: 880, to: 900 }, 3)).toEqual({ from: 810, to: 900 });
    expect(extendToMin(ntsc, { from: 0, to: 10 }, 3)).toEqual({ from: 0, to: 90 });
  });
});

describe('snapping', () => {
  const range = { from: 10, to: 200 };

  it('prefers what is near: whole seconds from the other handle', () => {
    expect(snap(at30, range, { handle: 'to', at: 158, playhead: 0, reach: 4 })).toBe(160);
    expect(snap(at30, range, { handle: 'from', at: 48, playhead: 0, reach: 4 })).toBe(50);
  });

  it('finds the playhead and the end of the clip', () => {
    expect(snap(at30, range, { handle: 'to', at: 173, playhead: 175, reach: 4 })).toBe(175);
    expect(snap(at30, range, { handle: 'to', at: 897, playhead: 0, reach: 4 })).toBe(900);
  });

  it('finds the cut that is nearer than a whole second', () => {
    const cuts = [157, 300];
    expect(snap(at30, range, { handle: 'to', at: 158, playhead: 0, reach: 4, cuts })).toBe(157);
    expect(snap(at30, range, { handle: 'to', at: 159, playhead: 0, reach: 4, cuts })).toBe(160);
  });

  it('of the range as a whole takes the end that is nearer to a point', () => {
    const slide = (from: number) => snapSlide(at30, { from: 0, to: 100 }, { from, points: [300], reach: 5 });
    expect([slide(297), slide(203), slide(250)]).toEqual([300, 200, 250]);
    expect([slide(3), slide(798)]).toEqual([0, 800]);
  });

  it('leaves a position alone when nothing is in reach', () => {
    expect(snap(at30, range, { handle: 'to', at: 173, playhead: 0, reach: 1 })).toBe(173);
  });
});

describe('positions as text', () => {
  it('counts by the true rate, drop-frame at 29.97, seconds on a variable rate', () => {
    expect(formatPosition(at30, 372)).toBe('00:00:12:12');
    expect(formatPosition({ ...ntsc, length: 99_999 }, 1800)).toBe('00:01:00;02');
    expect(formatPosition(variable, 4.5126)).toBe('00:00:04.513');
  });

  it('reads timecode, seconds and offsets in frames, and nothing else', () => {
    expect(parsePosition(at30, '00:00:12:12', 0)).toBe(372);
    expect(parsePosition(at30, '2.5', 0)).toBe(75);
    expect(parsePosition(at30, '-12', 100)).toBe(88);
    expect(parsePosition(at30, '+9999', 100)).toBe(900);
    expect(parsePosition(variable, '00:00:04.5', 0)).toBe(4.5);
    expect(parsePosition(at30, '00:00:12:45', 0)).toBeNull();
    expect(parsePosition(at30, 'soon', 0)).toBeNull();
  });
});

describe('seconds that may be billed', () => {
  it.each([
    [10, { low: 10, high: 10 }],
    [12.2, { low: 12, high: 13 }],
    [14.5, { low: 15, high: 15 }],
    [0.2, { low: 1, high: 1 }],
    [10.0000000001, { low: 10, high: 10 }],
  ])('%d s', (seconds, billed) => expect(billedSeconds(seconds)).toEqual(billed));
});
