/** The crop box: inside the picture, on even pixels, true to its ratio, whatever a hand does. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fitInto,
  type Grip,
  moveBox,
  ratioNameOf,
  ratioNames,
  ratioOf,
  resizeBox,
  storedCrop,
} from '../../../renderer/state/trim/crop.ts';
import type { Crop } from '../../../shared/contract/media.ts';
import { fitRatio, wholeBox } from '../../../shared/media/crop.ts';

const hd = { width: 1920, height: 1080 };

describe('ratios', () => {
  it('take the largest box around the middle of the one before', () => {
    expect(fitRatio(hd, wholeBox(hd), 9 / 16)).toEqual({ x: 656, y: 0, width: 608, height: 1080 });
    expect(fitRatio(hd, wholeBox(hd), 1)).toEqual({ x: 420, y: 0, width: 1080, height: 1080 });
  });

  it('stay where the person was looking', () => {
    const right = { x: 1600, y: 200, width: 200, height: 300 };
    expect(fitRatio(hd, right, 9 / 16)).toEqual({ x: 1312, y: 0, width: 608, height: 1080 });
  });

  it('free changes nothing', () => {
    const box = { x: 10, y: 20, width: 300, height: 200 };
    expect(fitRatio(hd, box, null)).toEqual(box);
  });

  it('are recognised again', () => {
    for (const name of ratioNames) {
      if (name === 'free' || name === 'source') continue;
      expect(ratioNameOf({ width: 1000, height: 900 }, fitRatio(hd, wholeBox(hd), ratioOf(hd, name)))).toBe(name);
    }
    expect(ratioNameOf(hd, { x: 0, y: 0, width: 700, height: 640 })).toBe('free');
    expect(ratioNameOf({ width: 1000, height: 700 }, { x: 0, y: 0, width: 500, height: 350 })).toBe('source');
  });
});

describe('dragging', () => {
  const box = { x: 400, y: 200, width: 600, height: 400 };

  it('an edge moves that edge alone', () => {
    expect(resizeBox(hd, box, { grip: { x: 1, y: 0 }, by: { x: 101, y: 50 }, ratio: null })).toEqual({
      ...box,
      width: 702,
    });
    expect(resizeBox(hd, box, { grip: { x: -1, y: 0 }, by: { x: 100, y: 0 }, ratio: null })).toEqual({
      ...box,
      x: 500,
      width: 500,
    });
  });

  it('a corner with a ratio keeps the opposite corner', () => {
    const square = { x: 400, y: 200, width: 400, height: 400 };
    const made = resizeBox(hd, square, { grip: { x: -1, y: -1 }, by: { x: -100, y: -20 }, ratio: 1 });
    expect(made).toEqual({ x: 300, y: 100, width: 500, height: 500 });
  });

  it('stops at the picture, with its ratio', () => {
    const square = { x: 400, y: 200, width: 400, height: 400 };
    const made = resizeBox(hd, square, { grip: { x: 1, y: 1 }, by: { x: 5000, y: 5000 }, ratio: 1 });
    expect(made).toEqual({ x: 400, y: 200, width: 880, height: 880 });
  });

  it('stops there too where the largest width of the ratio rounds up', () => {
    const picture = { width: 2746, height: 4880 };
    const ratio = ratioOf(picture, '9:16');
    const whole = fitRatio(picture, wholeBox(picture), ratio);
    expect(resizeBox(picture, whole, { grip: { x: 0, y: -1 }, by: { x: 0, y: -1 }, ratio })).toEqual(whole);
  });

  it('the box as a whole stops at the edges', () => {
    expect(moveBox(hd, box, { x: -9999, y: 9999 })).toEqual({ ...box, x: 0, y: 680 });
  });
});

it('whatever is done, the box is even, inside, and of its ratio', () => {
  const side = fc.integer({ min: 70, max: 8000 });
  const step = fc.record({
    grip: fc.record({ x: fc.constantFrom(-1, 0, 1), y: fc.constantFrom(-1, 0, 1) }),
    by: fc.record({ x: fc.integer({ min: -9000, max: 9000 }), y: fc.integer({ min: -9000, max: 9000 }) }),
  });
  fc.assert(
    fc.property(side, side, fc.constantFrom(...ratioNames), fc.array(step, { maxLength: 8 }), (w, h, name, steps) => {
      const picture = { width: w, height: h };
      const ratio = ratioOf(picture, name);
      let box: Crop = fitRatio(picture, wholeBox(picture), ratio);
      for (const { grip, by } of steps) {
        const isHeld = grip.x !== 0 || grip.y !== 0;
        box = isHeld ? resizeBox(picture, box, { grip: grip as Grip, by, ratio }) : moveBox(picture, box, by);
        expect([box.x % 2, box.y % 2, box.width % 2, box.height % 2]).toEqual([0, 0, 0, 0]);
        expect(Math.min(box.x, box.y)).toBeGreaterThanOrEqual(0);
        expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(2);
        expect(box.x + box.width).toBeLessThanOrEqual(w);
        expect(box.y + box.height).toBeLessThanOrEqual(h);
        if (ratio !== null) expect(Math.abs(box.width - box.height * ratio)).toBeLessThanOrEqual(1 + ratio + 1e-6);
      }
    }),
  );
});

it('a box of everything is stored as no crop, also where a side is odd', () => {
  expect(storedCrop({ width: 1919, height: 1079 }, wholeBox({ width: 1919, height: 1079 }))).toBeNull();
  expect(storedCrop(hd, { x: 0, y: 0, width: 1918, height: 1080 })).toEqual({ x: 0, y: 0, width: 1918, height: 1080 });
});

it('a picture is fitted into a room', () => {
  expect(fitInto({ width: 960, height: 960 }, hd)).toEqual({ left: 0, top: 210, scale: 0.5 });
});
