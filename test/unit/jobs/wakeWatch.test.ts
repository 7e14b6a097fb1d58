import { expect, it } from 'vitest';
import { watchForWake } from '../../../main/jobs/trouble/wakeWatch.ts';

/** A clock whose sleeps end when the test says so, at the time that the test says. */
function steppedClock() {
  let now = 1_000_000_000;
  let wake = () => {};
  return {
    clock: {
      now: () => now,
      sleep: (_ms: number, signal?: AbortSignal) =>
        new Promise<void>((resolve, reject) => {
          wake = resolve;
          signal?.addEventListener('abort', () => reject(signal.reason));
        }),
    },
    async pass(ms: number) {
      now += ms;
      wake();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

it('tells a sleep from a short pause and from a clock that was set back', async () => {
  const { clock, pass } = steppedClock();
  let wakes = 0;
  const watch = watchForWake(clock, () => {
    wakes += 1;
  });
  await pass(5000);
  await pass(9000);
  await pass(-86_400_000);
  expect(wakes).toBe(0);
  await pass(600_000);
  expect(wakes).toBe(1);
  watch.close();
});
