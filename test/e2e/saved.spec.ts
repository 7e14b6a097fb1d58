/** Recipes and snippets that are kept: used again after a reload, undone in one step, forgotten. */
import { expect, test } from './fixtures.ts';
import { enterSandbox, generateButton } from './support/screens.ts';

test('a recipe and a snippet outlive the page', async ({ restage: { page } }) => {
  await enterSandbox(page);
  const prompt = page.getByLabel('Prompt', { exact: true });
  await prompt.fill('at night, in the rain');
  await page.getByText('1080p', { exact: true }).click();
  await page.getByRole('button', { name: 'Presets' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Night');
  await page.getByRole('button', { name: 'Save recipe' }).click();
  await expect(page.getByRole('button', { name: 'Night', exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Presets' })).toBeFocused();

  // What is selected is kept: the last two words.
  await prompt.evaluate((field: HTMLTextAreaElement) => field.setSelectionRange(13, 21));
  await page.getByRole('button', { name: 'Snippets' }).click();
  await page.getByRole('button', { name: 'Save selection as snippet' }).click();
  await expect(page.getByRole('button', { name: 'the rain', exact: true })).toBeVisible();
  await page.keyboard.press('Escape');

  await page.reload();
  await expect(generateButton(page)).toBeEnabled();
  await prompt.fill('dancing');
  await page.getByText('720p', { exact: true }).click();
  await page.getByRole('button', { name: 'Snippets' }).click();
  await page.getByRole('button', { name: 'the rain', exact: true }).click();
  await expect(prompt).toHaveValue('dancing the rain');

  await page.getByRole('button', { name: 'Presets' }).click();
  await page.getByRole('button', { name: 'Night', exact: true }).click();
  await expect(prompt).toHaveValue('at night, in the rain');
  await expect(page.getByRole('radio', { name: '1080p' })).toBeChecked();
  await page.getByRole('button', { name: 'Presets' }).focus();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(prompt).toHaveValue('dancing the rain');
  await expect(page.getByRole('radio', { name: '720p' })).toBeChecked();

  await page.getByRole('button', { name: 'Presets' }).click();
  await page.getByRole('button', { name: 'Delete: Night' }).click();
  await expect(page.getByText(/Save facing, quality, prompt and the rest under a name/)).toBeVisible();
});
