/** The alarm before a result's link dies: four hours before, once, at once when that is over already. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createLinkAlarm } from '../../../main/jobs/linkAlarm.ts';
import type { Clock } from '../../../main/services.ts';
import { isLinkAlarm, linkExpiry } from '../../../shared/linkLife.ts';

const HOUR_MS = 3600_000;
const start = Date.parse('2026-03-09T12:00:00Z');
const clock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(resolve, ms);
      signal?.addEventListener('abort', () => {
        clearTimeout(timer);
        reject(signal.reason);
      });
    }),
};
beforeEach(() => void vi.useFakeTimers({ now: start }));
afterEach(() => void vi.useRealTimers());

it('comes four hours before the end, once', async () => {
  const due: string[] = [];
  const alarm = createLinkAlarm(clock, (id) => due.push(id));
  const expiry = linkExpiry(new Date(start).toISOString());
  expect(Date.parse(expiry) - start).toBe(24 * HOUR_MS);
  alarm.watch('a', expiry);
  alarm.watch('a', expiry);
  await vi.advanceTimersByTimeAsync(20 * HOUR_MS - 1000);
  expect([due, isLinkAlarm(expiry, Date.now())]).toEqual([[], false]);
  await vi.advanceTimersByTimeAsync(2000);
  expect([due, isLinkAlarm(expiry, Date.now())]).toEqual([['a'], true]);
  alarm.watch('a', expiry);
  expect(due).toEqual(['a']);
});

it('comes at once after a long absence, and not after the end of the app', async () => {
  const due: string[] = [];
  const alarm = createLinkAlarm(clock, (id) => due.push(id));
  alarm.watch('late', new Date(start + HOUR_MS).toISOString());
  expect(due).toEqual(['late']);
  alarm.watch('b', new Date(start + 10 * HOUR_MS).toISOString());
  alarm.close();
  await vi.advanceTimersByTimeAsync(11 * HOUR_MS);
  expect(due).toEqual(['late']);
});
