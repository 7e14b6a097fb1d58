/** A few kills of `npm run test:crash`, which has hundreds: nothing is lost, paid twice or damaged. */
import { expect, it } from 'vitest';
import { openCrashRun } from '../../crash/crashRun.ts';
import { runsOf } from '../../fixtures/runs.ts';

const kills = runsOf('CRASH', { short: 3, long: 40 });

it(`survives ${kills} SIGKILLs at seeded moments of mixed jobs`, { timeout: 600_000 }, async () => {
  const crash = await openCrashRun({ seed: 20, ignoresKeys: false, killsPerBatch: 20, log: () => {} });
  try {
    await crash.killAtRandom(kills);
    await crash.judge();
    expect(crash.counts).toMatchObject({ kills, lost: 0, doubleCharges: 0, corrupt: 0, complaints: [] });
  } finally {
    await crash.close();
  }
});

it('asks a person what became of orders that it died with, where keys are ignored', { timeout: 600_000 }, async () => {
  const crash = await openCrashRun({ seed: 4, ignoresKeys: true, killsPerBatch: 4, log: () => {} });
  try {
    await crash.killOnTheWire(4);
    await crash.judge();
    expect(crash.counts).toMatchObject({ kills: 4, lost: 0, doubleCharges: 0, corrupt: 0, complaints: [] });
    const { asked, claimed, resent, givenUp } = crash.counts;
    expect(asked).toBeGreaterThan(0);
    expect(claimed + resent + givenUp).toBeGreaterThanOrEqual(asked);
  } finally {
    await crash.close();
  }
});
