/** A result goes into the edit as a copy made for it: the space is said first, its sound is put back and moved, and the timeline names the copy. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from './fixtures.ts';
import { resultsOnDisk } from './support/library.ts';
import { enterSandbox, generateButton, jobSummary, libraryCard, screenLink } from './support/screens.ts';

const sha256 = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');

test('14, 16: copies for the timeline, with the original sound put back and adjusted; then the same in 1080p; the master stays as it came', async ({
  restage,
}) => {
  const { page, libraryDir } = restage;
  await enterSandbox(page);
  await generateButton(page).click();
  await expect(jobSummary(page)).toHaveText('1 completed', { timeout: 150_000 });
  const [name = ''] = readdirSync(libraryDir).filter((file) => file.endsWith('.mp4'));
  const before = sha256(path.join(libraryDir, name));
  await screenLink(page, 'Library').click();
  await libraryCard(page).first().click();
  await page.getByTestId('selection-bar').getByRole('button', { name: 'Export timeline…' }).click();

  const dialog = page.getByRole('dialog');
  await dialog.getByText('Copies made for it').click();
  await dialog.getByLabel('Codec').selectOption('ProRes 422 LT');
  await dialog.getByLabel('Frame rate').selectOption('25 fps');
  await dialog.getByLabel('Sequence').selectOption('1280 × 720');
  await dialog.getByText('File names in plain ASCII').click();
  await expect(dialog.getByTestId('copy-space')).toContainText(/1 copy to make, about [\d.]+ [kMG]B · .+ free/);
  await dialog.getByRole('button', { name: 'Make 1 copy' }).click();

  const list = dialog.getByRole('list', { name: 'Copies' });
  await expect(list).toContainText('1280 × 720 · 25 fps', { timeout: 120_000 });
  const folder = path.join(libraryDir, 'Conformed');
  const [first = ''] = readdirSync(folder);
  expect(first).toMatch(/^[ -~]+\.mov$/);
  const offset = list.getByLabel('Sound later by');
  await expect(offset).not.toHaveValue('');
  await offset.fill('80');
  await list.getByRole('button', { name: 'Make again' }).click();
  await expect(list).toContainText('Sound moved by 80 ms, as asked', { timeout: 120_000 });
  const second = readdirSync(folder).find((file) => file !== first) ?? '';

  const saving = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Save timeline of 1 copy' }).click();
  const saved = readFileSync(await (await saving).path(), 'utf8');
  expect(saved).toContain(encodeURIComponent(second));
  expect(saved).not.toContain(`Conformed/${encodeURIComponent(first)}`);
  expect(saved).toContain('frameDuration="1/25s"');
  expect(sha256(path.join(libraryDir, name))).toBe(before);

  // What was made once is found, not made again.
  await page.getByTestId('selection-bar').getByRole('button', { name: 'Export timeline…' }).click();
  await dialog.getByText('Copies made for it').click();
  await dialog.getByLabel('Codec').selectOption('ProRes 422 LT');
  await dialog.getByLabel('Frame rate').selectOption('25 fps');
  await dialog.getByLabel('Sequence').selectOption('1280 × 720');
  await dialog.getByText('File names in plain ASCII').click();
  await expect(dialog.getByTestId('copy-space')).toContainText('1 there already');

  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(page.getByTestId('selection-bar'), 'the key closed the dialog alone').toBeVisible();

  // The same once more in 1080p, from the card's own menu, with the price of both said before.
  await libraryCard(page).first().click({ button: 'right' });
  await page.getByTestId('card-menu').getByText('Order again in 1080p…').click();
  await expect(page.getByTestId('promote-price')).toContainText(/in 720p: [\d.]+ test credits → in 1080p: [\d.]+/);
  // The key that closes the dialog closes the dialog alone.
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('promote-price')).toBeHidden();
  await expect(page.getByTestId('selection-bar')).toBeVisible();
  await libraryCard(page).first().click({ button: 'right' });
  await page.getByTestId('card-menu').getByText('Order again in 1080p…').click();
  await page.getByRole('button', { name: /^Order for [\d.]+ test credits/ }).click();
  await expect(jobSummary(page)).toHaveText('2 completed', { timeout: 150_000 });
  const recipes = resultsOnDisk(libraryDir, { besides: 'Conformed' }).map(({ sidecar }) => sidecar.recipe);
  expect(recipes.map((recipe) => (recipe as { quality: string }).quality).sort()).toEqual(['1080p', '720p']);
});
