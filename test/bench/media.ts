/** `npm run bench:media [-- --full] [-- --only=<word>]`: every row beside its peer; writes JSON and Markdown into results/. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Bench, median, openBench, type Row, round } from './measure.ts';
import { failedRow, say, writeReport } from './report.ts';
import { cutsRow, encodeRow, filmstripRow, handBrakeRow, noiseRow, remuxRow, untouchedRow } from './rows.ts';
import { verifyRow } from './verifyRow.ts';

const isFull = process.argv.includes('--full');
const only = process.argv.find((arg) => arg.startsWith('--only='))?.slice('--only='.length);

async function memoryRow(): Promise<Row> {
  const grown: number[] = [];
  for (let i = 0; i < (isFull ? 3 : 1); i += 1) {
    const script = join(import.meta.dirname, 'memoryMain.ts');
    const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', script], { timeout: 1_200_000 });
    const { warm, peak } = JSON.parse(stdout) as { warm: number; peak: number };
    grown.push((peak - warm) / 1e6);
  }
  return {
    what: `memory: peak minus warm over 50 preparations, ${grown.length === 1 ? 'one run' : 'median of 3'}`,
    bar: 'under 60 MB',
    seen: `${round(median(grown), 1)} MB`,
    holds: median(grown) < 60,
    numbers: { grownMB: round(median(grown), 1) },
  };
}

const rows: Readonly<Record<string, (bench: Bench) => Promise<Row>>> = {
  untouched: untouchedRow,
  remux: remuxRow,
  encode: encodeRow,
  verify: verifyRow,
  filmstrip: filmstripRow,
  cuts: cutsRow,
  noise: noiseRow,
  handbrake: handBrakeRow,
  memory: memoryRow,
};

const folder = await mkdtemp(join(tmpdir(), 'restage-bench-'));
const bench = await openBench(folder, isFull);
const found: Row[] = [];
const loadBefore = round(loadavg()[0] ?? 0, 1);
try {
  for (const [name, measure] of Object.entries(rows)) {
    if (only && name !== only) continue;
    const row = await measure(bench).catch((error: unknown) => failedRow(name, error));
    found.push(row);
    say(row);
  }
} finally {
  await bench.media.close();
  await rm(folder, { recursive: true, force: true });
}
const about = {
  cores: availableParallelism(),
  ffmpeg: bench.encoder.version,
  'load before': loadBefore,
  'load after': round(loadavg()[0] ?? 0, 1),
  lengths: isFull ? 'full' : 'short',
};
if (!only) await writeReport(isFull ? 'media-full' : 'media', 'Media', { about, rows: found });
process.exitCode = found.some((row) => row.holds === false) ? 1 : 0;
