/** A source that is gone: said on the form and in the queue, another file is refused with the reason, the right one brings everything back. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from './fixtures.ts';
import { chooseFile, samples } from './support/files.ts';
import { enterEmpty, generateButton, jobSummary, screenLink } from './support/screens.ts';

test('is found again by its content; the trim stays, and the waiting job goes on', async ({ restage }) => {
  const { page, profileDir } = restage;
  await enterEmpty(page);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'restage-relink-'));
  const clip = path.join(folder, 'take.mp4');
  // Of its own: with an empty box at its end it is another file than the sample.
  writeFileSync(clip, Buffer.concat([readFileSync(samples.video), Buffer.from('\0\0\0\x08free', 'latin1')]));
  await chooseFile(page, 'video', clip);
  await chooseFile(page, 'image', samples.image);
  await expect(generateButton(page)).toBeEnabled();
  await page.getByRole('slider', { name: 'Out point' }).press('Shift+ArrowLeft');
  const range = await page.getByRole('slider', { name: 'Out point' }).getAttribute('aria-valuetext');

  const staging = path.join(profileDir, 'staging');
  for (const name of readdirSync(staging)) if (name.endsWith('.mp4')) rmSync(path.join(staging, name));
  await page.reload();
  const missing = page.getByTestId('relink-video');
  await expect(missing).toContainText('“take.mp4” is not where it was.');
  await generateButton(page).click();
  await screenLink(page, 'Queue').click();
  const row = page.getByTestId('queue-row');
  await expect(row).toContainText('Waiting for the source file');

  const input = row.getByTestId('relink-video').locator('input');
  await input.setInputFiles(samples.image);
  await expect(row.getByText(/“wanderer.jpg” is another file/)).toBeVisible();
  await input.setInputFiles([samples.image, samples.video, clip]);
  await expect(jobSummary(page)).toHaveText('1 completed', { timeout: 60_000 });

  await screenLink(page, 'Create').click();
  await expect(missing).toBeHidden();
  await expect(page.getByRole('slider', { name: 'Out point' })).toHaveAttribute('aria-valuetext', range ?? '');
  rmSync(folder, { recursive: true });
});
