/** Steps on the page that do not hang on its words: pictures are taken in three languages. */
import type { Page } from '@playwright/test';

export const jobDeadlineMs = 120_000;

/** By the contract itself, as the page does it. */
export async function command(page: Page, name: string, input: object): Promise<void> {
  await page.evaluate(
    async ({ name, input }) => {
      const bridge = Reflect.get(window, 'restage') as { call(command: string, input: object): Promise<unknown> };
      await bridge.call(name, input);
    },
    { name, input },
  );
}

export async function goTo(page: Page, screen: string): Promise<void> {
  await page.evaluate((hash) => {
    window.location.hash = hash;
  }, `/${screen}`);
}

/** Back to the language in which the journeys find their words. */
export async function english(page: Page): Promise<void> {
  await applyLook(page, { language: 'en' });
}

/** By the same command that Settings uses; the page follows by itself. */
export async function applyLook(
  page: Page,
  look: { language?: string; theme?: string; interfaceScalePercent?: number },
): Promise<void> {
  await command(page, 'settings.set', look);
  const language = look.language ? `[lang="${look.language}"]` : '';
  const theme = look.theme ? `[data-mantine-color-scheme="${look.theme}"]` : '';
  const scale = look.interfaceScalePercent ? `[data-scale="${look.interfaceScalePercent}"]` : '';
  await page.locator(`html${language}${theme}${scale}`).waitFor();
}

/** A message that stands in the way of the next picture. */
export async function closeNotice(page: Page): Promise<void> {
  const notice = page.getByRole('alert');
  // It may go by itself at that very moment.
  await notice
    .getByRole('button')
    .click({ timeout: 5000 })
    .catch(() => {});
  await notice.waitFor({ state: 'detached' });
}
