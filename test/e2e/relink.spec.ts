/** A source that is gone: said on the form and in the queue, another file is refused with the reason, the right one brings everything back. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, type Restage, test } from './fixtures.ts';
import { chooseFile, samples } from './support/files.ts';
import { enterEmpty, generateButton, jobSummary, screenLink } from './support/screens.ts';

let folder: string;
test.beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'restage-relink-'));
});
test.afterEach(() => rmSync(folder, { recursive: true }));

/** The sample with an empty box at its end: another file than the sample, streamed into the profile. */
async function bringOwnClip(page: Page): Promise<string> {
  await enterEmpty(page);
  const clip = path.join(folder, 'take.mp4');
  writeFileSync(clip, Buffer.concat([readFileSync(samples.video), Buffer.from('\0\0\0\x08free', 'latin1')]));
  await chooseFile(page, 'video', clip);
  await chooseFile(page, 'image', samples.image);
  await expect(generateButton(page)).toBeEnabled();
  return clip;
}

/** Staged files have names of the app's own: the clip's is found by its content. */
async function loseStaged(clip: string, { page, profileDir }: Restage): Promise<void> {
  const staging = path.join(profileDir, 'staging');
  const content = readFileSync(clip);
  const copies = readdirSync(staging)
    .map((name) => path.join(staging, name))
    .filter((file) => readFileSync(file).equals(content));
  expect(copies).toHaveLength(1);
  for (const copy of copies) rmSync(copy);
  await page.reload();
}

test('is found again by its content; the trim stays, and the waiting job goes on', async ({ restage }) => {
  const { page } = restage;
  const clip = await bringOwnClip(page);
  await page.getByRole('slider', { name: 'Out point' }).press('Shift+ArrowLeft');
  const range = await page.getByRole('slider', { name: 'Out point' }).getAttribute('aria-valuetext');

  await loseStaged(clip, restage);
  const missing = page.getByTestId('relink-video');
  await expect(missing).toContainText('“take.mp4” is not where it was.');
  await generateButton(page).click();
  await screenLink(page, 'Queue').click();
  const row = page.getByTestId('queue-row');
  await expect(row).toContainText('Waiting: source file');

  const input = row.getByTestId('relink-video').locator('input');
  await input.setInputFiles(samples.image);
  await expect(row.getByText(/“wanderer.jpg” is another file/)).toBeVisible();
  await input.setInputFiles([samples.image, samples.video, clip]);
  await expect(jobSummary(page)).toHaveText('1 completed', { timeout: 150_000 });

  await screenLink(page, 'Create').click();
  await expect(missing).toBeHidden();
  await expect(page.getByRole('slider', { name: 'Out point' })).toHaveAttribute('aria-valuetext', range ?? '');
});

test('plays again as soon as it is found, and no copy is made of what is not there', { tag: '@long' }, async ({
  restage,
}) => {
  const { page } = restage;
  const clip = await bringOwnClip(page);
  await loseStaged(clip, restage);
  const missing = page.getByTestId('relink-video');
  await expect(missing).toBeVisible();
  const player = page.getByLabel('Reference video: take.mp4');
  await expect.poll(() => player.evaluate((video: HTMLVideoElement) => video.error !== null)).toBe(true);
  await page.waitForTimeout(500);
  await expect(page.getByText(/preview/i)).toBeHidden();
  await missing.locator('input').setInputFiles(clip);
  await expect(missing).toBeHidden();
  await expect.poll(() => player.evaluate((video: HTMLVideoElement) => video.videoWidth)).toBeGreaterThan(0);
  await expect(page.getByText(/preview/i)).toBeHidden();
});
