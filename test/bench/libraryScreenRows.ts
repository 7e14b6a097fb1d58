/** Rows of the benchmark of the library's screen: opening it, typing into its search, flinging its grid. Times are measured in the page, up to the frame that shows what was asked for. */
import type { Page } from '@playwright/test';
import type { Editor } from './editorPage.ts';
import { fling, share } from './fling.ts';
import { median, type Row, round } from './measure.ts';

export interface ScreenNumbers {
  openMs: number;
  typedMs: number;
  frameMs: number;
}

export interface RowContext {
  count: number;
  /** Filled in by the rows. */
  numbers: ScreenNumbers;
  /** Of the smallest library; null: this is it. */
  first: ScreenNumbers | null;
}

const openings = 7;
const openBarMs = 300;
const typedBarMs = 50;
const frameBarMs = 33;
const mostTimes = 1.5;
const flingSeconds = 10;
/** A word of every row, of some, of none; one character and two; Latin, Japanese, Korean. */
const typed = ['dance', '踊る', '춤', 'rain', 'a', 'zzzz', 'rating>=4', 'tag:'];

export async function openLibrary(editor: Editor): Promise<Page> {
  const page = await editor.context.newPage();
  await page.goto(editor.host.address);
  await page.getByText('Everything fits').waitFor({ timeout: 120_000 });
  return page;
}

/** From the click on Library to the frame in which cards are seen. */
async function openingMs(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const startedMs = performance.now();
        window.location.hash = '/library';
        const look = () => {
          if (document.querySelector('[data-testid="library-card"]') === null) requestAnimationFrame(look);
          // The frame after the one that has them: they are on the screen.
          else requestAnimationFrame(() => resolve(performance.now() - startedMs));
        };
        requestAnimationFrame(look);
      }),
  );
}

export async function openRow(editor: Editor, { count, numbers, first }: RowContext): Promise<Row> {
  const times: number[] = [];
  for (let n = 0; n < openings; n += 1) {
    const page = await openLibrary(editor);
    times.push(await openingMs(page));
    await page.close();
  }
  numbers.openMs = median(times);
  const bar = first ? `at most twice of the smaller library's ${round(first.openMs, 0)} ms` : `${openBarMs} ms`;
  return {
    what: `${count} results: from Create to the first painted grid; median of ${openings} fresh pages`,
    bar,
    seen: `${round(numbers.openMs, 0)} ms (${times.map((ms) => round(ms, 0)).join(', ')})`,
    holds: numbers.openMs <= (first ? Math.max(openBarMs, first.openMs * 2) : openBarMs),
    numbers: { openMs: round(numbers.openMs, 1) },
  };
}

/** Every key from its press to the frame that shows what the search finds by then. */
async function keystrokes(page: Page, text: string): Promise<number[]> {
  const field = page.getByRole('searchbox', { name: 'Search' });
  await field.fill('');
  await page.waitForFunction(
    () => document.querySelector<HTMLElement>('[data-testid="library-body"]')?.dataset.shown === '',
  );
  await field.focus();
  const times: number[] = [];
  for (let end = 1; end <= text.length; end += 1) {
    const wanted = text.slice(0, end);
    const shown = page.evaluate(
      (wanted) =>
        new Promise<number>((resolve) => {
          const field = document.querySelector<HTMLInputElement>('input[type="search"]');
          const body = document.querySelector<HTMLElement>('[data-testid="library-body"]');
          field?.addEventListener(
            'input',
            () => {
              const startedMs = performance.now();
              const look = () => {
                if (body?.dataset.shown !== wanted) requestAnimationFrame(look);
                else requestAnimationFrame(() => resolve(performance.now() - startedMs));
              };
              look();
            },
            { once: true },
          );
        }),
      wanted,
    );
    await page.keyboard.insertText(wanted.at(-1) ?? '');
    times.push(await shown);
  }
  return times;
}

export async function typingRow(editor: Editor, { count, numbers, first }: RowContext): Promise<Row> {
  const page = await openLibrary(editor);
  await openingMs(page);
  const times: number[] = [];
  for (const text of typed) times.push(...(await keystrokes(page, text)));
  await page.close();
  numbers.typedMs = share(times, 0.95);
  const bar = first
    ? `at most twice of the smaller library's ${round(first.typedMs, 0)} ms`
    : `95 % within ${typedBarMs} ms`;
  return {
    what: `${count} results: from a key in the search to the frame that shows what it finds; ${times.length} keys of ${typed.join(' · ')}`,
    bar,
    seen: `95 % within ${round(numbers.typedMs, 0)} ms, median ${round(median(times), 0)} ms`,
    holds: numbers.typedMs <= (first ? Math.max(typedBarMs, first.typedMs * 2) : typedBarMs),
    numbers: { p95Ms: round(numbers.typedMs, 1), medianMs: round(median(times), 1) },
  };
}

export async function flingRow(editor: Editor, { count, numbers, first }: RowContext): Promise<Row> {
  const page = await openLibrary(editor);
  await openingMs(page);
  const box = await page.getByTestId('library-scroll').boundingBox();
  if (!box) throw new Error('there is no grid');
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const own = await fling(page, at, flingSeconds);
  // The same wheel over the same element with nothing in it.
  await page.evaluate(() => {
    const scroll = document.querySelector<HTMLElement>('[data-testid="library-scroll"]');
    const empty = document.createElement('div');
    empty.style.cssText = 'position:fixed;inset:120px 0 60px 300px;overflow:auto;z-index:9;background:#222';
    empty.innerHTML = `<div style="height:${scroll?.scrollHeight ?? 100_000}px"></div>`;
    scroll?.parentElement?.remove();
    document.body.append(empty);
  });
  const peer = await fling(page, { x: 700, y: 500 }, flingSeconds);
  await page.close();
  const [ours, empty] = [share(own, 0.99), share(peer, 0.99)];
  numbers.frameMs = ours;
  const longest = Math.max(...own);
  const most = Math.max(...peer);
  return {
    what: `${count} results: a fling of ${flingSeconds} s over the grid, beside the same over an empty element`,
    bar: `no frame over ${frameBarMs} ms, or the longest within ${mostTimes}x of the empty element's${first ? '; the same at this size' : ''}`,
    seen:
      `longest frame ${round(longest, 0)} ms, empty ${round(most, 0)} ms; 99 % within ${round(ours, 0)} ms, empty ${round(empty, 0)} ms; ` +
      `${own.length} frames, empty ${peer.length}`,
    holds: longest <= frameBarMs || longest <= most * mostTimes,
    numbers: {
      longestMs: round(longest, 1),
      emptyLongestMs: round(most, 1),
      p99Ms: round(ours, 1),
      emptyP99Ms: round(empty, 1),
      frames: own.length,
      emptyFrames: peer.length,
    },
  };
}
