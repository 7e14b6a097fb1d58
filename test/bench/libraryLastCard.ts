/** Whether the last of all results can be reached where they lie in one column, higher than a browser draws: by End, by the scrollbar, by a search. */
import type { Page } from '@playwright/test';
import type { Editor } from './editorPage.ts';
import { openLibrary, type RowContext } from './libraryScreenRows.ts';
import type { Row } from './measure.ts';

/** So narrow that one large card fits beside another no more. */
const narrow = { width: 560, height: 700 };

/** Whether the card is drawn inside of what is seen of the list. */
const isSeen = (page: Page, index: number) =>
  page.waitForFunction((index) => {
    const view = document.querySelector('[data-testid="library-scroll"]')?.getBoundingClientRect();
    const card = document.querySelector(`[data-testid="library-card"][data-card="${index}"]`)?.getBoundingClientRect();
    return view && card && card.height > 100 && card.top >= view.top - 1 && card.bottom <= view.bottom + 1;
  }, index);

export async function lastCardRow(editor: Editor, { count }: RowContext): Promise<Row> {
  const page = await openLibrary(editor);
  await page.setViewportSize(narrow);
  await page.evaluate(() => {
    localStorage.setItem('restage.library.view', JSON.stringify({ size: 'large', isPanelOpen: false }));
  });
  await page.reload();
  await page.evaluate(() => {
    window.location.hash = '/library';
  });
  await page.getByTestId('library-card').first().waitFor();
  await page
    .getByText(/results$/)
    .first()
    .waitFor();
  const heightPx = await page.getByTestId('library-scroll').evaluate((list) => list.scrollHeight);

  await page.keyboard.press('End');
  await isSeen(page, count - 1);
  const name = await page.locator(`[data-card="${count - 1}"]`).getAttribute('data-id');
  await page.keyboard.press('Home');
  await isSeen(page, 0);
  await page.getByTestId('library-scroll').evaluate((list) => {
    list.scrollTop = list.scrollHeight;
  });
  await isSeen(page, count - 1);
  const title = await page
    .locator(`[data-card="${count - 1}"] [title]`)
    .last()
    .getAttribute('title');
  await page.getByRole('searchbox', { name: 'Search' }).fill(`"${title ?? ''}"`);
  const found = page.locator(`[data-testid="library-card"][data-id="${name ?? ''}"]`);
  await found.waitFor();
  await page.close();
  return {
    what: `${count} results in one column, ${heightPx} px high as the browser has it`,
    bar: 'the last card is reached by End, by the scrollbar and by a search',
    seen: 'reached by all three',
    holds: true,
    numbers: { canvasPx: heightPx },
  };
}
