/** Editing on the Create screen: takes found in the clip, and everything back by undo. */
import path from 'node:path';
import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { expect, test } from './fixtures.ts';
import { bringTwoShots } from './support/clips.ts';
import { chooseFile, samples } from './support/files.ts';
import { resultsOnDisk } from './support/library.ts';
import { enterSandbox, generateButton, jobSummary } from './support/screens.ts';

const range = (page: Page) => page.getByTestId('range-timecodes');

async function prepare(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Prepare', exact: true }).click();
  await expect(page.getByText('1 take prepared')).toBeVisible();
  await page.getByRole('link', { name: 'Show' }).click();
}

/** What a player reads from the prepared file itself. */
const shown = (page: Page) =>
  page
    .getByTestId('prepared-card')
    .locator('video')
    .evaluate((video: HTMLVideoElement) => ({
      width: video.videoWidth,
      height: video.videoHeight,
      seconds: Number(video.duration.toFixed(2)),
    }));

test('a take of "Split into takes" is chosen, prepared, and exactly that', { tag: '@long' }, async ({ restage }) => {
  const { page } = restage;
  await bringTwoShots(restage);
  await expect(page.getByText('Cuts in range')).toBeVisible();
  await expect(page.getByTestId('cut-mark')).toHaveCount(1, { timeout: 15_000 });

  await page.getByRole('button', { name: /^Split into takes/ }).click();
  await page.getByRole('button', { name: 'Take 2: 00:00:05:00 to 00:00:12:00, 7.00 s' }).click();
  await expect(range(page)).toHaveText('00:00:05:00 → 00:00:12:00');
  await expect(page.getByTestId('timecode')).toHaveText('00:00:05:00');
  await expect(page.getByText('Cuts in range')).toBeHidden();

  await prepare(page);
  await expect.poll(() => shown(page)).toEqual({ width: 640, height: 360, seconds: 7 });
});

test('a crop to 9:16 is what the prepared file shows, and what the order and its result remember', async ({
  restage,
}) => {
  const { page, libraryDir } = restage;
  await bringTwoShots(restage);
  await page.keyboard.press('c');
  await page.getByRole('button', { name: '9:16' }).click();
  await expect(page.getByTestId('crop-size')).toHaveText('202 × 360');
  // By hand, to the left edge.
  const box = await page.getByTestId('crop-box').boundingBox();
  if (!box) throw new Error('no crop box');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 4);
  await page.mouse.down();
  await page.mouse.move(0, box.y + box.height / 4, { steps: 6 });
  await page.mouse.up();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('crop-box')).toBeHidden();
  await expect(page.getByTestId('crop-mask')).toHaveCSS('left', '0px');
  await expect(page.getByText('640×360 → 202×360 (cropped)')).toBeVisible();

  await generateButton(page).click();
  await expect(jobSummary(page)).toHaveText('1 completed', { timeout: 150_000 });
  const [result] = resultsOnDisk(libraryDir);
  expect(result?.sidecar.recipe).toMatchObject({ crop: { x: 0, y: 0, width: 202, height: 360 } });

  await prepare(page);
  // Enlarged to the least that may be sent, in the same shape.
  await expect.poll(() => shown(page)).toEqual({ width: 340, height: 606, seconds: 12 });
});

test('an image that is too wide is cropped by its fix, moved by keys, and ordered', async ({ restage }) => {
  const { page, profileDir, libraryDir } = restage;
  await enterSandbox(page);
  const wide = path.join(profileDir, '..', 'wide.png');
  await sharp(samples.image).resize(1500, 500, { fit: 'cover' }).png().toFile(wide);
  await chooseFile(page, 'image', wide);
  await page.getByRole('button', { name: 'Crop image' }).click();
  await expect(page.getByText('Everything fits')).toBeVisible();
  await page.getByRole('button', { name: 'Adjust image crop' }).click();
  await page.getByTestId('crop-box').press('Shift+ArrowLeft');
  await page.getByTestId('crop-box').press('Enter');
  await generateButton(page).click();
  await expect(jobSummary(page)).toHaveText('1 completed', { timeout: 150_000 });
  const [result] = resultsOnDisk(libraryDir);
  const imageEdit = { crop: { x: 106, y: 0, width: 1250, height: 500 } };
  expect(result?.sidecar.recipe).toMatchObject({ imageEdit });
});

