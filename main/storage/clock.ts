/** Time as a parameter: the real clock, whose sleep can be aborted. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../services.ts';

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (ms, signal) => {
    await delay(ms, undefined, signal ? { signal } : {});
  },
};
