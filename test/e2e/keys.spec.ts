/** Shortcuts of one's own: chosen in Settings, used on the next screen, printed wherever keys are printed, given back by a reset. */
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { enterSandbox, screenLink } from './support/screens.ts';

const timecode = (page: Page) => page.getByTestId('timecode');
const row = (page: Page, id: string) => page.getByTestId(`key-${id}`);

test('another key for a command: recorded, refused, taken over, used, and reset', async ({ restage: { page } }) => {
  await enterSandbox(page);
  await screenLink(page, 'Settings').click();
  const search = page.getByRole('textbox', { name: 'Search commands and keys' });
  await search.fill('end of');
  await expect(page.getByTestId(/^key-/)).toHaveCount(1);

  await page.getByRole('button', { name: 'Change key: End of the clip' }).click();
  await page.keyboard.press('ControlOrMeta+c');
  await expect(row(page, 'toEnd')).toContainText('is reserved by the system');
  await page.keyboard.press('Escape');
  await expect(row(page, 'toEnd')).toContainText('End');

  // K means Stop: the question says so, and Enter takes it over.
  await page.keyboard.press('Enter');
  await page.keyboard.press('k');
  await expect(row(page, 'toEnd')).toContainText('K is used by “Stop”.');
  await page.keyboard.press('Enter');
  await expect(row(page, 'toEnd').locator('kbd')).toHaveText('K');
  await search.fill('stop');
  await expect(row(page, 'stop')).toContainText('No key');

  await screenLink(page, 'Create').click();
  await expect(timecode(page)).toHaveText('00:00:00:00');
  // A prompt takes its letters.
  await page.getByLabel('Prompt').fill('');
  await page.getByLabel('Prompt').press('k');
  await expect(page.getByLabel('Prompt')).toHaveValue('k');
  await expect(timecode(page)).toHaveText('00:00:00:00');
  await page.getByLabel('Prompt').blur();
  await page.keyboard.press('k');
  await expect(timecode(page)).not.toHaveText('00:00:00:00');

  await page.keyboard.press('Shift+?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(sheet.locator('dt', { hasText: 'End of the clip' }).locator('xpath=..').locator('kbd')).toHaveText('K');
  await page.keyboard.press('Escape');

  await page.reload();
  await expect(timecode(page)).toBeVisible();
  await screenLink(page, 'Settings').click();
  await page.getByRole('button', { name: 'Reset key: End of the clip' }).click();
  await expect(row(page, 'stop').locator('kbd')).toHaveText('K');
  await expect(row(page, 'toEnd').locator('kbd')).toHaveText('End');
});

test('the keys of another program', { tag: '@long' }, async ({ restage: { page } }) => {
  await enterSandbox(page);
  const start = async () => {
    await page.keyboard.press('Home');
    await expect(timecode(page)).toHaveText('00:00:00:00');
  };
  await start();
  await page.keyboard.press('Shift+ArrowRight');
  await expect(timecode(page)).toHaveText('00:00:00:10');

  await screenLink(page, 'Settings').click();
  await page.getByLabel('Key set').selectOption('Premiere Pro');
  await screenLink(page, 'Create').click();
  await start();
  await page.keyboard.press('Shift+ArrowRight');
  await expect(timecode(page)).toHaveText('00:00:00:05');

  await screenLink(page, 'Settings').click();
  await page.getByLabel('Key set').selectOption('DaVinci Resolve');
  await screenLink(page, 'Create').click();
  await start();
  await page.keyboard.press('Shift+ArrowRight');
  await expect(timecode(page)).toHaveText('00:00:01:00');
});
