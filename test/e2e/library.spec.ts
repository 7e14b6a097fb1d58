/** What is done to results is undone: stars and tags, the trash and the way back; only the last question cannot be taken back. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { playOpened, resultsOnDisk } from './support/library.ts';
import { enterSandbox, generateButton, jobSummary, libraryCard, screenLink } from './support/screens.ts';

async function makeTwo(page: Page): Promise<void> {
  await enterSandbox(page);
  await generateButton(page).click();
  await expect(jobSummary(page)).toHaveText('1 completed', { timeout: 150_000 });
  await generateButton(page).click();
  await expect(jobSummary(page)).toHaveText('2 completed', { timeout: 150_000 });
  await screenLink(page, 'Library').click();
  await expect(libraryCard(page)).toHaveCount(2);
}

test('stars and tags are undone and done again, by keys and by buttons', async ({ restage }) => {
  const { page, libraryDir } = restage;
  await makeTwo(page);
  const card = libraryCard(page).first();
  const sidecars = () =>
    resultsOnDisk(libraryDir).map(({ sidecar }) => sidecar.item as { rating: number; tags: string[] });
  await card.focus();
  await page.keyboard.press('4');
  await expect(card.getByRole('img', { name: '4 of 5 stars' })).toBeVisible();
  await page.keyboard.press('Enter');
  const opened = page.getByTestId('library-item');
  await opened.getByLabel('Tags').fill('rain, 雨');
  await opened.getByLabel('Name').focus();
  await expect.poll(() => sidecars().flatMap(({ tags }) => tags)).toEqual(['rain', '雨']);

  // Inside the open result, where no field has the focus.
  await opened.getByRole('button', { name: 'Use again' }).focus();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(opened.getByLabel('Tags')).toHaveValue('');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(card.getByRole('img', { name: '0 of 5 stars' })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+Shift+z');
  await page.keyboard.press('ControlOrMeta+Shift+z');
  await expect.poll(() => sidecars().flatMap(({ tags }) => tags)).toEqual(['rain', '雨']);
  expect(sidecars().map(({ rating }) => rating)).toContain(4);
});

test('a result goes to the trash and comes back whole, three ways; for good only after a question', async ({
  restage,
}) => {
  const { page, libraryDir } = restage;
  await makeTwo(page);
  const trash = page.getByRole('dialog', { name: 'Trash' });
  await libraryCard(page).first().focus();
  await page.keyboard.press('Delete');
  await expect(libraryCard(page)).toHaveCount(1);
  await expect(libraryCard(page)).toBeFocused();
  expect(readdirSync(libraryDir).filter((name) => name.endsWith('.mp4'))).toHaveLength(1);
  await page.getByRole('alert').getByRole('button', { name: 'Undo' }).click();
  await expect(libraryCard(page)).toHaveCount(2);
  expect(resultsOnDisk(libraryDir)).toHaveLength(2);

  await libraryCard(page).first().dblclick();
  await page.getByTestId('library-item').getByRole('button', { name: 'Move to trash' }).click();
  await expect(libraryCard(page)).toHaveCount(1);
  await page.keyboard.press('ControlOrMeta+z');
  await expect(libraryCard(page)).toHaveCount(2);

  await libraryCard(page).last().focus();
  await page.keyboard.press('Delete');
  await expect(libraryCard(page)).toHaveCount(1);
  await page.getByRole('button', { name: 'Trash', exact: true }).click();
  await expect(trash.getByRole('listitem')).toHaveCount(1);
  await trash.getByRole('button', { name: /^Put back/ }).click();
  await expect(trash.getByText('The trash is empty')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(libraryCard(page)).toHaveCount(2);
  await libraryCard(page).last().dblclick();
  await playOpened(page);
  await page.keyboard.press('Escape');

  await libraryCard(page).last().focus();
  await page.keyboard.press('Delete');
  await expect(libraryCard(page)).toHaveCount(1);
  await page.getByRole('button', { name: 'Trash', exact: true }).click();
  await trash.getByRole('button', { name: 'Delete all permanently…' }).click();
  await expect(trash.getByText('this cannot be undone')).toBeVisible();
  await trash.getByRole('button', { name: 'Delete permanently', exact: true }).click();
  await expect(trash.getByText('The trash is empty')).toBeVisible();
  expect(existsSync(path.join(libraryDir, '.restage-trash'))).toBe(false);
  expect(resultsOnDisk(libraryDir)).toHaveLength(1);
  await page.keyboard.press('Escape');
  // There is no way back, and none is offered.
  await expect(page.getByRole('button', { name: 'Undo' })).toBeDisabled();
});

test('many at once: chosen by keys and mouse, tagged and untagged as one step, found by a tick; an order restored by a drop', async ({
  restage,
}) => {
  const { page, libraryDir } = restage;
  await makeTwo(page);
  const tags = () => resultsOnDisk(libraryDir).map(({ sidecar }) => (sidecar.item as { tags: string[] }).tags);
  const bar = page.getByTestId('selection-bar');
  await libraryCard(page).first().click();
  await expect(bar).toContainText('1 selected');
  await page.keyboard.press('ControlOrMeta+a');
  await expect(bar).toContainText('2 selected');
  await expect(bar).toContainText('0:12');

  await bar.getByRole('button', { name: 'Tags…' }).click();
  const field = page.getByRole('combobox', { name: 'Tags' });
  await field.fill('late night');
  await field.press('Enter');
  await expect.poll(tags).toEqual([['late night'], ['late night']]);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(tags).toEqual([[], []]);
  await page.getByRole('button', { name: 'Redo' }).click();
  await expect.poll(tags).toEqual([['late night'], ['late night']]);

  // One of them loses it again; the tick finds the other.
  await libraryCard(page).first().click();
  await expect(bar).toContainText('1 selected');
  await bar.getByRole('button', { name: 'Tags…' }).click();
  await page.getByRole('button', { name: 'Remove tag: late night' }).click();
  await expect.poll(() => tags().flat()).toEqual(['late night']);
  await page.keyboard.press('Escape');
  await page.getByRole('checkbox', { name: /^late night/ }).check();
  await expect(page.getByRole('searchbox', { name: 'Search' })).toHaveValue('tag:"late night"');
  await expect(libraryCard(page)).toHaveCount(1);
  await page.getByRole('button', { name: 'Remove filter: Tag: late night' }).click();
  await expect(libraryCard(page)).toHaveCount(2);

  // The form is emptied; a card dragged onto the window brings its order back.
  await screenLink(page, 'Create').click();
  await page.getByRole('button', { name: 'Remove video' }).click();
  await expect(generateButton(page)).toBeDisabled();
  await screenLink(page, 'Library').click();
  const transfer = await page.evaluateHandle(() => new DataTransfer());
  await libraryCard(page).first().dispatchEvent('dragstart', { dataTransfer: transfer });
  await libraryCard(page).first().dispatchEvent('dragover', { dataTransfer: transfer });
  const order = page.getByTestId('overlay-drop-order');
  await order.dispatchEvent('drop', { dataTransfer: transfer });
  const dialog = page.getByRole('dialog', { name: 'Order again' });
  await dialog.getByRole('button', { name: 'Use' }).click();
  await expect(page.getByText('Everything fits')).toBeVisible();
  await expect(generateButton(page)).toBeEnabled();
});
