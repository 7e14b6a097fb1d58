/** A custom element from its clip to an order that uses it. */
import { expect, test } from './fixtures.ts';
import { samples } from './support/files.ts';
import { enterSandbox, generateButton, jobSummary, screenLink } from './support/screens.ts';

test('is created from a clip and used in an order, which then faces as in the video', async ({ restage: { page } }) => {
  await enterSandbox(page);
  await page.getByRole('radio', { name: 'Like the image' }).check({ force: true });
  await screenLink(page, 'Elements').click();
  const submit = page.getByRole('button', { name: 'Create element' });
  await expect(submit).toBeDisabled();
  await page.getByTestId('intake-element').setInputFiles(samples.video);
  await page.getByRole('textbox', { name: 'Name' }).fill('Mina');
  await page.getByRole('textbox', { name: 'Description' }).fill('Short dark hair, green coat');
  await submit.click();
  await expect(page.getByText('Element queued')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue('');
  await expect(page.getByTestId('element-card')).toContainText('Mina', { timeout: 150_000 });

  await page.getByTestId('element-card').getByRole('button', { name: 'Use in Create' }).click();
  await expect(page.getByLabel('Custom element')).toContainText('Mina');
  await expect(page.getByRole('radio', { name: 'Like the video' })).toBeChecked();
  await expect(page.getByRole('radio', { name: 'Like the image' })).toBeDisabled();
  await generateButton(page).click();
  await expect(jobSummary(page)).toHaveText('2 completed', { timeout: 150_000 });
});

test('takes a name of 20 characters and not one more', async ({ restage: { page } }) => {
  await enterSandbox(page);
  await screenLink(page, 'Elements').click();
  await page.getByTestId('intake-element').setInputFiles(samples.video);
  await page.getByRole('textbox', { name: 'Description' }).fill('Short dark hair');
  const name = page.getByRole('textbox', { name: 'Name' });
  await name.fill('あ'.repeat(20));
  await expect(page.getByRole('button', { name: 'Create element' })).toBeEnabled();
  await name.fill('あ'.repeat(21));
  await expect(page.getByRole('button', { name: 'Create element' })).toBeDisabled();
  await expect(page.getByText('21 / 20')).toBeVisible();
});
