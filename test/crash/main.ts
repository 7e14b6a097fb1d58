/**
 * `npm run test:crash [-- --kills 300 --seed 1 --at-once 3]`: kills the app at every persisted step and at seeded random moments, on an
 * account that honours keys and on one that does not, and ends with what was lost. The last line is the verdict.
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { type CrashCounts, openCrashRun } from './crashRun.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
    // A life waits more than it works.
    'at-once': { type: 'string', default: String(availableParallelism() + 1) },
  },
});
const seed = Number(values.seed);
const kills = Number(values.kills);
const startedAt = performance.now();
const say = (line: string) =>
  process.stdout.write(`${((performance.now() - startedAt) / 1000).toFixed(0).padStart(5)} s  ${line}\n`);

/** Each has a profile, a sandbox and a seed of its own: so they may run side by side. */
interface Part {
  name: string;
  seed: number;
  ignoresKeys: boolean;
  /** At every moment, else so many at random. */
  kills: 'every' | number;
}

function partsOf(kind: string, ignoresKeys: boolean, randomKills: number[]): Part[] {
  const random = randomKills.map((count, n) => ({ kills: count, seed: seed + n, name: `${kind}, ${count} at random` }));
  return [{ name: `${kind}, every moment`, seed, kills: 'every' as const }, ...random].map((part) => ({
    ...part,
    ignoresKeys,
  }));
}

const waiting = [
  ...partsOf('honours keys', false, [Math.ceil(kills / 2), Math.floor(kills / 2)]),
  ...partsOf('ignores keys', true, [Math.ceil(kills / 5)]),
];
const done: { part: Part; counts: CrashCounts }[] = [];

async function run(part: Part): Promise<CrashCounts> {
  const log = (line: string) => say(`${part.name}: ${line}`);
  log(`begins (seed ${part.seed})`);
  const crash = await openCrashRun({ seed: part.seed, ignoresKeys: part.ignoresKeys, killsPerBatch: 20, log });
  try {
    if (part.kills === 'every') await crash.killAtEveryMoment();
    else await crash.killAtRandom(part.kills);
    await crash.judge();
    return crash.counts;
  } finally {
    await crash.close();
  }
}

async function lane(): Promise<void> {
  for (let part = waiting.shift(); part; part = waiting.shift()) done.push({ part, counts: await run(part) });
}

const numbers = ['kills', 'lost', 'doubleCharges', 'corrupt', 'jobs', 'asked'] as const;
function sumOf(parts: typeof done): Record<(typeof numbers)[number], number> {
  const sum = { kills: 0, lost: 0, doubleCharges: 0, corrupt: 0, jobs: 0, asked: 0 };
  for (const { counts } of parts) for (const name of numbers) sum[name] += counts[name];
  return sum;
}
const verdict = (sum: ReturnType<typeof sumOf>) =>
  `${sum.kills} kills, ${sum.lost} lost, ${sum.doubleCharges} double charges, ${sum.corrupt} corrupt`;

await Promise.all(Array.from({ length: Math.max(1, Number(values['at-once'])) }, lane));
for (const { part, counts } of done) for (const text of counts.complaints) say(`${part.name}: ${text}`);
for (const kind of ['honours keys', 'ignores keys']) {
  const sum = sumOf(done.filter(({ part }) => part.ignoresKeys === (kind === 'ignores keys')));
  say(`${kind}: ${verdict(sum)}; ${sum.jobs} jobs, a person was asked about ${sum.asked}`);
}
const all = sumOf(done);
process.stdout.write(`${verdict(all)}\n`);
process.exitCode = all.lost + all.doubleCharges + all.corrupt === 0 ? 0 : 1;
