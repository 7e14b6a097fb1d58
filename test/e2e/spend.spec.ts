/** The Spend screen after an order: the sandbox's credits by themselves, never among real ones, and a file that spreadsheets read. */
import { readFileSync } from 'node:fs';
import { expect, test } from './fixtures.ts';
import { enterSandbox, generateButton, jobSummary, screenLink } from './support/screens.ts';

test('an order shows by day and by project, and leaves as CSV', async ({ restage: { page } }) => {
  await enterSandbox(page);
  await page.getByText('Advanced', { exact: true }).click();
  await page.getByLabel('Project').fill('=Film "A"');
  await generateButton(page).click();
  await expect(jobSummary(page)).toHaveText('1 completed', { timeout: 150_000 });

  await screenLink(page, 'Usage').click();
  await expect(page.getByText('Test credits: nothing is paid')).toBeVisible();
  const charged = page.getByTestId('spend-totals').locator('[data-state="charged"] [data-credits]');
  await expect(charged).not.toHaveAttribute('data-credits', '0');
  const credits = (await charged.getAttribute('data-credits')) ?? '';
  await expect(page.getByRole('img', { name: /Bar chart of credits/ })).toBeVisible();
  await page.getByText('Project', { exact: true }).click();
  await expect(page.getByTestId('spend-row')).toHaveCount(1);
  await expect(page.getByTestId('spend-row')).toContainText('=Film "A"');

  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export CSV' }).click();
  const download = await saving;
  expect(download.suggestedFilename()).toMatch(/^restage-spend-sandbox-\d{4}-\d\d-\d\d\.csv$/);
  const [head, row, end] = readFileSync(await download.path(), 'utf8').split('\r\n');
  expect(head?.startsWith('\uFEFFdate,')).toBe(true);
  expect(row).toContain(`charged,${credits},no,sandbox,motion,"'=Film ""A""",wanderer.jpg,dance.mp4,`);
  expect(end).toBe('');

  await page.getByText('EvoLink', { exact: true }).click();
  await expect(page.getByText('No real credits used yet')).toBeVisible();
});
