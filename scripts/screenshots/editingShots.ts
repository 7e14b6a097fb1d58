/** The tools of the Create screen, open over the sample: framing, crop of clip and image, and the takes of an edited clip. */
import { rmSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { drawEdit } from '../../test/e2e/support/clips.ts';
import { samples } from '../../test/e2e/support/files.ts';
import { english } from './pageSteps.ts';
import type { Shot } from './shot.ts';

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

export const editingShots: readonly Shot[] = [
  {
    name: 'create-price',
    async arrange(page) {
      await english(page);
      const out = page.getByTestId('handle-to');
      await out.focus();
      for (const frames of [10, 10, 1, 1, 1, 1]) await out.press(frames === 10 ? 'Shift+ArrowLeft' : 'ArrowLeft');
    },
  },
  {
    name: 'create-framing',
    async arrange(page) {
      await english(page);
      await press(page, 'Compare framing');
      await page.getByTestId('framing').waitFor();
    },
  },
  {
    name: 'create-crop',
    async arrange(page) {
      await english(page);
      await press(page, 'Crop');
      await press(page, '1:1');
    },
  },
  {
    name: 'create-cropImage',
    async arrange(page) {
      await english(page);
      await page.getByTestId('crop-box').press('Enter');
      await press(page, 'Adjust image crop');
      await press(page, '4:5');
    },
  },
  {
    name: 'create-cuts',
    async arrange(page) {
      await english(page);
      await page.getByTestId('crop-box').press('Enter');
      const clip = await drawEdit();
      await page.getByTestId('intake-video').setInputFiles(clip);
      await page.getByTestId('cut-mark').first().waitFor();
      await page.getByText('Cuts in range').waitFor();
      rmSync(clip);
    },
    picturesMs: 3000,
  },
  {
    name: 'create-takes',
    async arrange(page) {
      await english(page);
      await page.getByRole('button', { name: /^Split into takes/ }).click();
      await page.getByRole('button', { name: /^Take 1/ }).waitFor();
    },
  },
];

/** The sample as it was, for the pictures that follow. */
export async function backToSample(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await page.getByTestId('intake-video').setInputFiles(samples.video);
  await page.getByTestId('intake-image').setInputFiles(samples.image);
  await page.locator('[data-testid="cut-mark"]').first().waitFor({ state: 'detached' });
}
