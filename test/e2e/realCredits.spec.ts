/** What only a paying account shows: the question before credits are spent, another key, a lost answer. A second sandbox stands for EvoLink. */
import type { Page } from '@playwright/test';
import { expect } from './fixtures.ts';
import { ledger, test } from './support/paying.ts';
import { enterSandbox, generateButton, jobSummary, screenLink } from './support/screens.ts';

async function saveKey(page: Page, key: string): Promise<void> {
  await page.getByLabel('EvoLink API key').fill(key);
  await page.getByRole('button', { name: 'Save and check' }).click();
}

async function enterPaying(page: Page, key: string): Promise<void> {
  await enterSandbox(page);
  await screenLink(page, 'Settings').click();
  await saveKey(page, key);
  await expect(page.getByText('EvoLink accepts the key.')).toBeVisible();
  await page.getByRole('radio', { name: /EvoLink/ }).click({ force: true });
  await expect(page.getByRole('radio', { name: /EvoLink/ })).toBeChecked();
}

async function orderConfirmed(page: Page): Promise<void> {
  await screenLink(page, 'Create').click();
  await generateButton(page).click();
  const dialog = page.getByRole('dialog', { name: 'Generate this take?' });
  await expect(dialog).toBeVisible();
  const rights = dialog.getByRole('checkbox');
  if (await rights.isVisible()) await rights.check();
  await dialog.getByRole('button', { name: /^Generate for/ }).click();
  await expect(page.getByText('1 take queued').last()).toBeVisible();
}

test('real credits are asked about; cancelling orders nothing; the right to the likeness is asked once', async ({
  restage: { page },
  evolink,
}) => {
  await enterPaying(page, evolink.key);
  await screenLink(page, 'Create').click();
  await generateButton(page).click();
  const dialog = page.getByRole('dialog', { name: 'Generate this take?' });
  await expect(dialog).toContainText('48.99 credits');
  await expect(dialog).toContainText('cannot be undone');
  await expect(dialog.getByRole('button', { name: /^Generate for/ })).toBeDisabled();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  expect(await ledger(evolink)).toEqual([]);

  await orderConfirmed(page);
  await expect(jobSummary(page)).toHaveText('1 completed', { timeout: 150_000 });
  expect(await ledger(evolink)).toHaveLength(1);
  await generateButton(page).click();
  await expect(dialog.getByRole('button', { name: /^Generate for/ })).toBeEnabled();
  await expect(dialog.getByRole('checkbox')).toBeHidden();
  await page.keyboard.press('Escape');

  // A key that stays down and a double click ask; neither answers.
  await generateButton(page).focus();
  await page.keyboard.down('Enter');
  await expect(dialog.getByRole('button', { name: /^Generate for/ })).toBeFocused();
  for (let repeat = 0; repeat < 5; repeat++) await page.keyboard.down('Enter');
  await page.keyboard.up('Enter');
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await generateButton(page).dblclick();
  await page.waitForTimeout(700);
  await expect(dialog).toBeVisible();
  expect(await ledger(evolink)).toHaveLength(1);
  // On a busy machine the second click meets the dialog's backdrop, and the focus goes with it.
  await dialog.getByRole('button', { name: /^Generate for/ }).press('Enter');
  await expect(page.getByText('1 take queued').last()).toBeVisible();
});

test('another key asks whose account it is, and changes nothing until that is answered', async ({
  restage: { page },
  evolink,
}) => {
  await enterPaying(page, evolink.key);
  const other = 'sk-evo-another-key-0000-9f9f';
  const dialog = page.getByRole('dialog', { name: 'Is this the same EvoLink account?' });
  await saveKey(page, other);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(page.getByText(`Stored key: …${evolink.key.slice(-4)}`)).toBeVisible();

  await saveKey(page, other);
  await dialog.getByRole('button', { name: 'Another account' }).click();
  await expect(page.getByText('Stored key: …9f9f')).toBeVisible();
  await expect(page.getByText('EvoLink does not accept this key.')).toBeVisible();
  await expect(page.getByText('EvoLink does not accept the stored API key.')).toBeVisible();
});

test('a lost answer is a question: the task is found and chosen, and nothing is ordered twice', async ({
  restage: { page },
  evolink,
}) => {
  await enterPaying(page, evolink.key);
  await evolink.admin('POST', 'faults', {
    rules: [{ method: 'POST', path: '/v1/videos/generations', reset: 'after' }],
  });
  await orderConfirmed(page);
  await screenLink(page, 'Queue').click();
  await page.getByRole('button', { name: 'Decide' }).click({ timeout: 150_000 });
  const dialog = page.getByRole('dialog', { name: 'Was this order received?' });
  const decide = dialog.getByRole('button', { name: 'Do this' });
  await expect(decide).toBeDisabled();
  await expect(dialog.getByText(/^task-unified-\S+ · (Running|Completed) · /)).toBeVisible();
  await dialog.getByRole('radio', { name: /It is this task/ }).check();
  await decide.click();
  await expect(dialog).toBeHidden();
  await expect(jobSummary(page)).toHaveText('1 completed', { timeout: 150_000 });
  expect(await ledger(evolink)).toHaveLength(1);
});
