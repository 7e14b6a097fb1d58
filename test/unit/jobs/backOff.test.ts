import { expect, it } from 'vitest';
import { backOffMs } from '../../../main/jobs/trouble/backOff.ts';

it('doubles its ceiling up to the cap, and never spins', () => {
  const at = (attempt: number, random: number) =>
    backOffMs(attempt, { baseMs: 1000, capMs: 60_000, random: () => random });
  expect([0, 1, 2, 3].map((attempt) => at(attempt, 1))).toEqual([1000, 2000, 4000, 8000]);
  expect(at(20, 1)).toBe(60_000);
  expect(at(500, 1)).toBe(60_000);
  expect(at(0, 0)).toBe(1000);
  expect(at(7, 0)).toBe(1000);
});
