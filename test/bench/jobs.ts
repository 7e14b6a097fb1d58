/** `npm run bench:jobs [-- --only=<word>]`: many running tasks, and large files on both ways; writes JSON and Markdown into results/. */
import { execFile } from 'node:child_process';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { median, type Row, round } from './measure.ts';
import { failedRow, say, writeReport } from './report.ts';
import { runningTasksRow } from './runningTasks.ts';

const BAR_MB = 25;

async function transferRow(): Promise<Row> {
  const grown: number[] = [];
  const byState = new Map<string, number[]>();
  for (let run = 0; run < 3; run += 1) {
    const script = join(import.meta.dirname, 'transferMain.ts');
    const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', script], { timeout: 600_000 });
    const { warm, peak, peaks } = JSON.parse(stdout) as { warm: number; peak: number; peaks: Record<string, number> };
    grown.push((peak - warm) / 1e6);
    for (const [state, seen] of Object.entries(peaks))
      byState.set(state, [...(byState.get(state) ?? []), (seen - warm) / 1e6]);
  }
  const states = [...byState].map(([state, mb]) => [state, round(median(mb), 1)] as const);
  const each = grown.map((mb) => round(mb, 1));
  return {
    what: '95 MB up and down: peak minus warm memory of the app, the sandbox apart, median of 3',
    bar: `under ${BAR_MB} MB`,
    seen: `${round(median(grown), 1)} MB (${each.join(', ')}); ${states.map((pair) => pair.join(' ')).join(', ')}`,
    holds: median(grown) < BAR_MB,
    numbers: { grownMB: round(median(grown), 1), ...Object.fromEntries(states) },
  };
}

const only = process.argv.find((arg) => arg.startsWith('--only='))?.slice('--only='.length);
const load = () => round(loadavg()[0] ?? 0, 1);
const loadBefore = load();
const rows: Row[] = [];
for (const [name, measure] of Object.entries({ running: runningTasksRow, transfer: transferRow })) {
  if (only && name !== only) continue;
  const row = await measure().catch((error: unknown) => failedRow(name, error));
  rows.push(row);
  say(row);
}
const about = { cores: availableParallelism(), 'load before': loadBefore, 'load after': load() };
if (!only) await writeReport('jobs', 'Jobs', { about, rows });
process.exitCode = rows.some(({ holds }) => holds === false) ? 1 : 0;
