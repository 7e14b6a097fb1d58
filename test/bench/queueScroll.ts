/** A thousand jobs scrolled by the wheel, beside an empty list of the same height in the same place. */
import type { Page } from '@playwright/test';
import type { Editor } from './editorPage.ts';
import { fling, share } from './fling.ts';
import { median, type Row, round } from './measure.ts';

const pairs = 2;
const flingSeconds = 5;
const frameBarMs = 33;
const mostTimes = 1.5;

export async function queueRow(editor: Editor, count: number): Promise<Row> {
  // The first one compiles what later ones find.
  await framesOf(editor, { count, isEmpty: false });
  const [own, peer]: [number[][], number[][]] = [[], []];
  for (let pair = 0; pair < pairs; pair += 1) {
    for (const isEmpty of pair % 2 === 0 ? [false, true] : [true, false])
      (isEmpty ? peer : own).push(await framesOf(editor, { count, isEmpty }));
  }
  const longest = (frames: readonly number[][]) => median(frames.map((times) => Math.max(...times)));
  const [ours, empty] = [longest(own), longest(peer)];
  const p99 = (frames: readonly number[][]) => share(frames.flat(), 0.99);
  return {
    what: `queue with ${count} jobs scrolled for ${flingSeconds} s, beside an empty list of the same height; median of ${pairs} pairs`,
    bar: `no frame over ${frameBarMs} ms, or the longest within ${mostTimes}x of the empty list's`,
    seen:
      `longest frame ${round(ours, 0)} ms, empty ${round(empty, 0)} ms: ${round(ours / empty)}x; ` +
      `99 % within ${round(p99(own), 0)} ms, empty ${round(p99(peer), 0)} ms`,
    holds: ours <= frameBarMs || ours <= empty * mostTimes,
    numbers: {
      longestMs: round(ours, 1),
      emptyLongestMs: round(empty, 1),
      ratio: round(ours / empty, 3),
      p99Ms: round(p99(own), 1),
      emptyP99Ms: round(p99(peer), 1),
    },
  };
}

async function framesOf(editor: Editor, { count, isEmpty }: { count: number; isEmpty: boolean }): Promise<number[]> {
  const page = await editor.context.newPage();
  try {
    await page.goto(`${editor.host.address}#/queue`);
    await page.waitForFunction(
      (wanted) => document.querySelectorAll('[data-testid="queue-row"]').length >= wanted,
      count,
      { timeout: 180_000 },
    );
    if (isEmpty) await emptyTheList(page);
    await page.waitForTimeout(1500);
    const box = await page.getByRole('main').boundingBox();
    if (!box) throw new Error('there is no queue on the page');
    return await fling(page, { x: box.x + box.width / 2, y: box.y + box.height / 2 }, flingSeconds);
  } finally {
    await page.close();
  }
}

/** The grid keeps its height and its place; its rows are gone, and React is told of nothing. */
async function emptyTheList(page: Page): Promise<void> {
  await page.evaluate(() => {
    const grid = document.querySelector<HTMLElement>('[role="grid"]');
    if (!grid) throw new Error('there is no list of jobs');
    const empty = document.createElement('div');
    empty.style.height = `${grid.getBoundingClientRect().height}px`;
    grid.replaceWith(empty);
  });
}
