/** Performer and character at one scale: equal heights, inside the room, only the used part, lines that keep their order. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { layoutFraming, moveLine, placeWhole } from '../../../renderer/state/trim/framing.ts';

it('both stand at the same height, beside each other, inside any room', () => {
  const picture = fc.record({
    width: fc.integer({ min: 100, max: 8000 }),
    height: fc.integer({ min: 100, max: 8000 }),
  });
  const size = fc.record({ width: fc.integer({ min: 50, max: 3000 }), height: fc.integer({ min: 50, max: 2000 }) });
  fc.assert(
    fc.property(size, picture, picture, (room, a, b) => {
      const { video, image } = layoutFraming(room, a, b);
      expect(video.height).toBe(image.height);
      expect(video.top).toBe(image.top);
      expect(video.width / video.height).toBeCloseTo(a.width / a.height, 6);
      expect(image.width / image.height).toBeCloseTo(b.width / b.height, 6);
      expect(video.left).toBeGreaterThanOrEqual(-1e-6);
      expect(image.left).toBeGreaterThan(video.left + video.width);
      expect(image.left + image.width).toBeLessThanOrEqual(room.width + 1e-6);
      expect(video.top + video.height).toBeLessThanOrEqual(room.height + 1e-6);
    }),
  );
});

it('of a cropped picture the part fills the place', () => {
  const place = { left: 50, top: 0, width: 300, height: 400 };
  const whole = placeWhole(place, { width: 1920, height: 1080 }, { x: 600, y: 100, width: 600, height: 800 });
  expect(whole).toEqual({ left: -300, top: -50, width: 960, height: 540 });
});

it('the lines stay in the picture and in their order', () => {
  const lines = { head: 0.1, lower: 0.9 };
  expect(moveLine(lines, 'head', 2)).toEqual({ head: 0.9 - 0.05, lower: 0.9 });
  expect(moveLine(lines, 'lower', 0).lower).toBeCloseTo(0.15);
  expect(moveLine(lines, 'lower', 7)).toEqual({ head: 0.1, lower: 1 });
  expect(moveLine(lines, 'head', -1)).toEqual({ head: 0, lower: 0.9 });
});
