/** The measure of the benchmark itself: streams that are known to be apart, or not. */
import { expect, it } from 'vitest';
import { driftFigures, paintsOf } from '../../../bench/drift.ts';

const fps = 30;
const beatMs = 1000 / 60;
/** Thirty frames a second on a screen of sixty beats, `late` seconds late; `missed`: a frame in so many is never painted. */
const stream = (late: number, missed = 0): [number, number][] =>
  Array.from({ length: 900 }, (_, n): [number, number] => [
    n / fps,
    Math.ceil((n / fps + late) * 60 - 1e-9) * beatMs,
  ]).filter((_, n) => missed === 0 || n % missed !== 0);
const figures = (late: number, missed = 0) =>
  driftFigures(paintsOf(stream(0), 0, fps), paintsOf(stream(late, missed), 0, fps), fps);

it('VC: nothing is apart in a stream beside itself, also where frames are left out', () => {
  expect(figures(0)).toMatchObject({ shared: 900, max: 0, unequalShare: 0, mostApart: 0 });
  expect(figures(0, 10)).toMatchObject({ shared: 810, max: 0, mostApart: 1 });
});

it('VC: a frame, and two, are told as what they are', () => {
  expect(figures(1 / fps).median).toBeCloseTo(1, 6);
  expect(figures(2 / fps).mostApart).toBe(2);
  // All but the first beats, when the late one has nothing to show, and the last.
  expect(figures(2 / fps).unequalShare).toBeGreaterThan(0.99);
  expect(figures(2 / fps).max).toBeCloseTo(2, 6);
});
