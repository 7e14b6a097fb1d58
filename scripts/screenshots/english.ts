/** Back to the language in which the journeys find their words. */
import type { Page } from '@playwright/test';

export async function english(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const bridge = Reflect.get(window, 'restage') as { call(command: string, input: object): Promise<unknown> };
    await bridge.call('settings.set', { language: 'en' });
  });
  await page.locator('html[lang="en"]').waitFor();
}
