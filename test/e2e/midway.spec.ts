/** In the middle of an order: another language and an end of the app leave everything as it was, and it is ordered so. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { chooseFile, samples } from './support/files.ts';
import { resultsOnDisk } from './support/library.ts';
import { enterSandbox, jobSummary } from './support/screens.ts';

/** As it was left, in the words of the language that was chosen. */
async function expectDraft(page: Page): Promise<void> {
  await expect(page.locator('html[lang="ja"]')).toBeAttached();
  await expect(page.getByRole('img', { name: /hero\.jpg/ })).toBeVisible();
  await expect(page.getByTestId('range-timecodes')).toHaveText('00:00:00:10 → 00:00:06:00');
  await expect(page.getByLabel('プロンプト', { exact: true })).toHaveValue('in the rain, at night');
  await expect(page.getByRole('radio', { name: '1080p' })).toBeChecked();
  await expect(page.getByTestId('price')).toContainText('クレジット');
}

test('a language switched and a restart in the middle of a draft', { tag: '@long' }, async ({ restage }) => {
  const { page, profileDir, libraryDir } = restage;
  await enterSandbox(page);
  const hero = path.join(profileDir, '..', 'hero.jpg');
  // One byte more makes another asset of the same picture.
  writeFileSync(hero, Buffer.concat([readFileSync(samples.image), Buffer.of(0)]));
  await chooseFile(page, 'image', hero);
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('i');
  await page.getByText('1080p', { exact: true }).click();
  await page.getByLabel('Prompt', { exact: true }).fill('in the rain, at night');

  await page.keyboard.press('ControlOrMeta+k');
  await expect(page.getByRole('combobox', { name: 'Type a command or the name of anything' })).toBeFocused();
  await page.keyboard.type('日本語');
  await page.keyboard.press('Enter');
  await expectDraft(page);

  const restarted = await restage.restart();
  await expectDraft(restarted);
  await restarted.getByRole('button', { name: '生成', exact: true }).click();
  await expect(jobSummary(restarted)).toHaveText('完了 1', { timeout: 150_000 });
  const [result, ...others] = resultsOnDisk(libraryDir);
  expect(others).toEqual([]);
  expect(result?.sidecar.recipe).toMatchObject({
    prompt: 'in the rain, at night',
    quality: '1080p',
    trim: { unit: 'frames', from: 10, to: 180 },
  });
});
