/** `npm run bench:library-screen [-- --counts=10000,100000]`: the library's screen over thousands of real rows in a real Chromium; writes JSON and Markdown into results/. */
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTools } from '../../main/media/tools.ts';
import { startBrowserHost } from '../e2e/support/runningHost.ts';
import { fillLibrary } from '../fixtures/fillLibrary.ts';
import { silentLogger } from '../fixtures/media.ts';
import { type Editor, openBrowser } from './editorPage.ts';
import { lastCardRow } from './libraryLastCard.ts';
import { flingRow, openRow, type ScreenNumbers, typingRow } from './libraryScreenRows.ts';
import { type Row, round } from './measure.ts';
import { failedRow, say, writeReport } from './report.ts';

const counts = (process.argv.find((arg) => arg.startsWith('--counts='))?.slice('--counts='.length) ?? '10000,100000')
  .split(',')
  .map(Number);

const folder = await mkdtemp(join(tmpdir(), 'restage-bench-'));
const { path: ffmpeg } = await createTools({ env: process.env, logger: silentLogger }).ffmpeg();
const found: Row[] = [];
const loadBefore = round(loadavg()[0] ?? 0, 1);
/** Of the smallest library: the larger ones are held to twice of it. */
let first: ScreenNumbers | null = null;
let chromium = '';

async function openEditorOf(count: number): Promise<Editor> {
  const folders = { profileDir: join(folder, `profile-${count}`), libraryDir: join(folder, `library-${count}`) };
  await fillLibrary({ ...folders, count, ffmpeg });
  const host = await startBrowserHost(folders);
  const { browser, context } = await openBrowser();
  chromium = browser.version();
  const page = await context.newPage();
  await page.goto(host.address);
  await page.getByRole('button', { name: 'Try it in the sandbox' }).click();
  await page.getByText('Everything fits').waitFor({ timeout: 120_000 });
  await page.close();
  const close = async () => {
    await browser.close();
    await host.stop();
  };
  return { host, browser, context, close };
}

async function measure(count: number): Promise<void> {
  const editor = await openEditorOf(count);
  try {
    const numbers: ScreenNumbers = { openMs: Number.NaN, typedMs: Number.NaN, frameMs: Number.NaN };
    for (const row of [openRow, typingRow, flingRow, lastCardRow]) {
      const made = await row(editor, { count, numbers, first }).catch((error: unknown) => failedRow(row.name, error));
      say(made);
      found.push(made);
      await report();
    }
    first ??= numbers;
  } finally {
    await editor.close();
  }
}

async function report(): Promise<void> {
  const load = { 'load before': loadBefore, 'load after': round(loadavg()[0] ?? 0, 1) };
  const about = { cores: availableParallelism(), Chromium: chromium, ...load };
  await writeReport('library-screen', 'The library’s screen', { about, rows: found });
}

try {
  for (const count of counts) await measure(count);
} finally {
  // The sandbox outlives the app by design and may still be writing.
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 500 });
}
process.exitCode = found.some((row) => row.holds === false) ? 1 : 0;
