/** Twenty kills of `npm run test:crash`, which has hundreds: nothing is lost, paid twice or damaged. */
import { expect, it } from 'vitest';
import { openCrashRun } from '../../crash/crashRun.ts';

it('survives twenty SIGKILLs at seeded moments of mixed jobs', { timeout: 300_000 }, async () => {
  const crash = await openCrashRun({ seed: 20, ignoresKeys: false, killsPerBatch: 20, log: () => {} });
  try {
    await crash.killAtRandom(20);
    await crash.judge();
    expect(crash.counts).toMatchObject({ kills: 20, lost: 0, doubleCharges: 0, corrupt: 0, complaints: [] });
  } finally {
    await crash.close();
  }
});
