/** Keys typed into the palette over thousands of things: from each key to the frame that shows what it finds. */
import type { Page } from '@playwright/test';
import type { Editor } from './editorPage.ts';
import { share } from './fling.ts';
import { median, type Row, round } from './measure.ts';

const barMs = 50;
/** A command, a word of every result, of some, of none; a setting; Latin, Japanese, Korean. */
const typed = ['generate', 'dance', 'rain', 'zzzz', 'prices', '踊る', '춤'];

export async function paletteRow(editor: Editor, objects: number): Promise<Row> {
  const page = await editor.context.newPage();
  try {
    await page.goto(editor.host.address);
    await page.getByTestId('price').waitFor();
    const times: number[] = [];
    // The first opening fetches the palette; its keys compile what later ones find.
    await keysOf(page, 'warm');
    for (const text of typed) times.push(...(await keysOf(page, text)));
    const p95Ms = share(times, 0.95);
    return {
      what: `palette over ${objects} objects: from a key to the frame that shows what it finds; ${times.length} keys of ${typed.join(' · ')}`,
      bar: `95 % within ${barMs} ms`,
      seen: `95 % within ${round(p95Ms, 0)} ms, median ${round(median(times), 0)} ms, longest ${round(Math.max(...times), 0)} ms`,
      holds: p95Ms <= barMs,
      numbers: {
        p95Ms: round(p95Ms, 1),
        medianMs: round(median(times), 1),
        longestMs: round(Math.max(...times), 1),
      },
    };
  } finally {
    await page.close();
  }
}

async function keysOf(page: Page, text: string): Promise<number[]> {
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('dialog').getByRole('combobox').waitFor();
  await page.waitForFunction(() => document.querySelector<HTMLElement>('[role="listbox"]')?.dataset.shown === '');
  const times: number[] = [];
  for (let end = 1; end <= text.length; end += 1) {
    // Listened for before the key is sent: they go different ways to the page.
    await page.evaluate(listen, text.slice(0, end));
    await page.keyboard.insertText(text.slice(end - 1, end));
    times.push(await page.evaluate(() => Reflect.get(window, 'benchShown') as Promise<number>));
  }
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  return times;
}

/** In the page: `benchShown` becomes the time from the next input to the frame after the one that has the answers to it. */
function listen(wanted: string): void {
  const deadlineMs = 30_000;
  const shown = new Promise<number>((resolve, reject) => {
    const field = document.querySelector('[role="dialog"] [role="combobox"]');
    setTimeout(() => reject(new Error(`the palette never showed what it finds for ${wanted}`)), deadlineMs);
    field?.addEventListener(
      'input',
      () => {
        const startedMs = performance.now();
        const look = () => {
          if (document.querySelector<HTMLElement>('[role="listbox"]')?.dataset.shown !== wanted)
            requestAnimationFrame(look);
          else requestAnimationFrame(() => resolve(performance.now() - startedMs));
        };
        look();
      },
      { once: true },
    );
  });
  // Asked for later; what is refused until then is not lost.
  shown.catch(() => undefined);
  Object.assign(window, { benchShown: shown });
}
