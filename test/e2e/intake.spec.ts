/** Every way in which files arrive, with real files: the dialog, a drop that script makes, a drag from the system; and what is refused. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { expect, test } from './fixtures.ts';
import { chooseFile, dragFiles, dropBytes, samples } from './support/files.ts';
import { resultsOnDisk } from './support/library.ts';
import { enterEmpty, generateButton, jobSummary, screenLink } from './support/screens.ts';

async function expectBothIn(page: Page): Promise<void> {
  await expect(page.getByRole('img', { name: 'Character: wanderer.jpg' })).toBeVisible();
  await expect(page.getByText('720 × 1280 · 30 fps')).toBeVisible();
  await expect(page.getByText('Everything fits')).toBeVisible();
  await expect(generateButton(page)).toBeEnabled();
}

test('by the file dialog', async ({ restage: { page } }) => {
  await enterEmpty(page);
  await chooseFile(page, 'video', samples.video);
  await chooseFile(page, 'image', samples.image);
  await expectBothIn(page);
});

test('by a drop of files that have no path', async ({ restage: { page } }) => {
  await enterEmpty(page);
  await dropBytes(page, 'video', samples.video);
  await dropBytes(page, 'image', samples.image);
  await expectBothIn(page);
});

test('by a drag from the system, both at once', async ({ restage: { page }, host }) => {
  test.skip(host === 'electron', 'the drag is made through the browser’s own protocol');
  await enterEmpty(page);
  await dragFiles(page, 'drop-video', [samples.image, samples.video]);
  await expectBothIn(page);
});

test('names with spaces, emoji, Japanese and a leading dash work to the end', async ({ restage }) => {
  const { page, libraryDir, profileDir } = restage;
  const folder = path.join(profileDir, '..', 'footage');
  mkdirSync(folder);
  const video = path.join(folder, '-踊る 💃 take 1.mp4');
  const image = path.join(folder, '主人公 (final).jpg');
  // Content of their own: the same bytes as the sample would be the sample, whatever they are called.
  writeFileSync(video, Buffer.concat([readFileSync(samples.video), Buffer.from('\0\0\0\x08free')]));
  await sharp(samples.image).resize(900).jpeg().toFile(image);
  await enterEmpty(page);
  await chooseFile(page, 'video', video);
  await chooseFile(page, 'image', image);
  await expect(page.getByRole('img', { name: 'Character: 主人公 (final).jpg' })).toBeVisible();
  await generateButton(page).click();
  await expect(jobSummary(page)).toHaveText('1 completed', { timeout: 150_000 });
  expect(path.basename(resultsOnDisk(libraryDir)[0]?.file ?? '')).toContain('主人公');
});

test('a picture where the motion belongs is refused, and one click puts it right', async ({ restage: { page } }) => {
  await enterEmpty(page);
  await chooseFile(page, 'video', samples.image);
  await expect(page.getByRole('alert')).toContainText('“wanderer.jpg” is an image. The motion has to be a video.');
  await page.getByRole('button', { name: 'Use as character' }).click();
  await expect(page.getByRole('img', { name: 'Character: wanderer.jpg' })).toBeVisible();
});

test('text that calls itself a video is refused with the reason, and blocks nothing', async ({ restage }) => {
  const { page, profileDir } = restage;
  const file = path.join(profileDir, '..', 'notes.mp4');
  writeFileSync(file, 'Not a film, only words.\n'.repeat(50));
  await enterEmpty(page);
  await chooseFile(page, 'video', file);
  await expect(page.getByRole('alert')).toContainText('“notes.mp4” cannot be used');
  await chooseFile(page, 'video', samples.video);
  await expect(page.getByText('720 × 1280 · 30 fps')).toBeVisible();
  await expect(page.getByRole('alert')).toBeHidden();
});

test.describe('with real footage', () => {
  test('a clip that is too long for its facing becomes a take of ten seconds', async ({ restage, footage }) => {
    const [video, image] = [footage('person-512x480-20s.mp4'), footage('portrait-1092x1280.jpg')];
    const { page, libraryDir } = restage;
    await enterEmpty(page);
    await chooseFile(page, 'video', video);
    await chooseFile(page, 'image', image);
    // 20 s fit "as in the video"; "as in the image" allows ten, and says so.
    await expect(generateButton(page)).toBeEnabled({ timeout: 150_000 });
    await page.getByRole('radio', { name: /Like the image/ }).check({ force: true });
    await page.getByRole('button', { name: 'Trim to 10 s' }).first().click();
    await expect(page.getByTestId('price')).toHaveText('81.65 test credits');
    await generateButton(page).click();
    await expect(jobSummary(page)).toHaveText('1 completed', { timeout: 150_000 });
    const { sidecar } = resultsOnDisk(libraryDir)[0] ?? {};
    expect(JSON.stringify(sidecar)).toContain('"orientation":"image"');
  });
});

test('by pasting, as a screenshot comes', async ({ restage: { page } }) => {
  await enterEmpty(page);
  // One byte more: the same content would be the same asset, under the name that it has already.
  const content = Buffer.concat([readFileSync(samples.image), Buffer.of(0)]).toString('base64');
  await page.evaluate((base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([bytes], 'pasted.jpg', { type: 'image/jpeg' }));
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, content);
  await expect(page.getByRole('img', { name: 'Character: pasted.jpg' })).toBeVisible();
});

test('by a drag over another screen, onto a target of the overlay', async ({ restage: { page }, host }) => {
  test.skip(host === 'electron', 'the drag is made through the browser’s own protocol');
  await enterEmpty(page);
  await screenLink(page, 'Queue').click();
  await dragFiles(page, 'job-summary', [samples.image, samples.video]);
  await expectBothIn(page);

  await page.getByRole('button', { name: 'Remove video' }).click();
  const client = await page.context().newCDPSession(page);
  const drag = (type: 'dragEnter' | 'dragOver' | 'drop', x: number, y: number) =>
    client.send('Input.dispatchDragEvent', {
      type,
      x,
      y,
      data: { items: [], files: [samples.video], dragOperationsMask: 1 },
    });
  await drag('dragEnter', 700, 5);
  await drag('dragOver', 700, 5);
  const target = page.getByTestId('overlay-drop-video');
  await expect(target).toBeVisible();
  const box = await target.boundingBox();
  const [x, y] = [(box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2];
  await drag('dragOver', x, y);
  await expect(target).toHaveAttribute('data-over', 'true');
  await drag('drop', x, y);
  await expect(target).toBeHidden();
  await expectBothIn(page);
});
