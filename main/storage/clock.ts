/** Time as a parameter, and the one home of timers: whatever number comes from outside, none of them fires at once, and none is lost. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../services.ts';

/** The longest time that a timer of Node can hold; a longer one becomes 1 ms (https://nodejs.org/api/timers.html#settimeoutcallback-delay-args). */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;
/** For what is no number at all: neither at once, again and again, nor never. */
const NO_NUMBER_MS = 60_000;

/** A time that a timer can hold: whole milliseconds from 0 to 24.8 days. */
export function timerMs(ms: number): number {
  if (Number.isNaN(ms)) return NO_NUMBER_MS;
  return Math.min(LONGEST_TIMER_MS, Math.max(0, Math.ceil(ms)));
}

/** `setTimeout` for a time that is computed: never sooner than asked for, at most 24.8 days. */
export function startTimer(work: () => void, ms: number): NodeJS.Timeout {
  return setTimeout(work, timerMs(ms));
}

/** Resolves after so long, however long that is. Rejects with AbortError when the signal fires. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  let leftMs = Number.isNaN(ms) ? NO_NUMBER_MS : Math.max(0, ms);
  do {
    const partMs = timerMs(leftMs);
    await delay(partMs, undefined, signal ? { signal } : {});
    leftMs -= partMs;
  } while (leftMs > 0);
}

export const systemClock: Clock = { now: () => Date.now(), sleep: pause };
