/**
 * `npm run bench:library [-- --sizes=1000,10000,100000] [--runs=20]`: the index asked every kind of question at three sizes, on a near drive
 * and on one whose every answer takes 200 ms; writes JSON and Markdown into results/.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Timing } from './libraryQueries.ts';
import { median, type Row, round } from './measure.ts';
import { say, writeReport } from './report.ts';

/** In main, at 10,000 results; and how much dearer ten times as many may be. */
const BAR_MS = 20;
const BAR_RATIO = 3;
/** Below this a ratio tells of the clock. */
const NOISE_MS = 2;

interface Measured {
  count: number;
  filledMs: number;
  bytesPerItem: number;
  near: Timing[];
  far: Timing[];
  whole: Record<string, number>;
}

const named = (name: string) => process.argv.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
const sizes = (named('sizes') ?? '1000,10000,100000').split(',').map(Number);
const runs = named('runs') ?? '20';
const load = () => round(loadavg()[0] ?? 0, 1);

async function measure(count: number): Promise<Measured> {
  const folder = await mkdtemp(path.join(tmpdir(), 'restage-bench-library-'));
  try {
    const script = path.join(import.meta.dirname, 'libraryFillMain.ts');
    const options = { timeout: 3_600_000, maxBuffer: 64_000_000 };
    const { stdout } = await promisify(execFile)(process.execPath, [script, folder, String(count), runs], options);
    return JSON.parse(stdout) as Measured;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const slowest = (timings: readonly Timing[]) => timings.toSorted((a, b) => b.p95Ms - a.p95Ms)[0];
const middle = (timings: readonly Timing[]) => median(timings.map(({ clockP95Ms }) => clockP95Ms));
const told = (timing: Timing | undefined) => (timing ? `${timing.what} ${round(timing.p95Ms, 1)} ms` : 'nothing');

function rowsOf(measured: readonly Measured[]): Row[] {
  const bars = measured.flatMap((one): Row[] => {
    const mostMs = one.count > 10_000 ? BAR_MS * 2 : BAR_MS;
    return (['near', 'far'] as const).map((drive) => {
      const worst = slowest(one[drive]);
      const over = one[drive].filter(({ p95Ms }) => p95Ms > mostMs);
      return {
        what: `${one.count.toLocaleString('en')} results${drive === 'far' ? ', every look at a file 200 ms' : ''}: any page of any query in main, 95th percentile of ${runs}, processor’s time`,
        bar: `at most ${mostMs} ms`,
        seen: `slowest: ${told(worst)}; of ${one[drive].length} kinds over it: ${over.map((timing) => told(timing)).join(', ') || 'none'}; by the clock, with all else that ran: median of the kinds ${round(middle(one[drive]), 1)} ms`,
        holds: over.length === 0,
        numbers: Object.fromEntries(
          one[drive].flatMap(({ what, p95Ms, clockP95Ms }) => [
            [what, round(p95Ms)],
            [`${what} (clock)`, round(clockP95Ms)],
          ]),
        ),
      };
    });
  });
  const [small, large] = [
    measured.find(({ count }) => count === 10_000),
    measured.find(({ count }) => count === 100_000),
  ];
  return [...bars, ...(small && large ? [growthRow(small, large)] : []), ...measured.map(sizeRow)];
}

function growthRow(small: Measured, large: Measured): Row {
  const ratios = large.near.flatMap(({ what, p95Ms }) => {
    const before = small.near.find((timing) => timing.what === what)?.p95Ms;
    return before === undefined ? [] : [{ what, ratio: Math.max(p95Ms, NOISE_MS) / Math.max(before, NOISE_MS) }];
  });
  const over = ratios.filter(({ ratio }) => ratio > BAR_RATIO).toSorted((a, b) => b.ratio - a.ratio);
  return {
    what: '100,000 results against 10,000: each kind of query, and the last page of each order',
    bar: `at most ${BAR_RATIO}x (times under ${NOISE_MS} ms count as such)`,
    seen: `over it: ${over.map(({ what, ratio }) => `${what} ${round(ratio, 1)}x`).join(', ') || 'none'} of ${ratios.length}`,
    holds: over.length === 0,
    numbers: Object.fromEntries(ratios.map(({ what, ratio }) => [what, round(ratio)])),
  };
}

function sizeRow({ count, bytesPerItem, whole, filledMs }: Measured): Row {
  const times = Object.entries(whole).map(([what, ms]) => `${what} ${round(ms, 1)} ms`);
  return {
    what: `${count.toLocaleString('en')} results: the index on disk, and what is counted over all of it beside the list`,
    bar: 'said',
    seen: `${Math.round(bytesPerItem)} bytes per result; ${times.join(', ')} (in slices); filled in ${round(filledMs / 1000, 1)} s`,
    holds: true,
    numbers: { bytesPerItem: Math.round(bytesPerItem), ...whole },
  };
}

const loadBefore = load();
const measured: Measured[] = [];
for (const size of sizes) measured.push(await measure(size));
const rows = rowsOf(measured);
for (const row of rows) say(row);
const about = {
  cores: availableParallelism(),
  'load before': loadBefore,
  'load after': load(),
  'runs of each': Number(runs),
};
await writeReport('library', 'Library: the index', { about, rows });
process.exitCode = rows.some(({ holds }) => holds === false) ? 1 : 0;
