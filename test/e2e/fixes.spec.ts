/** Every Fix of the checks does what its button says, and undo takes it back. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import sharp from 'sharp';
import { expect, test } from './fixtures.ts';
import { drawTwoShots } from './support/clips.ts';
import { chooseFile, samples } from './support/files.ts';
import { enterSandbox, generateButton } from './support/screens.ts';

const range = (page: Page) => page.getByTestId('range-timecodes');
const undo = (page: Page) => page.keyboard.press('ControlOrMeta+z');
/** A line that asks something of the person. */
const asking = (page: Page, rule: string) =>
  page.locator(`[data-testid="check"][data-rule="${rule}"]:is([data-state="blocked"], [data-state="warn"])`);

/** Presses the button of a line: what it asked for is done. Undo: the line is back, and so is what it was about. */
async function tryFix(page: Page, fix: { rule: string; button: string; done: () => Promise<void> }): Promise<void> {
  const line = asking(page, fix.rule);
  const before = await range(page).textContent();
  await line.getByRole('button', { name: fix.button, exact: true }).click();
  await fix.done();
  await expect(line).toBeHidden();
  await undo(page);
  await expect(line).toBeVisible();
  await expect(range(page)).toHaveText(before ?? '');
}

/** Keys belong to the player again. */
const blur = (page: Page) => page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());

async function choose(radio: Locator): Promise<void> {
  await radio.check({ force: true });
  await expect(radio).toBeChecked();
}

test('of the clip: a cut, a range too long for the facing, a range too short', async ({ restage }) => {
  const { page, profileDir } = restage;
  const folder = path.join(profileDir, '..', 'footage');
  mkdirSync(folder);
  await enterSandbox(page);
  await chooseFile(page, 'video', await drawTwoShots(folder));
  await expect(range(page)).toHaveText('00:00:00:00 → 00:00:12:00');
  await tryFix(page, {
    rule: 'shots.cut',
    button: 'Trim to longest take (7.00 s)',
    done: () => expect(range(page)).toHaveText('00:00:05:00 → 00:00:12:00'),
  });

  const [asImage, asVideo] = [/Like the image/, /Like the video/].map((name) => page.getByRole('radio', { name }));
  if (!asImage || !asVideo) throw new Error('no choice of facing');
  await choose(asImage);
  await blur(page);
  await expect(generateButton(page)).toBeDisabled();
  await tryFix(page, {
    rule: 'clip.durationMax',
    button: 'Trim to 10 s',
    done: () => expect(range(page)).toHaveText('00:00:00:00 → 00:00:10:00'),
  });
  await tryFix(page, {
    rule: 'clip.durationMax',
    button: 'Face like the video',
    done: () => expect(asVideo).toBeChecked(),
  });
  await expect(asImage).toBeChecked();

  await page.keyboard.press('Home');
  for (let times = 0; times < 4; times += 1) await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('o');
  await expect(range(page)).toHaveText('00:00:00:00 → 00:00:01:15');
  await tryFix(page, {
    rule: 'clip.durationMin',
    button: 'Extend to 3 s',
    done: () => expect(range(page)).toHaveText('00:00:00:00 → 00:00:03:00'),
  });
  await expect(generateButton(page)).toBeDisabled();
  await page.keyboard.press('ControlOrMeta+Shift+z');
  await expect(generateButton(page)).toBeEnabled();
});

test('of the image and the prompt: too wide a picture, too many words', { tag: '@long' }, async ({ restage }) => {
  const { page, profileDir } = restage;
  await enterSandbox(page);
  const wide = path.join(profileDir, '..', 'wide.png');
  await sharp(samples.image).resize(1500, 500, { fit: 'cover' }).png().toFile(wide);
  await chooseFile(page, 'image', wide);
  const shape = page.locator('[data-testid="check"][data-rule="image.ratio"]');
  await tryFix(page, {
    rule: 'image.ratio',
    button: 'Pad image',
    done: () => expect(shape).toContainText('1500×500 → 1500×600'),
  });
  await tryFix(page, {
    rule: 'image.ratio',
    button: 'Crop image',
    done: () => expect(page.getByTestId('crop-mask')).toBeVisible(),
  });
  await page.keyboard.press('ControlOrMeta+Shift+z');
  await expect(generateButton(page)).toBeEnabled();

  const prompt = page.getByLabel('Prompt', { exact: true });
  await prompt.fill('rain '.repeat(510));
  await blur(page);
  await expect(generateButton(page)).toBeDisabled();
  await tryFix(page, {
    rule: 'prompt.length',
    button: 'Shorten prompt',
    done: () => expect(prompt).toHaveValue('rain '.repeat(500)),
  });
  await expect(prompt).toHaveValue('rain '.repeat(510));
});
