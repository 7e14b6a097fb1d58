/** Notices that the machine slept: far more time passed than a short timer asked for. Whatever waits for the network is then tried at once. */
import type { Clock } from '../../services.ts';

const LOOK_EVERY_MS = 5000;
const SLEPT_MS = 20_000;

export interface WakeWatch {
  close(): void;
}

export function watchForWake(clock: Clock, onWake: () => void): WakeWatch {
  const closing = new AbortController();
  void (async () => {
    for (;;) {
      const before = clock.now();
      await clock.sleep(LOOK_EVERY_MS, closing.signal);
      // A clock that was set back is no sleep.
      if (clock.now() - before > LOOK_EVERY_MS + SLEPT_MS) onWake();
    }
  })().catch(() => {});
  return { close: () => closing.abort() };
}
