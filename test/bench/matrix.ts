/** Ten characters × ten clips beside two × two: from a tick to the frame that shows it, and what scrolling costs. */
import { readFileSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { Page } from '@playwright/test';
import { samples } from '../e2e/support/files.ts';
import type { Editor } from './editorPage.ts';
import { median, type Row, round } from './measure.ts';

const [large, small] = [10, 2];
const ticks = 30;
const mostTimes = 2;
const mostTaskMs = 50;

interface Seen {
  tickMs: number[];
  longTasksMs: number[];
}

export async function matrixRow(editor: Editor, folder: string): Promise<Row> {
  // The first one compiles what later ones find.
  await work(editor, folder, small);
  const [few, many]: [Seen[], Seen[]] = [[], []];
  for (let pair = 0; pair < 2; pair += 1) {
    few.push(await work(editor, folder, small));
    many.push(await work(editor, folder, large));
  }
  const tick = (seen: readonly Seen[]) => median(seen.flatMap(({ tickMs }) => tickMs));
  const ratio = tick(many) / tick(few);
  const longest = Math.max(0, ...many.flatMap(({ longTasksMs }) => longTasksMs));
  return {
    what: `matrix of ${large} × ${large} beside ${small} × ${small}: a tick until the frame that shows it; scrolling`,
    bar: `a tick within ${mostTimes}x; no task over ${mostTaskMs} ms while scrolling`,
    seen:
      `tick ${round(tick(many), 0)} ms, ${small} × ${small} ${round(tick(few), 0)} ms: ${round(ratio)}x; ` +
      `longest task while scrolling ${longest === 0 ? `under ${mostTaskMs}` : round(longest, 0)} ms`,
    holds: ratio <= mostTimes && longest === 0,
    numbers: { tickMs: round(tick(many), 1), smallTickMs: round(tick(few), 1), ratio: round(ratio, 3), longest },
  };
}

async function work(editor: Editor, folder: string, count: number): Promise<Seen> {
  const page = await editor.context.newPage();
  try {
    await page.goto(editor.host.address);
    await page.getByTestId('price').waitFor();
    await page.getByTestId('intake-video').setInputFiles(makeFiles(folder, count));
    const cells = page.getByTestId('matrix-cell');
    await page.waitForFunction(
      (wanted) => document.querySelectorAll('[data-testid="matrix-cell"] input').length === wanted,
      count * count,
      { timeout: 180_000 },
    );
    await cells.first().waitFor();
    await page.waitForTimeout(1500);
    const tickMs = await page.evaluate(tickOneByOne, ticks);
    const longTasksMs = await scroll(page);
    // It would be there in the next page, too.
    await page.getByRole('button', { name: 'Empty matrix' }).click();
    await page.waitForTimeout(1000);
    return { tickMs, longTasksMs };
  } finally {
    await page.close();
  }
}

/** In the page: a click, then the frame after it, then the moment when that frame has been handed over. */
async function tickOneByOne(count: number): Promise<number[]> {
  const boxes = [...document.querySelectorAll<HTMLInputElement>('[data-testid="matrix-cell"] input')];
  const times: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const startedMs = performance.now();
    boxes[(index * 7) % boxes.length]?.click();
    await new Promise<void>((resolve) =>
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve();
        port2.postMessage(null);
      }),
    );
    times.push(performance.now() - startedMs);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return times;
}

async function scroll(page: Page): Promise<number[]> {
  await page.evaluate(() => {
    const seen: number[] = [];
    Object.assign(window, { benchLongTasks: seen });
    new PerformanceObserver((list) => seen.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: 'longtask',
    });
  });
  const box = await page.getByTestId('matrix-cell').first().boundingBox();
  if (!box) throw new Error('there is no matrix on the page');
  await page.mouse.move(box.x + 20, box.y + 20);
  for (let turn = 0; turn < 60; turn += 1) {
    const direction = turn % 40 < 20 ? 1 : -1;
    await page.mouse.wheel(turn % 2 === 0 ? 60 * direction : 0, turn % 2 === 0 ? 0 : 40 * direction);
    await page.waitForTimeout(16);
  }
  await page.waitForTimeout(300);
  return page.evaluate(() => Reflect.get(window, 'benchLongTasks') as number[]);
}

/** A few bytes more make another asset of the same picture. */
function makeFiles(folder: string, count: number): string[] {
  const copy = (source: string, name: string, more: Buffer) => {
    const file = join(folder, `${name}${extname(source)}`);
    writeFileSync(file, Buffer.concat([readFileSync(source), more]));
    return file;
  };
  const free = (bytes: number) =>
    Buffer.concat([Buffer.from([0, 0, 0, 8 + bytes]), Buffer.from('free'), Buffer.alloc(bytes)]);
  return Array.from({ length: count }, (_, index) => [
    copy(samples.video, `clip-${index + 1}`, free(index + 1)),
    copy(samples.image, `character-${index + 1}`, Buffer.alloc(index + 1)),
  ]).flat();
}
