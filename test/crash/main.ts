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
  /** At every persisted moment; so many at random; so many while an order is on the wire. */
  kills: { at: 'every' } | { at: 'random' | 'wire'; count: number };
}

const words = { random: 'at random', wire: 'on the wire' };

function partsOf(kind: string, ignoresKeys: boolean, counts: ['random' | 'wire', number][]): Part[] {
  const others = counts.map(([at, count], n) => ({
    kills: { at, count },
    seed: seed + n,
    name: `${kind}, ${count} ${words[at]}`,
  }));
  return [{ name: `${kind}, every moment`, seed, kills: { at: 'every' as const } }, ...others].map((part) => ({
    ...part,
    ignoresKeys,
  }));
}

// Of the random kills of the first account one in ten finds an order on the wire; of the second, every other.
const onTheWire = Math.floor(kills / 10);
const waiting = [
  ...partsOf('honours keys', false, [
    ['random', Math.ceil((kills - onTheWire) / 2)],
    ['random', Math.floor((kills - onTheWire) / 2)],
    ['wire', onTheWire],
  ]),
  ...partsOf('ignores keys', true, [
    ['random', onTheWire],
    ['wire', onTheWire],
  ]),
];
const done: { part: Part; counts: CrashCounts }[] = [];

async function run(part: Part): Promise<CrashCounts> {
  const log = (line: string) => say(`${part.name}: ${line}`);
  log(`begins (seed ${part.seed})`);
  const crash = await openCrashRun({ seed: part.seed, ignoresKeys: part.ignoresKeys, killsPerBatch: 20, log });
  try {
    if (part.kills.at === 'every') await crash.killAtEveryMoment();
    else if (part.kills.at === 'random') await crash.killAtRandom(part.kills.count);
    else await crash.killOnTheWire(part.kills.count);
    await crash.judge();
    return crash.counts;
  } finally {
    await crash.close();
  }
}

async function lane(): Promise<void> {
  for (let part = waiting.shift(); part; part = waiting.shift()) done.push({ part, counts: await run(part) });
}

const zero = {
  ...{ kills: 0, lost: 0, doubleCharges: 0, corrupt: 0, jobs: 0 },
  ...{ asked: 0, claimed: 0, resent: 0, givenUp: 0 },
};
const numbers = Object.keys(zero) as (keyof typeof zero)[];
function sumOf(parts: typeof done): typeof zero {
  const sum = { ...zero };
  for (const { counts } of parts) for (const name of numbers) sum[name] += counts[name];
  return sum;
}
const verdict = (sum: ReturnType<typeof sumOf>) =>
  `${sum.kills} kills, ${sum.lost} lost, ${sum.doubleCharges} double charges, ${sum.corrupt} corrupt`;

await Promise.all(Array.from({ length: Math.max(1, Number(values['at-once'])) }, lane));
for (const { part, counts } of done) for (const text of counts.complaints) say(`${part.name}: ${text}`);
for (const kind of ['honours keys', 'ignores keys']) {
  const sum = sumOf(done.filter(({ part }) => part.ignoresKeys === (kind === 'ignores keys')));
  say(`${kind}: ${verdict(sum)}; ${sum.jobs} jobs`);
  say(
    `${kind}: a person was asked about ${sum.asked} of them: ${sum.claimed} found among the account's tasks, ` +
      `${sum.resent} sent again, ${sum.givenUp} given up`,
  );
}
const all = sumOf(done);
process.stdout.write(`${verdict(all)}\n`);
process.exitCode = all.lost + all.doubleCharges + all.corrupt === 0 ? 0 : 1;
