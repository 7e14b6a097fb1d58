/** The alarm before a result's link dies: four hours before, once, at once when that is over already. */
import { expect, it } from 'vitest';
import { createLinkAlarm } from '../../../main/jobs/trouble/linkAlarm.ts';
import type { Clock } from '../../../main/services.ts';
import { isLinkAlarm, linkExpiry } from '../../../shared/jobs/linkLife.ts';

const HOUR_MS = 3600_000;
const start = Date.parse('2026-03-09T12:00:00Z');

/** A clock that stands still until it is moved. */
function handClock() {
  let nowMs = start;
  const sleepers = new Set<{ endMs: number; wake(): void }>();
  const clock: Clock = {
    now: () => nowMs,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        const sleeper = { endMs: nowMs + ms, wake: resolve };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', () => {
          sleepers.delete(sleeper);
          reject(signal.reason);
        });
      }),
  };
  async function advance(ms: number): Promise<void> {
    nowMs += ms;
    for (const sleeper of sleepers) {
      if (sleeper.endMs > nowMs) continue;
      sleepers.delete(sleeper);
      sleeper.wake();
    }
    await new Promise(setImmediate);
  }
  return { clock, advance };
}

it('comes four hours before the end, once', async () => {
  const due: string[] = [];
  const { clock, advance } = handClock();
  const alarm = createLinkAlarm(clock, (id) => due.push(id));
  const expiry = linkExpiry(new Date(start).toISOString());
  expect(Date.parse(expiry) - start).toBe(24 * HOUR_MS);
  alarm.watch('a', expiry);
  alarm.watch('a', expiry);
  await advance(20 * HOUR_MS - 1000);
  expect([due, isLinkAlarm(expiry, clock.now())]).toEqual([[], false]);
  await advance(2000);
  expect([due, isLinkAlarm(expiry, clock.now())]).toEqual([['a'], true]);
  alarm.watch('a', expiry);
  expect(due).toEqual(['a']);
});

it('comes at once after a long absence, and not after the end of the app', async () => {
  const due: string[] = [];
  const { clock, advance } = handClock();
  const alarm = createLinkAlarm(clock, (id) => due.push(id));
  alarm.watch('late', new Date(start + HOUR_MS).toISOString());
  expect(due).toEqual(['late']);
  alarm.watch('b', new Date(start + 10 * HOUR_MS).toISOString());
  alarm.close();
  await advance(11 * HOUR_MS);
  expect(due).toEqual(['late']);
});
