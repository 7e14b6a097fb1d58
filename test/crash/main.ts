/**
 * `npm run test:crash [-- --kills 300 --seed 1]`: kills the app at every persisted step and at seeded random moments, on an account that
 * honours keys and on one that does not, and ends with what was lost. The last line is the verdict.
 */
import { parseArgs } from 'node:util';
import { type CrashCounts, openCrashRun } from './crashRun.ts';

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '300' }, seed: { type: 'string', default: '1' } },
});
const kills = Number(values.kills);
const seed = Number(values.seed);
const startedAt = performance.now();
const say = (line: string) =>
  process.stdout.write(`${((performance.now() - startedAt) / 1000).toFixed(0).padStart(5)} s  ${line}\n`);

async function run(name: string, ignoresKeys: boolean, randomKills: number): Promise<CrashCounts> {
  say(`${name} (seed ${seed})`);
  const crash = await openCrashRun({ seed, ignoresKeys, killsPerBatch: 20, log: say });
  try {
    await crash.killAtEveryMoment();
    await crash.killAtRandom(randomKills);
    await crash.judge();
    return crash.counts;
  } finally {
    await crash.close();
  }
}

const verdict = ({ kills: done, lost, doubleCharges, corrupt }: CrashCounts) =>
  `${done} kills, ${lost} lost, ${doubleCharges} double charges, ${corrupt} corrupt`;

const honest = await run('an account seen to honour keys', false, kills);
const careless = await run(
  'a server that ignores keys, an account never seen to honour them',
  true,
  Math.ceil(kills / 5),
);
for (const text of [...honest.complaints, ...careless.complaints]) say(text);
say(`honours keys: ${verdict(honest)}; ${honest.jobs} jobs, a person was asked about ${honest.asked}`);
say(`ignores keys: ${verdict(careless)}; ${careless.jobs} jobs, a person was asked about ${careless.asked}`);
const both: CrashCounts = {
  ...honest,
  kills: honest.kills + careless.kills,
  lost: honest.lost + careless.lost,
  doubleCharges: honest.doubleCharges + careless.doubleCharges,
  corrupt: honest.corrupt + careless.corrupt,
};
process.stdout.write(`${verdict(both)}\n`);
process.exitCode = both.lost + both.doubleCharges + both.corrupt === 0 ? 0 : 1;
