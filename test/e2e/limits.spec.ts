/** A limit of one's own: added in Settings with a date and a note, judged by on the Create screen, and removed again. */
import { expect, test } from './fixtures.ts';
import { enterSandbox, generateButton, screenLink } from './support/screens.ts';

test('holds in the checks until it is removed', async ({ restage: { page } }) => {
  await enterSandbox(page);
  await screenLink(page, 'Settings').click();
  const section = page.getByRole('region', { name: 'API limits' });
  await section.getByLabel('For').selectOption('Clip, facing like the video');
  await section.getByLabel('Limit', { exact: true }).selectOption('Maximum length');
  await section.getByLabel('New value (s)').fill('1');
  await section.getByRole('button', { name: 'Add limit' }).click();
  await expect(section.getByText(/Not a possible limit/)).toBeVisible();
  await section.getByLabel('New value (s)').fill('4');
  await section.getByLabel('Note').fill('told by support');
  await section.getByRole('button', { name: 'Add limit' }).click();
  await expect(page.getByTestId('limit-override')).toContainText('Maximum length: 4 s');

  await screenLink(page, 'Create').click();
  // The sample is six seconds long.
  const check = page.locator('[data-testid="check"][data-rule="clip.durationMax"]');
  await expect(check).toContainText('4 s instead of 30 s');
  await expect(check).toContainText('told by support');
  await expect(generateButton(page)).toBeDisabled();
  await check.getByRole('button', { name: 'Trim to 4 s' }).click();
  await expect(generateButton(page)).toBeEnabled();

  await screenLink(page, 'Settings').click();
  await page.getByRole('button', { name: 'Remove: Maximum length' }).click();
  await expect(page.getByTestId('limit-override')).toBeHidden();
  await screenLink(page, 'Create').click();
  await expect(page.getByTestId('checks-headline')).toBeVisible();
  await expect(page.getByText(/instead of 30 s/)).toBeHidden();
});
