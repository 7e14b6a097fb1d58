/** Without a network and a key: prepared, ordered all the same, asked about once when the line is back, and fetched. */
import type { Page } from '@playwright/test';
import { expect } from './fixtures.ts';
import { expectPlaying, resultsOnDisk } from './support/library.ts';
import { ledger, test } from './support/paying.ts';
import { enterSandbox, generateButton, jobSummary, screenLink } from './support/screens.ts';

async function chooseEvolink(page: Page): Promise<void> {
  await screenLink(page, 'Settings').click();
  await page.getByRole('radio', { name: /EvoLink/ }).click({ force: true });
  await expect(page.getByText('EvoLink is chosen, but no API key is stored.')).toBeVisible();
}

test('takes are prepared offline and ordered later, for one yes', async ({ restage, evolink }) => {
  const { page, libraryDir } = restage;
  await evolink.kill();
  await enterSandbox(page);
  await chooseEvolink(page);

  // No key, no line: what would be sent is made, kept and played.
  await screenLink(page, 'Create').click();
  await page.getByRole('button', { name: 'Prepare', exact: true }).click();
  await page.getByRole('link', { name: 'Show' }).click();
  const card = page.getByTestId('prepared-card');
  await expect(card).toContainText('6.00 s');
  await card.locator('video').evaluate((video: HTMLVideoElement) => {
    video.muted = true;
    return video.play();
  });
  await expectPlaying(card.locator('video'));

  await screenLink(page, 'Settings').click();
  await page.getByLabel('EvoLink API key').fill(evolink.key);
  await page.getByRole('button', { name: 'Save and check' }).click();
  await expect(page.getByText('The key is stored, but EvoLink cannot be reached to check it.')).toBeVisible();
  await expect(page.getByText('No connection to EvoLink.')).toBeVisible();

  // One from the shelf, one from the form.
  await screenLink(page, 'Prepared').click();
  await card.getByRole('button', { name: 'Generate…', exact: true }).click();
  const matrix = page.getByRole('main', { name: 'Matrix' });
  await matrix.getByRole('button', { name: 'Add characters' }).click();
  await page.getByRole('checkbox', { name: /right/ }).check();
  await page.keyboard.press('Escape');
  await matrix.getByRole('button', { name: 'Generate 1' }).click();
  await screenLink(page, 'Create').click();
  await page.getByLabel('Prompt', { exact: true }).fill('at night');
  await generateButton(page).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Generate for/ })
    .click();
  await screenLink(page, 'Queue').click();
  await expect(page.getByTestId('queue-row').filter({ hasText: 'Waiting: no network' })).toHaveCount(2);
  await expect(jobSummary(page)).toHaveText('2 waiting');

  await evolink.launcher.ensure();
  const question = page.getByRole('dialog', { name: 'Queued while the balance was unknown' });
  // The app looks by itself, too: where it was first, the question covers the button.
  await expect(async () => {
    if (!(await question.isVisible()))
      await page.getByRole('button', { name: 'Refresh balance' }).click({ timeout: 2_000 });
    await expect(question).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 60_000 });
  await expect(question).toContainText('2 waiting for your confirmation.');
  await expect(question).toContainText('Together: 97.98 credits');
  await expect(page.getByText('No connection to EvoLink.')).toBeHidden();
  expect(await ledger(evolink)).toEqual([]);
  await question.getByRole('button', { name: 'Generate all' }).click();
  await expect(jobSummary(page)).toHaveText('2 completed', { timeout: 150_000 });
  expect(await ledger(evolink)).toHaveLength(2);
  expect(resultsOnDisk(libraryDir)).toHaveLength(2);
});
