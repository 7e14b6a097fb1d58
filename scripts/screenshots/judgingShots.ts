/** Judging results: one opened beside its reference, takes held against each other, and going through them one by one. */
import type { Page } from '@playwright/test';
import type { Shot } from './shot.ts';

/** Keys belong to what lies on top as soon as the focus is there. */
async function keys(page: Page, ...names: string[]): Promise<void> {
  await page.locator('[data-autofocus]').last().focus();
  for (const name of names) await page.keyboard.press(name);
}

/** Every picture stands where it was sent. */
async function sought(page: Page): Promise<void> {
  const videos = page.getByTestId('stage').last().locator('video');
  await videos.first().waitFor();
  await page.waitForFunction(() =>
    [...document.querySelectorAll('video')].every((video) => !video.seeking && video.readyState >= 2),
  );
}

export const judgingShots: readonly Shot[] = [
  {
    name: 'library-opened',
    async arrange(page) {
      await page.getByTestId('library-card').first().dblclick();
      await page.getByTestId('library-item').waitFor();
      await page.getByTestId('reference-video').waitFor();
      await page.getByTestId('versions').waitFor();
      await keys(page, 'p', '4', 'Shift+ArrowRight', 'Shift+ArrowRight', 'm');
      await page.keyboard.type('hand melts into the sleeve');
      await page.keyboard.press('Enter');
      await keys(page, 'Shift+ArrowRight', 'Shift+ArrowRight', 'm');
      await page.keyboard.type('hair flickers');
      await page.keyboard.press('Enter');
      await page.getByTestId('notes').getByRole('checkbox').last().check();
      await keys(page, 'Shift+ArrowLeft');
      await sought(page);
    },
  },
  {
    name: 'library-compare',
    async arrange(page) {
      await keys(page, 'c');
      await page.getByTestId('compare-view').getByTestId('result-video').nth(1).waitFor();
      await page.getByTestId('compare-view').getByTestId('reference-video').waitFor();
      await keys(page, 'Shift+ArrowRight', 'Shift+ArrowRight', '.', '.');
      await sought(page);
    },
  },
  {
    name: 'library-wipe',
    async arrange(page) {
      await keys(page, 'w');
      await page.getByTestId('wipe-handle').waitFor();
    },
  },
  { name: 'library-difference', arrange: (page) => keys(page, 'd') },
  {
    name: 'library-cull',
    async arrange(page) {
      await page.keyboard.press('Escape');
      await page.getByTestId('compare-view').waitFor({ state: 'detached' });
      await page.keyboard.press('Escape');
      await page.getByTestId('library-item').waitFor({ state: 'detached' });
      await page.keyboard.press('Shift+C');
      await page.getByTestId('cull-view').getByTestId('result-video').waitFor();
      await keys(page, '3', 'Shift+ArrowRight');
      await sought(page);
    },
  },
  {
    name: 'library-cullDone',
    async arrange(page) {
      await keys(page, 'p');
      await page.getByTestId('cull-place').filter({ hasText: '2' }).waitFor();
      await page.getByTestId('cull-view').getByTestId('result-video').waitFor();
      await keys(page, 'x');
      await page.getByTestId('cull-summary').waitFor();
    },
  },
];
