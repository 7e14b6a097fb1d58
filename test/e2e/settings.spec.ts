/** What is set on the Settings screen, as it shows on the others and on disk; and notices that stand in nobody's way. */
import path from 'node:path';
import { expect, test } from './fixtures.ts';
import { resultsOnDisk } from './support/library.ts';
import { enterSandbox, generateButton, jobSummary, screenLink } from './support/screens.ts';

test('results are called by one’s own template', async ({ restage: { page, libraryDir } }) => {
  await enterSandbox(page);
  await screenLink(page, 'Settings').click();
  const section = page.getByRole('region', { name: 'Result names' });
  const template = section.getByRole('textbox', { name: 'Template' });
  await expect(template).toHaveValue('{character} on {clip} {date}');
  await template.fill('{clip}/');
  await expect(section.getByText(/do not allow this in file names/)).toBeVisible();
  await expect(section.getByRole('button', { name: 'Use template' })).toBeDisabled();
  await template.fill('{clip}_');
  await section.getByRole('button', { name: 'Take' }).click();
  await expect(section.getByTestId('naming-example')).toHaveText('For example: dance 03_01.mp4');
  await section.getByRole('button', { name: 'Use template' }).click();
  await expect(page.getByText('New results are named by this template.')).toBeVisible();

  await screenLink(page, 'Create').click();
  await generateButton(page).click();
  await expect(jobSummary(page)).toHaveText('1 completed', { timeout: 150_000 });
  expect(resultsOnDisk(libraryDir).map(({ file }) => path.basename(file))).toEqual(['dance_01.mp4']);
});

test('estimates follow one’s own prices until they are taken back', async ({ restage: { page } }) => {
  await enterSandbox(page);
  await expect(page.getByTestId('price')).toHaveText('48.99 test credits');
  await screenLink(page, 'Settings').click();
  const section = page.getByRole('region', { name: 'Prices' });
  await section.getByRole('textbox', { name: '720p, per second' }).fill('9');
  await section.getByRole('button', { name: 'Use these prices' }).click();
  await expect(section.getByText(/Your own prices since/)).toBeVisible();
  await screenLink(page, 'Create').click();
  await expect(page.getByTestId('price')).toHaveText('54.00 test credits');
  await expect(page.getByText(/Your own prices since/)).toBeVisible();

  await screenLink(page, 'Settings').click();
  await section.getByRole('button', { name: 'Use published prices' }).click();
  await screenLink(page, 'Create').click();
  await expect(page.getByTestId('price')).toHaveText('48.99 test credits');
  await expect(page.getByText(/Your own prices since/)).toBeHidden();
});

test.describe('at the smallest size', () => {
  test.use({ viewport: { width: 1024, height: 700 } });

  test('a notice covers nothing that is pressed next, and leads to no screen where one is', async ({
    restage: { page },
  }) => {
    await enterSandbox(page);
    await generateButton(page).click();
    const notice = page.getByText('1 take queued');
    await expect(notice.getByRole('link', { name: 'Open queue' })).toBeVisible();
    // Under the pointer it stays.
    await notice.hover();
    await page.keyboard.press('ControlOrMeta+3');
    await expect(page.getByTestId('queue-row')).toBeVisible();
    await expect(notice.getByRole('link')).toBeHidden();
    await page.getByText('Active', { exact: true }).click();
    await page.getByText('All', { exact: true }).click();
    await expect(notice).toBeVisible();
  });
});
