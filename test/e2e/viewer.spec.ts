/** Judging results: noted and flagged where they are open, held against each other on one clock, gone through one by one. */
import { readdirSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { resultsOnDisk } from './support/library.ts';
import { enterSandbox, generateButton, jobSummary, libraryCard, screenLink } from './support/screens.ts';

async function makeTwo(page: Page): Promise<void> {
  await enterSandbox(page);
  await generateButton(page).click();
  await expect(jobSummary(page)).toHaveText('1 completed', { timeout: 150_000 });
  await page.getByText('1080p', { exact: true }).click();
  await generateButton(page).click();
  await expect(jobSummary(page)).toHaveText('2 completed', { timeout: 150_000 });
  await screenLink(page, 'Library').click();
  await expect(libraryCard(page)).toHaveCount(2);
}

const root = (page: Page) => page.getByRole('dialog').last().locator('[data-autofocus]');
/** What each picture shows, in whole frames of the clock: of the result its own, of the reference from the in point on. */
const framesOf = (page: Page) =>
  page
    .getByTestId('stage')
    .last()
    .locator('video')
    .evaluateAll((videos) => videos.map((video) => Math.floor((video as HTMLVideoElement).currentTime * 30)));
const areSought = (page: Page) =>
  page
    .getByTestId('stage')
    .last()
    .locator('video')
    .evaluateAll((videos) => videos.every((video) => !(video as HTMLVideoElement).seeking));

test('VJ: a result is noted and picked by keys, its takes are stepped through and held against each other', async ({
  restage,
}) => {
  const { page, libraryDir } = restage;
  await makeTwo(page);
  await libraryCard(page).first().focus();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('library-item')).toBeVisible();
  await expect(root(page)).toBeFocused();
  await expect(page.getByTestId('reference-video')).toBeVisible();
  for (const key of ['Shift+ArrowRight', 'ArrowRight', 'ArrowRight', 'm']) await page.keyboard.press(key);
  await page.keyboard.type('hand melts');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await page.keyboard.press('p');
  await page.keyboard.press('4');
  const sidecars = () => resultsOnDisk(libraryDir).map(({ sidecar }) => sidecar.item as Record<string, unknown>);
  await expect
    .poll(() => sidecars().find(({ flag }) => flag === 'pick'))
    .toMatchObject({ rating: 4, notes: [{ text: 'hand melts', atSeconds: 0.4, isDone: false }] });
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(page.getByTestId('timecode')).toHaveText('00:00:00:12');
  await expect.poll(() => areSought(page)).toBe(true);
  // Both stand on the same frame.
  expect(new Set(await framesOf(page))).toEqual(new Set([12]));

  await expect(page.getByTestId('versions').getByRole('listitem')).toHaveCount(2);
  await expect(page.locator('[data-row="quality"]')).toHaveAttribute('data-changed', 'true');
  await page.keyboard.press('c');
  await expect(page.getByTestId('compare-view')).toBeVisible();
  await expect(root(page)).toBeFocused();
  await page.keyboard.press('w');
  const edge = page.getByTestId('wipe-handle');
  const box = await edge.boundingBox();
  if (!box) throw new Error('the edge is not on the page');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 + 100, box.y + box.height / 2, { steps: 4 });
  await page.mouse.up();
  const share = Number(await edge.getAttribute('aria-valuenow'));
  expect(share).toBeGreaterThan(50);
  await edge.press('ArrowLeft');
  await expect(edge).toHaveAttribute('aria-valuenow', String(share - 1));
  await root(page).focus();
  for (const key of ['d', '.', '.', 'Shift+ArrowRight']) await page.keyboard.press(key);
  await expect(page.getByTestId('stage').last()).toHaveAttribute('data-mode', 'difference');
  await expect.poll(() => areSought(page)).toBe(true);
  // The last picture shows what the others showed two frames before.
  expect((await framesOf(page)).sort((a, b) => b - a)).toEqual([10, 10, 8]);

  await page.keyboard.press('Escape');
  await expect(page.getByTestId('compare-view')).toBeHidden();
  await expect(page.getByTestId('library-item')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('library-item')).toBeHidden();
  await expect(libraryCard(page).first()).toBeFocused();
});

test('VJ: results are gone through with one hand; the rejected go to the trash and come back', async ({ restage }) => {
  const { page, libraryDir } = restage;
  await makeTwo(page);
  await page.getByRole('button', { name: 'Cull' }).click();
  await expect(page.getByTestId('result-video')).toBeVisible();
  await expect(root(page)).toBeFocused();
  await page.keyboard.press('3');
  await page.keyboard.press('p');
  await expect(page.getByTestId('cull-place')).toHaveText('2 of 2');
  await expect(page.getByTestId('result-video')).toBeVisible();
  await page.keyboard.press('x');
  const summary = page.getByTestId('cull-summary');
  const masters = () => readdirSync(libraryDir).filter((name) => name.endsWith('.mp4'));
  await expect(summary).toContainText('1 picked');
  await summary.getByRole('button', { name: 'Move 1 rejected to trash' }).click();
  await expect(summary.getByText('1 result moved to trash')).toBeVisible();
  expect(masters()).toHaveLength(1);
  await summary.getByRole('button', { name: 'Undo' }).click();
  await expect(summary.getByRole('button', { name: 'Move 1 rejected to trash' })).toBeVisible();
  expect(resultsOnDisk(libraryDir)).toHaveLength(2);
  await summary.getByRole('button', { name: 'Done', exact: true }).click();
  await expect(page.getByTestId('cull-view')).toBeHidden();
  await expect(libraryCard(page)).toHaveCount(2);
});
