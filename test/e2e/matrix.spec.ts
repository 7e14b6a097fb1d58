/** Prepare without ordering, order later: one take, then characters × takes, where only the gaps are ordered again. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { chooseFile, samples } from './support/files.ts';
import { resultsOnDisk } from './support/library.ts';
import { enterSandbox, jobSummary, screenLink } from './support/screens.ts';

const prepare = (page: Page) => page.getByRole('button', { name: 'Prepare', exact: true });

/** RESTAGE_LOOK=DIR keeps pictures of the way, for looking at. */
async function look(page: Page, name: string): Promise<void> {
  const folder = process.env.RESTAGE_LOOK;
  if (folder) await page.screenshot({ path: path.join(folder, `${name}.png`) });
}

/** 6 s, and ten frames less each time. */
async function prepareThreeTakes(page: Page): Promise<void> {
  const done = page.getByText('The take is on the Prepared shelf.');
  for (const isFirst of [true, false, false]) {
    if (!isFirst) await page.getByRole('slider', { name: 'Out point' }).press('Shift+ArrowLeft');
    await expect(prepare(page)).toBeEnabled();
    await prepare(page).click();
    await expect(done).toBeVisible({ timeout: 60_000 });
    await page.getByRole('alert').getByRole('button').click();
    await expect(done).toBeHidden();
  }
}

test('three takes on the shelf are ordered later for two characters, then only the gaps', async ({ restage }) => {
  const { page, libraryDir, profileDir } = restage;
  await enterSandbox(page);
  await prepareThreeTakes(page);
  const other = path.join(profileDir, '..', 'other.jpg');
  // One byte more makes another asset of the same picture.
  writeFileSync(other, Buffer.concat([readFileSync(samples.image), Buffer.of(0)]));
  await chooseFile(page, 'image', other);
  await expect(page.getByRole('img', { name: 'Character: other.jpg' })).toBeVisible();

  await screenLink(page, 'Prepared').click();
  await expect(page.getByTestId('prepared-card')).toHaveCount(3, { timeout: 60_000 });
  for (const box of await page.getByRole('checkbox', { name: 'Select dance.mp4' }).all()) await box.check();
  await look(page, 'prepared');
  await page.getByRole('button', { name: 'Order the selection (3)' }).click();
  const dialog = page.getByRole('dialog', { name: 'Order prepared takes' });
  await expect(dialog.getByTestId('matrix-cell')).toHaveCount(3);
  await dialog.getByRole('checkbox', { name: 'wanderer.jpg', exact: true }).check();
  await expect(dialog.getByTestId('matrix-cell')).toHaveCount(6);
  await expect(dialog.getByTestId('matrix-total')).toContainText('for 6');
  await look(page, 'matrix');

  await dialog.getByRole('checkbox', { name: 'All takes with wanderer.jpg' }).uncheck();
  await expect(dialog.getByTestId('matrix-total')).toContainText('for 3');
  await dialog.getByRole('button', { name: 'Order 3' }).click();
  await expect(dialog.getByTestId('matrix-cell').getByText('Completed')).toHaveCount(3, { timeout: 60_000 });
  await dialog.getByRole('checkbox', { name: 'All takes with wanderer.jpg' }).check();
  await dialog.getByRole('button', { name: 'Order 3' }).click();
  await expect(dialog.getByTestId('matrix-cell').getByText('Completed')).toHaveCount(6, { timeout: 60_000 });
  await look(page, 'matrix-done');
  await expect(dialog.getByRole('button', { name: 'Order', exact: true })).toBeDisabled();
  await page.keyboard.press('Escape');
  await expect(jobSummary(page)).toHaveText('6 completed');
  expect(resultsOnDisk(libraryDir)).toHaveLength(6);

  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Save a copy' }).first().click();
  const saved = await download;
  expect(saved.suggestedFilename()).toBe('dance prepared.mp4');
  expect(
    readFileSync(await saved.path())
      .subarray(4, 8)
      .toString(),
  ).toBe('ftyp');
});
