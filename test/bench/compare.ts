/**
 * `npm run bench:compare [-- --only=<word>]`: two streams of 30 s at 30 frames a second on the common clock of Compare, in a real Chromium,
 * measured by the frames that it painted; beside them two plain players of the same files. Writes JSON and Markdown into results/.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { createTools } from '../../main/media/tools.ts';
import { samples } from '../e2e/support/files.ts';
import { silentLogger } from '../fixtures/media.ts';
import { driftFigures, paintsOf } from './drift.ts';
import { type Editor, enterSandbox, openEditor } from './editorPage.ts';
import { bare, type Row, round } from './measure.ts';
import { failedRow, say, writeReport } from './report.ts';

const only = process.argv.find((arg) => arg.startsWith('--only='))?.slice('--only='.length);
const fps = 30;
const watchSeconds = 30;
const orderDeadlineMs = 10 * 60_000;
const clipName = 'half-a-minute.mp4';

/** As long as the contract takes, with a little sound: real footage where RESTAGE_FOOTAGE names some, else the drawn sample. */
async function makeClip(folder: string, ffmpeg: string): Promise<string> {
  const real = join(process.env.RESTAGE_FOOTAGE ?? '', 'person-1280x720-9s.mp4');
  const source = process.env.RESTAGE_FOOTAGE && existsSync(real) ? real : samples.video;
  const clip = join(folder, clipName);
  const fill = `scale=1280:720:force_original_aspect_ratio=increase,crop=1280:720,setsar=1,fps=${fps}`;
  const picture = ['-vf', fill, '-c:v', 'libx264', '-preset', 'veryfast', '-g', '60', '-pix_fmt', 'yuv420p'];
  const sound = ['-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=48000'];
  const input = ['-stream_loop', '-1', '-i', source, ...sound, '-map', '0:v:0', '-map', '1:a'];
  await bare(ffmpeg, ['-v', 'error', '-y', ...input, '-t', String(watchSeconds), ...picture, '-c:a', 'aac', clip]);
  return clip;
}

/** Two takes of the clip, as a person orders them. */
async function makeTakes(editor: Editor, clip: string): Promise<void> {
  const page = await editor.context.newPage();
  await page.goto(editor.host.address);
  await page.getByTestId('intake-video').setInputFiles(clip);
  await page.getByText(clipName).first().waitFor({ timeout: 120_000 });
  await page.getByText('Everything fits').waitFor({ timeout: 120_000 });
  for (const take of [1, 2]) {
    await page.getByRole('button', { name: 'Generate', exact: true }).click();
    await page
      .getByTestId('job-summary')
      .filter({ hasText: `${take} completed` })
      .waitFor({ timeout: orderDeadlineMs });
  }
  await page.close();
}

/** The comparison of both takes with their reference, standing at its beginning, not in a loop. */
async function openComparison(editor: Editor): Promise<Page> {
  const page = await editor.context.newPage();
  await page.goto(`${editor.host.address}#/library`);
  await page.getByTestId('library-card').first().dblclick();
  await page.getByTestId('versions').getByRole('listitem').nth(1).waitFor();
  await page.keyboard.press('k');
  await page.keyboard.press('c');
  await page.getByTestId('compare-view').getByTestId('result-video').nth(1).waitFor();
  await page.keyboard.press('Control+l');
  return page;
}

type Painted = [mediaTime: number, atMs: number][];

/** In the page: what two videos paint from now on until `seconds` have gone by or both have ended. */
function watch({ selectors, seconds }: { selectors: [string, string]; seconds: number }): Promise<Painted[]> {
  const videos = selectors.map((selector) => document.querySelector<HTMLVideoElement>(selector));
  return Promise.all(
    videos.map(
      (video) =>
        new Promise<Painted>((resolve, reject) => {
          if (!video) {
            reject(new Error('a video is missing'));
            return;
          }
          const rows: Painted = [];
          let last = performance.now();
          const onFrame: VideoFrameRequestCallback = (now, { mediaTime, expectedDisplayTime }) => {
            last = now;
            if (!video.paused) rows.push([mediaTime, expectedDisplayTime]);
            video.requestVideoFrameCallback(onFrame);
          };
          video.requestVideoFrameCallback(onFrame);
          const startedMs = performance.now();
          const timer = setInterval(() => {
            const isOver = performance.now() - startedMs > (seconds + 8) * 1000;
            const isStill = rows.length > 0 && performance.now() - last > 2000;
            if (!isOver && !isStill) return;
            clearInterval(timer);
            resolve(rows);
          }, 250);
        }),
    ),
  );
}

const sideVideo = (key: string) => `[data-side="${key}"] video`;

interface Streams {
  what: string;
  selectors: [string, string];
  /** Makes both stand at their beginning. */
  arrange: (page: Page) => Promise<void>;
  /** Sets them running. */
  start: (page: Page) => Promise<void>;
  isOurs: boolean;
}

