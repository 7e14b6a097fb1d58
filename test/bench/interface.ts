/** `npm run bench:interface [-- --only=<word> --jobs=1000 --objects=10000]`: the built page in a real Chromium; every row beside its peer; writes JSON and Markdown into results/. */
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTools } from '../../main/media/tools.ts';
import { silentLogger } from '../fixtures/media.ts';
import { dragRow } from './dragRow.ts';
import { type Editor, enterSandbox, makeLongClip, openEditor, takeIn } from './editorPage.ts';
import { openFilledEditor } from './filledEditor.ts';
import { firstPaintRow } from './firstPaint.ts';
import { matrixRow } from './matrix.ts';
import { type Row, round } from './measure.ts';
import { paletteRow } from './paletteKeys.ts';
import { queueRow } from './queueScroll.ts';
import { failedRow, say, writeReport } from './report.ts';
import { startScriptRow } from './startScript.ts';

const argOf = (name: string) => process.argv.find((arg) => arg.startsWith(`--${name}=`))?.slice(`--${name}=`.length);
const only = argOf('only');
/** Smaller ones show that it runs; only with the usual ones the figures are kept. */
const [jobs, objects] = [Number(argOf('jobs') ?? 1000), Number(argOf('objects') ?? 10_000)];
const isUsual = jobs === 1000 && objects === 10_000;

const folder = await mkdtemp(join(tmpdir(), 'restage-bench-'));
const { path: ffmpeg } = await createTools({ env: process.env, logger: silentLogger }).ffmpeg();

/** The clip is made and looked through only when a row needs it. */
async function drag(editor: Editor): Promise<Row[]> {
  await takeIn(editor, await makeLongClip(folder, ffmpeg));
  return [await dragRow(editor)];
}

/** Objects are results and jobs together, beside the few clips and pictures. */
async function worked(): Promise<Row[]> {
  const filled = await openFilledEditor(folder, { results: Math.max(0, objects - jobs), jobs }, ffmpeg);
  try {
    return [await queueRow(filled, jobs), await paletteRow(filled, objects)];
  } finally {
    await filled.close();
  }
}

const measures: Readonly<Record<string, (editor: Editor) => Promise<Row[]>>> = {
  script: async (editor) => [await startScriptRow(editor)],
  paint: async (editor) => [await firstPaintRow(editor)],
  drag,
  matrix: async (editor) => [await matrixRow(editor, folder)],
  worked,
};

const found: Row[] = [];
const loadBefore = round(loadavg()[0] ?? 0, 1);
const editor = await openEditor(folder);

/** After every measure: what was found so far outlives a run that is ended early. */
async function report(): Promise<void> {
  const about = {
    cores: availableParallelism(),
    Chromium: editor.browser.version(),
    'load before': loadBefore,
    'load after': round(loadavg()[0] ?? 0, 1),
  };
  if (!only && isUsual) await writeReport('interface', 'Interface', { about, rows: found });
}

try {
  await enterSandbox(editor);
  for (const [name, measure] of Object.entries(measures)) {
    if (only && name !== only) continue;
    const rows = await measure(editor).catch((error: unknown) => [failedRow(name, error)]);
    rows.forEach(say);
    found.push(...rows);
    await report();
  }
} finally {
  await editor.close();
  // The sandbox outlives the app by design and may still be writing.
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 500 });
}
process.exitCode = found.some((row) => row.holds === false) ? 1 : 0;
