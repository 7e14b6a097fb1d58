/** Steering jobs: cancelling before anything is sent, hiding after, preparing without an order. */
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { resultsOnDisk } from './support/library.ts';
import { scriptFaults } from './support/sandbox.ts';
import { enterSandbox, generateButton, jobSummary, screenLink } from './support/screens.ts';

async function act(page: Page, name: string): Promise<void> {
  await page.getByTestId('queue-row').getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: new RegExp(`^${name}`) }).click();
}

test.describe('while the take renders', () => {
  test.use({ taskSeconds: 8 });

  test('a job that was sent is hidden, not stopped: its result is still fetched', async ({ restage }) => {
    const { page, libraryDir } = restage;
    await enterSandbox(page);
    await generateButton(page).click();
    await screenLink(page, 'Queue').click();
    const row = page.getByTestId('queue-row');
    await expect(row).toHaveAttribute('data-state', 'running', { timeout: 150_000 });
    await act(page, 'Hide');
    await expect(row).toHaveCount(0);
    await expect(jobSummary(page)).toHaveText('1 completed', { timeout: 150_000 });
    expect(resultsOnDisk(libraryDir)).toHaveLength(1);
  });
});

test.describe('while the upload takes its time', () => {
  test.use({ moreEnv: { RESTAGE_SANDBOX_FAULTS: '1' } });

  test('a paused job waits, and a cancelled one has sent and charged nothing', async ({ restage }) => {
    const { page, profileDir } = restage;
    await enterSandbox(page);
    await scriptFaults(profileDir, [{ method: 'POST', path: '/api/v1/files/upload', latencyMs: 20_000 }]);
    await generateButton(page).click();
    await screenLink(page, 'Queue').click();
    const row = page.getByTestId('queue-row');
    await act(page, 'Pause');
    await expect(row).toContainText('Paused');
    await act(page, 'Cancel');
    await page.getByText('All', { exact: true }).click();
    await expect(row).toHaveAttribute('data-state', 'cancelled');
    await expect(row).toContainText('Nothing charged');
  });
});

test.describe('while the queue is paused', () => {
  test('takes wait in an order that a person makes with the keyboard, over a reload, and go on in it', async ({
    restage,
  }) => {
    const { page } = restage;
    await enterSandbox(page);
    await generateButton(page).click();
    await screenLink(page, 'Queue').click();
    await expect(page.getByTestId('queue-row')).toHaveCount(1);
    await page.keyboard.press('Shift+P');
    await expect(page.getByText(/^Queue paused\. /)).toBeVisible();
    for (const prompt of ['one', 'two']) {
      await screenLink(page, 'Create').click();
      await page.getByLabel('Prompt').fill(prompt);
      await generateButton(page).click();
      await expect(page.getByText('1 take queued').last()).toBeVisible();
    }
    await screenLink(page, 'Queue').click();
    const last = page.getByTestId('queue-row').filter({ hasText: 'No. 2' });
    const id = (await last.getAttribute('data-job-id')) ?? '';
    const moved = page.locator(`[data-job-id="${id}"]`);
    await moved.focus();
    await page.keyboard.press('Alt+ArrowUp');
    await expect(moved).toContainText('No. 1');
    // The focus went along: the same key would move it further.
    await expect(moved).toBeFocused();
    await page.reload();
    await expect(moved).toContainText('No. 1');
    await expect(moved).toContainText('Waiting: the queue is paused');
    await page.getByRole('button', { name: 'Resume queue' }).click();
    await expect(jobSummary(page)).toHaveText('3 completed', { timeout: 120_000 });
  });
});

test('a take prepared without ordering plays on its shelf, also after another screen was visited', async ({
  restage: { page },
}) => {
  await enterSandbox(page);
  await page.getByRole('button', { name: 'Prepare', exact: true }).click();
  await screenLink(page, 'Library').click();
  await screenLink(page, 'Create').click();
  await screenLink(page, 'Prepared').click();
  await expect(page.getByTestId('prepared-card')).toContainText('dance.mp4', { timeout: 150_000 });
});