async function measure(page: Page, { what, selectors, arrange, start, isOurs }: Streams): Promise<Row> {
  await arrange(page);
  const watching = page.evaluate(watch, { selectors, seconds: watchSeconds });
  await start(page);
  const [one = [], other = []] = await watching;
  const figures = driftFigures(paintsOf(one, 0, fps), paintsOf(other, 0, fps), fps);
  const seconds = ((one.at(-1)?.[1] ?? 0) - (one[0]?.[1] ?? 0)) / 1000;
  const isLong = seconds > watchSeconds - 1.5;
  return {
    what: `${what}, ${watchSeconds} s at ${fps} frames a second`,
    bar: isOurs ? 'every frame within one frame of the other' : 'for comparison',
    seen:
      `apart: median ${round(figures.median)}, 95 % within ${round(figures.p95)}, at most ${round(figures.max)} frames, of ` +
      `${figures.shared} frames that both painted in ${round(seconds, 1)} s; side by side ${round(figures.unequalShare * 100, 1)} % of the ` +
      `screen's beats showed two different frames, at most ${figures.mostApart} apart`,
    holds: isOurs ? isLong && figures.shared > 0 && figures.max < 1 : null,
    numbers: { ...figures, seconds: round(seconds, 2), painted: one.length, paintedOther: other.length },
  };
}

const inView = (key: string) => async (page: Page) => {
  for (const name of ['k', 'Home', key]) await page.keyboard.press(name);
  await page.waitForTimeout(1000);
};
const play = (page: Page) => page.keyboard.press(' ');

/** Two elements of the same addresses with nobody who keeps them together. */
async function plainPlayers(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const found = document.querySelectorAll<HTMLVideoElement>('[data-testid="result-video"]');
    const sources = [...found].map(({ src }) => src);
    document.body.innerHTML = '<div style="display:flex"><video id="one"></video><video id="two"></video></div>';
    const isThere = (video: HTMLVideoElement, index: number) =>
      new Promise((resolve) => {
        video.muted = index === 1;
        video.style.width = '50%';
        video.addEventListener('canplaythrough', resolve, { once: true });
        video.src = sources[index] ?? '';
      });
    await Promise.all([...document.querySelectorAll('video')].map(isThere));
  });
}

async function playPlainly(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (const video of document.querySelectorAll('video')) await video.play();
  });
}

async function keysOf(page: Page): Promise<string[]> {
  return page
    .locator('[data-side]')
    .evaluateAll((sides) => sides.map((side) => side.getAttribute('data-side') ?? ''))
    .then((keys) => keys.filter((key) => key !== 'character'));
}

/** Only two streams are on the page: the third picture is put away by its button. */
const putAway = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

async function rowsOf(editor: Editor, report: (rows: readonly Row[]) => Promise<void>): Promise<Row[]> {
  const page = await openComparison(editor);
  const [, first = '', second = ''] = await keysOf(page);
  const names = await page.locator('[data-side] figcaption').allTextContents();
  const takeOf = (index: number) => /Take \d+/.exec(names[index] ?? '')?.[0] ?? 'Take 1';
  const rows: Row[] = [];
  const add = async (word: string, row: () => Promise<Row>) => {
    if (only && !word.includes(only)) return;
    rows.push(await row().catch((error: unknown) => failedRow(word, error)));
    say(rows.at(-1) as Row);
    await report(rows);
  };
  await putAway(page, 'Reference');
  const takes: [string, string] = [sideVideo(first), sideVideo(second)];
  const ours = { isOurs: true, selectors: takes, start: play };
  await add('takes', () => measure(page, { ...ours, what: 'two takes side by side', arrange: inView('s') }));
  await add('difference', () =>
    measure(page, { ...ours, what: 'two takes as their difference', arrange: inView('d') }),
  );
  await putAway(page, 'Reference');
  await putAway(page, takeOf(2));
  const withReference: [string, string] = [sideVideo('reference'), sideVideo(first)];
  await add('reference', () =>
    measure(page, { ...ours, selectors: withReference, what: 'reference and result, wiped', arrange: inView('w') }),
  );
  await putAway(page, takeOf(2));
  await add('plain', () =>
    measure(page, {
      ...{ what: 'two plain players of the same files', isOurs: false, selectors: ['#one', '#two'] },
      ...{ arrange: plainPlayers, start: playPlainly },
    }),
  );
  await page.close();
  return rows;
}

const folder = await mkdtemp(join(tmpdir(), 'restage-bench-'));
const { path: ffmpeg } = await createTools({ env: process.env, logger: silentLogger }).ffmpeg();
const loadBefore = round(loadavg()[0] ?? 0, 1);
const editor = await openEditor(folder);
// A machine shared with others draws slowly: an end of patience, not a measure.
editor.context.setDefaultTimeout(180_000);
let rows: Row[] = [];
try {
  await enterSandbox(editor);
  await makeTakes(editor, await makeClip(folder, ffmpeg));
  const loadAtStart = round(loadavg()[0] ?? 0, 1);
  // After every row: what was found so far outlives a run that is ended early.
  rows = await rowsOf(editor, async (found) => {
    const about = {
      ...{ cores: availableParallelism(), Chromium: editor.browser.version() },
      ...{ 'load before': loadBefore, 'load at the first row': loadAtStart, 'load after': round(loadavg()[0] ?? 0, 1) },
    };
    if (!only) await writeReport('compare', 'Compare', { about, rows: found });
  });
} finally {
  await editor.close();
  // The sandbox outlives the app by design and may still be writing.
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 500 });
}
process.exitCode = rows.length === 0 || rows.some((row) => row.holds === false) ? 1 : 0;