test('undo and redo lead through trim, crop and recipe, and a reload keeps what was left', async ({ restage }) => {
  const { page } = restage;
  await bringTwoShots(restage);
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('i');
  await page.keyboard.press('c');
  await page.getByRole('button', { name: '1:1' }).click();
  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByText('1080p', { exact: true }).click();
  await expect(page.getByRole('radio', { name: '1080p' })).toBeChecked();

  await page.keyboard.press('ControlOrMeta+z');
  await expect(page.getByRole('radio', { name: '720p' })).toBeChecked();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(page.getByTestId('crop-mask')).toBeHidden();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(range(page)).toHaveText('00:00:00:00 → 00:00:12:00');
  await page.keyboard.press('ControlOrMeta+Shift+z');
  await page.keyboard.press('ControlOrMeta+Shift+z');
  await expect(range(page)).toHaveText('00:00:00:10 → 00:00:12:00');
  await expect(page.getByTestId('crop-mask')).toBeVisible();

  await page.reload();
  await expect(range(page)).toHaveText('00:00:00:10 → 00:00:12:00');
  await expect(page.getByTestId('crop-mask')).toBeVisible();
});

test('J plays backwards, frame after frame; G takes a timecode of the source', async ({ restage }) => {
  const { page } = restage;
  await bringTwoShots(restage);
  await page.keyboard.press('g');
  await page.getByRole('textbox', { name: 'Go to' }).fill('01:00:08:05');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('timecode')).toHaveText('00:00:08:05');
  await expect(page.getByTestId('source-timecode')).toHaveText('01:00:08:05');

  const video = page.locator('video').first();
  const shownSeconds = () => video.evaluate((element: HTMLVideoElement) => element.currentTime);
  // Written down by the page itself: a busy machine must not decide which pictures are seen.
  const seen = await page.getByTestId('timecode').evaluateHandle((label) => {
    const labels: (string | null)[] = [];
    const note = () => labels.push(label.textContent);
    new MutationObserver(note).observe(label, { childList: true, characterData: true, subtree: true });
    return labels;
  });
  await page.keyboard.press('j');
  await expect.poll(shownSeconds).toBeLessThan(7);
  await page.keyboard.press('k');
  const labels = await seen.jsonValue();
  expect(labels.length).toBeGreaterThan(2);
  expect(labels.toSorted().toReversed()).toEqual(labels);
  // It stands where it was stopped, and the label is that of the picture.
  const stopped = await page.getByTestId('timecode').textContent();
  const [seconds = 0, frames = 0] = (stopped ?? '').split(':').slice(2).map(Number);
  expect(Math.abs((await shownSeconds()) - (seconds + (frames + 0.5) / 25))).toBeLessThan(0.021);
});

test('up and down go from cut to cut, and a handle snaps to one', async ({ restage }) => {
  const { page } = restage;
  await bringTwoShots(restage);
  await expect(page.getByTestId('cut-mark')).toHaveCount(1, { timeout: 15_000 });
  await page.keyboard.press('ArrowDown');
  await expect(page.getByTestId('timecode')).toHaveText('00:00:05:00');
  // Whole seconds count from the in point: none of them falls on the cut now.
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('i');

  const handle = await page.getByTestId('handle-to').boundingBox();
  const track = await page.getByTestId('timeline-track').boundingBox();
  if (!handle || !track) throw new Error('no timeline');
  const [x, y] = [handle.x + handle.width / 2, handle.y + 60];
  // It is held at the end of the clip; five pixels beside the cut is near enough.
  const nearCut = x - (track.width * 7) / 12 + 5;
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(nearCut + 40, y, { steps: 5 });
  await page.mouse.move(nearCut, y, { steps: 5 });
  await page.mouse.up();
  await expect(range(page)).toHaveText('00:00:00:10 → 00:00:05:00');
});
