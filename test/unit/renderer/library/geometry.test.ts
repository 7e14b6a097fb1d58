/** Places by arithmetic: what is drawn where, which results are in sight, where keys lead; pure, for any number of results. */
import { describe, expect, it } from 'vitest';
import {
  type Geometry,
  type GroupCount,
  gridGeometry,
  groupHeaderPx,
  indexesBetween,
  indexesInBox,
  listGeometry,
  placeOf,
  sectionsBetween,
  stepFrom,
} from '../../../../renderer/screens/library/grid/geometry.ts';

const groups: GroupCount[] = [
  { key: 'a', label: 'A', count: 7 },
  { key: 'b', label: 'B', count: 1 },
  { key: 'c', label: 'C', count: 12 },
];

/** By looking at every one of them. */
function slowBetween(geometry: Geometry, fromPx: number, toPx: number): number[] {
  return Array.from({ length: geometry.total }, (_, index) => index).filter((index) => {
    const { topPx } = placeOf(geometry, index);
    return topPx + geometry.cellHeightPx > fromPx && topPx < toPx;
  });
}

const asList = ({ from, to }: { from: number; to: number }) =>
  Array.from({ length: to - from }, (_, step) => from + step);

describe('library grid: geometry', () => {
  it('lays cards out in as many columns as fit, all of one size', () => {
    const small = gridGeometry({ widthPx: 900, size: 'small', total: 1000, groups: [] });
    const large = gridGeometry({ widthPx: 900, size: 'large', total: 1000, groups: [] });
    expect([small.columns, large.columns]).toEqual([5, 2]);
    expect(placeOf(small, 0)).toEqual({ leftPx: 0, topPx: 0 });
    expect(placeOf(small, 6)).toEqual({ leftPx: small.pitchXPx, topPx: small.pitchYPx });
    const last = placeOf(small, 999);
    expect(last.topPx + small.cellHeightPx).toBe(small.totalPx);
    expect(small.pitchXPx * 4 + small.cellWidthPx).toBeLessThanOrEqual(900);
  });

  it('finds what is in sight as a look at every card would, with groups and without', () => {
    for (const parts of [[], groups]) {
      const geometry = gridGeometry({ widthPx: 650, size: 'medium', total: 20, groups: parts });
      for (let fromPx = -60; fromPx < geometry.totalPx + 60; fromPx += 37) {
        const toPx = fromPx + 320;
        expect(asList(indexesBetween(geometry, fromPx, toPx))).toEqual(slowBetween(geometry, fromPx, toPx));
      }
    }
  });

  it('begins each group in a row of its own, below a header', () => {
    const geometry = gridGeometry({ widthPx: 650, size: 'medium', total: 20, groups });
    expect(geometry.columns).toBe(2);
    expect(placeOf(geometry, 0).topPx).toBe(groupHeaderPx);
    expect(placeOf(geometry, 7)).toEqual({ leftPx: 0, topPx: groupHeaderPx * 2 + geometry.pitchYPx * 4 });
    expect(sectionsBetween(geometry, 0, 10).map(({ key }) => key)).toEqual(['a']);
    expect(sectionsBetween(geometry, 0, geometry.totalPx).map(({ key }) => key)).toEqual(['a', 'b', 'c']);
  });

  it('steps across groups in its column, and no further than the ends', () => {
    const geometry = gridGeometry({ widthPx: 650, size: 'medium', total: 20, groups });
    // Row by row: 0 1 · 2 3 · 4 5 · 6 | 7 | 8 9 · …
    expect(stepFrom(geometry, 5, 'down', 0)).toBe(6);
    expect(stepFrom(geometry, 6, 'down', 0)).toBe(7);
    expect(stepFrom(geometry, 9, 'up', 0)).toBe(7);
    expect(stepFrom(geometry, 7, 'up', 0)).toBe(6);
    expect(stepFrom(geometry, 0, 'up', 0)).toBe(0);
    expect([
      stepFrom(geometry, 19, 'right', 0),
      stepFrom(geometry, 3, 'first', 0),
      stepFrom(geometry, 3, 'last', 0),
    ]).toEqual([19, 0, 19]);
    expect(stepFrom(geometry, 0, 'pageDown', geometry.pitchYPx * 3)).toBe(6);
  });

  it('tells which cards a box touches, also in the gaps between them', () => {
    const geometry = gridGeometry({ widthPx: 650, size: 'medium', total: 20, groups: [] });
    const second = placeOf(geometry, 1);
    const inGap = { leftPx: geometry.cellWidthPx, rightPx: geometry.cellWidthPx + 6, topPx: 0, bottomPx: 900 };
    expect(indexesInBox(geometry, inGap)).toEqual([]);
    const box = { leftPx: second.leftPx - 1, rightPx: second.leftPx + 5, topPx: 5, bottomPx: geometry.pitchYPx + 5 };
    expect(indexesInBox(geometry, box)).toEqual([1, 3]);
  });

  it('lays a hundred thousand rows, and days of them, without looking at each', () => {
    const days = Array.from({ length: 3000 }, (_, day) => ({ key: String(day), label: '', count: 33 }));
    const geometry = listGeometry({ widthPx: 900, total: 99_000, groups: days });
    expect(geometry.total).toBe(99_000);
    const last = placeOf(geometry, 98_999);
    expect(indexesBetween(geometry, last.topPx, last.topPx + 10)).toEqual({ from: 98_999, to: 99_000 });
  });

  it('has a place for nothing', () => {
    const geometry = gridGeometry({ widthPx: 0, size: 'large', total: 0, groups: [] });
    expect([geometry.total, geometry.totalPx]).toEqual([0, 0]);
    expect(indexesBetween(geometry, 0, 500)).toEqual({ from: 0, to: 0 });
    expect(stepFrom(geometry, 0, 'down', 500)).toBe(0);
  });
});
