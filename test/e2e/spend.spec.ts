/** The Spend screen after an order: the sandbox's credits by themselves, never among real ones, and a file that spreadsheets read. */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { enterSandbox, generateButton, jobSummary, screenLink } from './support/screens.ts';

test('an order shows by day and by project, and leaves as CSV', async ({ restage: { page } }) => {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
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
  const chart = page.getByRole('application', { name: /^Bar chart of credits/ });
  await chart.focus();
  // Keys begin at the oldest day of the month that is shown; today is the last.
  for (let day = 1; day < 30; day += 1) await page.keyboard.press('ArrowRight');
  await expect(page.getByTestId('spend-tip')).toContainText('Charged (test)');
  await page.getByText('Project', { exact: true }).click();
  await expect(page.getByTestId('spend-row')).toHaveCount(1);
  await expect(page.getByTestId('spend-row')).toContainText('=Film "A"');

  const jobs = await save(page, 'All jobs');
  expect(jobs.name).toMatch(/^restage-spend-sandbox-\d{4}-\d\d-\d\d\.csv$/);
  const [head, row, end] = jobs.lines;
  expect(head?.startsWith('\uFEFFdate,')).toBe(true);
  expect(row).toContain(`charged,${credits},no,sandbox,motion,"'=Film ""A""",wanderer.jpg,dance.mp4,`);
  expect(end).toBe('');

  await page.getByText('EvoLink', { exact: true }).click();
  await expect(page.getByText('No real credits used yet')).toBeVisible();
  expect(complaints).toEqual([]);
});

test('D20: tags are those of the library, also when the result is thrown away, and every sum stays the ledger’s', async ({
  restage: { page },
}) => {
  await enterSandbox(page);
  await generateButton(page).click();
  await expect(jobSummary(page)).toHaveText('1 completed', { timeout: 150_000 });
  await screenLink(page, 'Usage').click();
  const kept = page.getByTestId('spend-total').locator('[data-column="kept"]');
  await expect(kept).toHaveText('1');
  const charged = page.getByTestId('spend-total').locator('[data-column="charged"]');
  const credits = (await charged.getAttribute('title')) ?? '';

  const id = await tagFirstResult(page, ['Final', 'Client']);
  await page.getByText('Tag', { exact: true }).click();
  await expect(page.getByTestId('spend-row')).toHaveText([/^Client/, /^Final/]);
  await expect(page.getByTestId('spend-overlap').locator('[data-column="charged"]')).toHaveAttribute(
    'title',
    `-${credits}`,
  );
  await expect(charged).toHaveAttribute('title', credits);
  const { name, lines } = await save(page, 'Sums as shown');
  expect(name).toMatch(/^restage-spend-sandbox-tag-/);
  expect(lines.map((line) => line.split(',').slice(1, 5).join(' ')).slice(1, 5)).toEqual([
    'test_credits group tag Client',
    'test_credits group tag Final',
    'test_credits overlap tag ',
    'test_credits total tag ',
  ]);

  await page.evaluate((thrown) => window.restage.call('library.trash', { ids: [thrown] }), id);
  await expect(kept).toHaveText('–');
  await expect(page.getByTestId('spend-row')).toHaveText([/^Client/, /^Final/]);
  await expect(charged).toHaveAttribute('title', credits);
});

/** What a person reaches by the library's own screen; answers the result's id. */
async function tagFirstResult(page: Page, tags: string[]): Promise<string> {
  return page.evaluate(async (wanted) => {
    const list = await window.restage.call('spend.list', {});
    const job = list.ok ? await window.restage.call('jobs.get', { id: list.value.entries[0]?.jobId ?? '' }) : list;
    const id = job.ok ? job.value.resultItemId : null;
    if (!id) throw new Error('no result');
    const tagged = await window.restage.call('library.update', { id, tags: wanted });
    if (!tagged.ok) throw new Error(tagged.error.code);
    return id;
  }, tags);
}

async function save(page: Page, item: string): Promise<{ name: string; lines: string[] }> {
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export CSV' }).click();
  await page.getByRole('menuitem', { name: item }).click();
  const download = await saving;
  return {
    name: download.suggestedFilename(),
    lines: readFileSync(await download.path(), 'utf8').split('\r\n'),
  };
}
