/** A key is kept as honestly as the machine allows, is found nowhere else, and never moves a job that was ordered before it. */
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from './fixtures.ts';
import { enterSandbox, generateButton, jobSummary, screenLink } from './support/screens.ts';

const key = 'sk-evo-2f6c1d8a9b7e4f3a5c0d';

/** Files below the folder that hold the key in plain text. */
function filesWithKey(folder: string): string[] {
  try {
    return execFileSync('grep', ['-rl', '--', key, folder], { encoding: 'utf8' }).trim().split('\n');
  } catch {
    return []; // grep ends with 1 when it finds nothing
  }
}

test.describe('in the browser host', () => {
  test.skip(({ host }) => host === 'electron', 'Electron keeps the key in the system’s keychain');
  test.skip(process.platform === 'win32', 'grep is missing');

  test('without consent it lasts for the session and is written nowhere', { tag: '@long' }, async ({ restage }) => {
    await enterSandbox(restage.page);
    await screenLink(restage.page, 'Settings').click();
    await restage.page.getByLabel('EvoLink API key').fill(key);
    await restage.page.getByRole('button', { name: 'Save and check' }).click();
    await expect(restage.page.getByText('Stored key: …5c0d')).toBeVisible();
    await expect(restage.page.getByLabel('EvoLink API key')).toHaveValue('');
    expect(await restage.page.content()).not.toContain(key);
    expect(filesWithKey(path.dirname(restage.profileDir))).toEqual([]);

    const page = await restage.restart();
    await screenLink(page, 'Settings').click();
    await expect(page.getByText('No key stored.')).toBeVisible();
    expect(filesWithKey(path.dirname(restage.profileDir))).toEqual([]);
  });

  test('by consent it survives a restart, in one file that only its owner may read', async ({ restage }) => {
    await enterSandbox(restage.page);
    await screenLink(restage.page, 'Settings').click();
    await restage.page.getByLabel('Keep the key in a file that only I can read').check();
    await restage.page.getByLabel('EvoLink API key').fill(key);
    await restage.page.getByRole('button', { name: 'Save and check' }).click();
    await expect(restage.page.getByText('Stored key: …5c0d')).toBeVisible();

    const page = await restage.restart();
    await screenLink(page, 'Settings').click();
    await expect(page.getByText('Stored key: …5c0d')).toBeVisible();
    expect(await page.content()).not.toContain(key);
    const files = filesWithKey(path.dirname(restage.profileDir));
    expect(files).toHaveLength(1);
    expect(statSync(files[0] ?? '').mode & 0o777).toBe(0o600);
  });

  test.describe('while a sandbox job runs', () => {
    test.use({ taskSeconds: 12 });

    test('it changes nothing for that job', { tag: '@long' }, async ({ restage }) => {
      const { page } = restage;
      await enterSandbox(page);
      await generateButton(page).click();
      await expect(jobSummary(page)).toHaveText('1 running');
      await screenLink(page, 'Settings').click();
      await page.getByLabel('EvoLink API key').fill(key);
      await page.getByRole('button', { name: 'Save and check' }).click();
      await expect(page.getByText('Stored key: …5c0d')).toBeVisible();
      await page.getByRole('radio', { name: /EvoLink/ }).click({ force: true });
      await expect(page.getByRole('radio', { name: /EvoLink/ })).toBeChecked();
      await expect(jobSummary(page)).toHaveText('1 completed', { timeout: 150_000 });
      await screenLink(page, 'Queue').click();
      await expect(page.getByTestId('queue-row')).toContainText('test credits');
    });
  });
});
