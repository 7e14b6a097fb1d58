/** Pictures beside each other: as large as the room allows, never over each other. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { captionPx, fitted, isSameShape, tilesFor } from '../../../../renderer/screens/library/compare/layout.ts';

const wide = { width: 1280, height: 720 };
const tall = { width: 720, height: 1280 };

it('VC: wide pictures lie over each other in a narrow room and beside each other in a wide one', () => {
  const tops = (room: { width: number; height: number }) => tilesFor(room, [wide, wide]).map(({ top }) => top > 0);
  expect(tops({ width: 600, height: 700 })).toEqual([false, true]);
  expect(tops({ width: 1400, height: 500 })).toEqual([false, false]);
  expect(tilesFor({ width: 1400, height: 700 }, [tall, tall, tall]).every(({ top }) => top === 0)).toBe(true);
});

it('VC: tiles stay inside the room and apart, whatever it is', () => {
  const side = fc.integer({ min: 40, max: 3000 });
  const picture = fc.record({ width: side, height: side });
  fc.assert(
    fc.property(
      fc.record({ width: side, height: side }),
      fc.array(picture, { minLength: 1, maxLength: 6 }),
      (room, pictures) => {
        const tiles = tilesFor(room, pictures);
        expect(tiles).toHaveLength(pictures.length);
        for (const [index, tile] of tiles.entries()) {
          expect(tile.left + tile.width).toBeLessThanOrEqual(room.width + 0.01);
          expect(tile.top + tile.height).toBeLessThanOrEqual(room.height + 0.01);
          for (const other of tiles.slice(index + 1)) {
            const isApart =
              tile.left + tile.width <= other.left + 0.01 ||
              other.left + other.width <= tile.left + 0.01 ||
              tile.top + tile.height <= other.top + 0.01;
            expect(isApart).toBe(true);
          }
        }
      },
    ),
  );
});

it('VC: a picture is fitted in the middle, and sides rounded by an encoder are one shape', () => {
  expect(fitted({ width: 1000, height: 1000 }, wide)).toEqual({ left: 0, top: 218.75, width: 1000, height: 562.5 });
  expect(isSameShape(wide, { width: 1276, height: 720 })).toBe(true);
  expect(isSameShape(wide, tall)).toBe(false);
  expect(captionPx).toBeGreaterThanOrEqual(24);
});
