/** The first journey of everybody: an empty profile, the sandbox with its sample, an order, a result that plays; and what a restart keeps. */
import { statSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { expectPlaying, playOpened, resultsOnDisk } from './support/library.ts';
import { enterSandbox, generateButton, jobSummary, libraryCard, screenLink } from './support/screens.ts';

test.describe('of a new user', () => {
  test.use({ profile: 'new' });

  test('from an empty profile to a playing result, by mouse', async ({ restage }) => {
    const { page, libraryDir } = restage;
    await enterSandbox(page);
    await expect(page.getByTestId('price')).toHaveText('48.99 test credits');
    await generateButton(page).click();
    await expect(page.getByText('1 take queued').last()).toBeVisible();

    await screenLink(page, 'Queue').click();
    const row = page.getByTestId('queue-row');
    await expect(row).toHaveAccessibleName('dance.mp4 → wanderer.jpg');
    await expect(row).toHaveAttribute('data-state', 'completed', { timeout: 150_000 });
    await expect(row).toContainText('48.99 test credits charged');
    await expect(jobSummary(page)).toHaveText('1 completed');

    await screenLink(page, 'Library').click();
    await expect(libraryCard(page)).toHaveCount(1);
    await libraryCard(page).hover();
    await expect(libraryCard(page).getByTestId('scrub')).toHaveAttribute('data-there', 'true');
    await libraryCard(page).dblclick();
    const opened = page.getByTestId('library-item');
    await playOpened(page);
    await expect(opened).toContainText('6.00 s, as ordered');

    const [result, ...others] = resultsOnDisk(libraryDir);
    expect(others).toEqual([]);
    expect(statSync(result?.file ?? '').size).toBeGreaterThan(50_000);
  });

  test('from an empty profile to a playing result, by keys alone', async ({ restage }) => {
    const { page } = restage;
    const sandbox = page.getByRole('button', { name: 'Try it in the sandbox' });
    await expect(sandbox).toBeVisible();
    await tabTo(page, sandbox);
    await page.keyboard.press('Enter');
    await expect(page.getByText('Everything fits')).toBeVisible();

    // Trim by a frame at each end, as an editor does: step, mark.
    await page.keyboard.press('Home');
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('i');
    await expect(page.getByTestId('range-timecodes')).toHaveText('00:00:00:10 → 00:00:06:00');
    await expect(page.getByText('Everything fits')).toBeVisible();
    await expect(generateButton(page)).toBeEnabled();
    await page.keyboard.press('ControlOrMeta+Enter');
    await expect(page.getByText('1 take queued').last()).toBeVisible();
    await expect(jobSummary(page)).toHaveText('1 completed', { timeout: 150_000 });

    await page.keyboard.press('ControlOrMeta+4');
    await expect(libraryCard(page)).toHaveCount(1);
    await tabTo(page, libraryCard(page));
    await page.keyboard.press('Space');
    await expectPlaying(libraryCard(page).locator('video'));
    await page.keyboard.press('Enter');
    await playOpened(page);
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('library-item')).toBeHidden();
  });
});

test('a restart keeps history and results, and asks nothing again', async ({ restage }) => {
  await enterSandbox(restage.page);
  await generateButton(restage.page).click();
  await expect(jobSummary(restage.page)).toHaveText('1 completed', { timeout: 150_000 });

  const page = await restage.restart();
  await expect(jobSummary(page)).toHaveText('1 completed');
  await screenLink(page, 'Queue').click();
  await page.getByText('All', { exact: true }).click();
  await expect(page.getByTestId('queue-row')).toHaveAttribute('data-state', 'completed');
  await screenLink(page, 'Library').click();
  await libraryCard(page).dblclick();
  await playOpened(page);
});

test.describe('in the middle of a job', () => {
  test.use({ taskSeconds: 15 });

  test('an app that is killed finishes it after the next start, for one charge', async ({ restage }) => {
    await enterSandbox(restage.page);
    await expect(restage.page.getByText('10,000.00 test credits')).toBeVisible();
    await generateButton(restage.page).click();
    await screenLink(restage.page, 'Queue').click();
    await expect(restage.page.getByTestId('queue-row')).toHaveAttribute('data-state', 'running', { timeout: 150_000 });

    const page = await restage.restart('SIGKILL');
    await expect(jobSummary(page)).toHaveText('1 completed', { timeout: 150_000 });
    await expect(page.getByText('9,951.01 test credits')).toBeVisible();
    expect(resultsOnDisk(restage.libraryDir)).toHaveLength(1);
  });
});

test('the same click twice is one order, a second take is a second one', async ({ restage }) => {
  const { page } = restage;
  await enterSandbox(page);
  await generateButton(page).dblclick();
  await expect(jobSummary(page)).toHaveText('1 completed', { timeout: 150_000 });
  await generateButton(page).click();
  await expect(jobSummary(page)).toHaveText('2 completed', { timeout: 150_000 });
  expect(resultsOnDisk(restage.libraryDir)).toHaveLength(2);
});

/** Presses Tab until the target has the focus: whatever cannot be reached so does not exist for a keyboard. */
async function tabTo(page: Page, target: ReturnType<Page['getByRole']>): Promise<void> {
  for (let press = 0; press < 60; press += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('sixty times Tab did not reach it');
}
