/** The app's time, so many times as fast as the real one, and able to leap: production intervals and days of patience in a test of minutes. */

import type { Clock } from '../../main/services.ts';
import { pause } from '../../main/storage/clock.ts';

export interface HurriedClock extends Clock {
  /** So much time has passed at once: whoever slept until then wakes. */
  leap(ms: number): void;
}

export function createHurriedClock(factor: number): HurriedClock {
  const startedAt = performance.now();
  const epoch = Date.now();
  let leaptMs = 0;
  const sleepers = new Set<() => void>();
  const now = () => Math.floor(epoch + leaptMs + (performance.now() - startedAt) * factor);
  return {
    now,
    async sleep(ms, signal) {
      const until = now() + ms;
      while (now() < until) {
        signal?.throwIfAborted();
        const woken = new AbortController();
        const wake = () => woken.abort();
        sleepers.add(wake);
        const either = signal ? AbortSignal.any([signal, woken.signal]) : woken.signal;
        await pause((until - now()) / factor, either).catch(() => {});
        sleepers.delete(wake);
      }
      signal?.throwIfAborted();
    },
    leap(ms) {
      leaptMs += ms;
      for (const wake of [...sleepers]) wake();
    },
  };
}
