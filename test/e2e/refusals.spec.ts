/** What cannot be used says why and what to do, takes nothing away of what was there, and blocks nothing. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { oldBinaries, run } from '../fixtures/media.ts';
import { expect, test } from './fixtures.ts';
import { chooseFile, type Slot, samples } from './support/files.ts';
import { enterSandbox, generateButton } from './support/screens.ts';

const whole = readFileSync(samples.video);

/** Name, place, content, and what a person reads. */
const unusable: readonly [name: string, slot: Slot, content: Buffer, reason: string][] = [
  ['empty.mp4', 'video', Buffer.alloc(0), 'The file must have content. · Copy or export it again'],
  ['half.mp4', 'video', whole.subarray(0, whole.length / 2), 'The file must hold all that its index promises.'],
  ['head.mp4', 'video', whole.subarray(0, 4000), 'An MP4 or MOV needs its index to be read.'],
  ['words.jpg', 'image', Buffer.from('Not a picture, only words.\n'.repeat(50)), 'neither video nor image'],
  ['cut.jpg', 'image', readFileSync(samples.image).subarray(0, 20_000), 'All of the content must decode.'],
];

async function expectSampleIn(page: Page): Promise<void> {
  await expect(page.getByText('720 × 1280 · 30 fps')).toBeVisible();
  await expect(page.getByRole('img', { name: 'Character: wanderer.jpg' })).toBeVisible();
  await expect(generateButton(page)).toBeEnabled();
}

test('of files: each with its reason, while the form stays as it was', async ({ restage }) => {
  const { page, profileDir } = restage;
  const at = (name: string) => path.join(profileDir, '..', name);
  await enterSandbox(page);
  for (const [name, slot, content, reason] of unusable) {
    writeFileSync(at(name), content);
    await chooseFile(page, slot, at(name));
    await expect(page.getByRole('alert')).toContainText(`“${name}” cannot be used`);
    await expect(page.getByRole('alert')).toContainText(reason);
    await expectSampleIn(page);
  }

  const sound = at('song.m4a');
  await run(oldBinaries.ffmpeg, ['-v', 'error', '-i', samples.video, '-vn', '-c:a', 'copy', sound]);
  await chooseFile(page, 'video', sound);
  await expect(page.getByRole('alert')).toContainText('The reference video must have a picture.');
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expect(page.getByRole('alert')).toBeHidden();

  await chooseFile(page, 'image', samples.video);
  await expect(page.getByRole('alert')).toContainText('“dance.mp4” is a video. The character has to be an image.');
  await page.getByRole('button', { name: 'Use as motion' }).click();
  await expect(page.getByRole('alert')).toBeHidden();
  await expectSampleIn(page);
});

test('of an order: a clip too short as a whole, a callback that cannot be reached', async ({ restage }) => {
  const { page, profileDir } = restage;
  await enterSandbox(page);
  const short = path.join(profileDir, '..', 'short.mp4');
  await run(oldBinaries.ffmpeg, ['-v', 'error', '-i', samples.video, '-t', '2', '-c', 'copy', short]);
  await chooseFile(page, 'video', short);
  const line = page.locator('[data-testid="check"][data-rule="clip.durationMin"]');
  await expect(line).toContainText('Choose one that is 1 s longer or more.');
  // Nothing in the clip could be extended: no button promises it.
  await expect(line.getByRole('button')).toHaveCount(0);
  await expect(generateButton(page)).toBeDisabled();
  await expect(page.getByRole('button', { name: 'Prepare', exact: true })).toBeDisabled();
  await expect(page.getByText('Fix the problem to see the price')).toBeVisible();

  await chooseFile(page, 'video', samples.video);
  await expectSampleIn(page);
  await page.getByRole('button', { name: 'Advanced' }).click();
  const callback = page.getByLabel('Callback URL');
  await callback.fill('http://localhost/done');
  await expect(callback).toHaveAttribute('aria-invalid', 'true');
  await expect(generateButton(page)).toBeDisabled();
  await callback.fill('https://example.com/done');
  await expect(generateButton(page)).toBeEnabled();
});
