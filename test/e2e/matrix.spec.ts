/** Prepare without ordering, order later; characters × clips from the shelf and from files that come together; only the gaps are ordered again. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { chooseFile, samples } from './support/files.ts';
import { resultsOnDisk } from './support/library.ts';
import { enterSandbox, jobSummary, screenLink } from './support/screens.ts';

const prepare = (page: Page) => page.getByRole('button', { name: 'Prepare', exact: true });

/** RESTAGE_LOOK=DIR keeps pictures of the way, for looking at. */
async function look(page: Page, name: string): Promise<void> {
  const folder = process.env.RESTAGE_LOOK;
  if (folder) await page.screenshot({ path: path.join(folder, `${name}.png`) });
}

async function prepareTwoTakes(page: Page): Promise<void> {
  await prepare(page).click();
  await expect(page.getByText('1 take prepared')).toBeVisible({ timeout: 150_000 });
  await page.getByRole('slider', { name: 'Out point' }).press('Shift+ArrowLeft');
  await expect(prepare(page)).toBeEnabled();
  await prepare(page).click();
}

test('two takes on the shelf are ordered later for two characters, cell by cell', async ({ restage }) => {
  const { page, libraryDir, profileDir } = restage;
  await enterSandbox(page);
  await prepareTwoTakes(page);
  const other = path.join(profileDir, '..', 'other.jpg');
  // One byte more makes another asset of the same picture.
  writeFileSync(other, Buffer.concat([readFileSync(samples.image), Buffer.of(0)]));
  await chooseFile(page, 'image', other);
  await expect(page.getByRole('img', { name: 'Character: other.jpg' })).toBeVisible();

  await screenLink(page, 'Prepared').click();
  await expect(page.getByTestId('prepared-card')).toHaveCount(2, { timeout: 150_000 });
  for (const box of await page.getByRole('checkbox', { name: 'Select dance.mp4' }).all()) await box.check();
  await look(page, 'prepared');
  await page.getByRole('button', { name: 'Generate 2 selected…' }).click();
  const matrix = page.getByRole('main', { name: 'Matrix' });
  await expect(matrix.getByTestId('matrix-cell')).toHaveCount(2);
  await matrix.getByRole('button', { name: 'Add characters' }).click();
  await page.getByRole('checkbox', { name: 'wanderer.jpg', exact: true }).check();
  await page.keyboard.press('Escape');
  await expect(matrix.getByTestId('matrix-cell')).toHaveCount(4);
  await expect(matrix.getByTestId('matrix-total')).toContainText('for 4');
  await look(page, 'matrix');

  await matrix.getByRole('checkbox', { name: 'All clips with wanderer.jpg' }).uncheck();
  await expect(matrix.getByTestId('matrix-total')).toContainText('for 2');
  await matrix.getByRole('button', { name: 'Generate 2' }).click();
  await expect(matrix.getByTestId('matrix-cell').getByText('Completed')).toHaveCount(2, { timeout: 150_000 });
  await matrix.getByRole('checkbox', { name: 'All clips with wanderer.jpg' }).check();
  await matrix.getByRole('button', { name: 'Generate 2' }).click();
  await expect(matrix.getByTestId('matrix-cell').getByText('Completed')).toHaveCount(4, { timeout: 150_000 });
  await look(page, 'matrix-done');
  await expect(matrix.getByRole('button', { name: 'Generate…', exact: true })).toBeDisabled();
  await expect(jobSummary(page)).toHaveText('4 completed');
  expect(resultsOnDisk(libraryDir)).toHaveLength(4);

  await screenLink(page, 'Prepared').click();
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Save a copy' }).first().click();
  const saved = await download;
  expect(saved.suggestedFilename()).toBe('dance prepared.mp4');
  expect(
    readFileSync(await saved.path())
      .subarray(4, 8)
      .toString(),
  ).toBe('ftyp');
});

test('a column is trimmed in Create, and all of it is there after the page was left', async ({ restage }) => {
  const { page, profileDir } = restage;
  await enterSandbox(page);
  const other = path.join(profileDir, '..', 'other.jpg');
  writeFileSync(other, Buffer.concat([readFileSync(samples.image), Buffer.of(0)]));
  await screenLink(page, 'Matrix').click();
  const matrix = page.getByRole('main', { name: 'Matrix' });
  await matrix.getByRole('button', { name: 'Add characters' }).click();
  await page.getByTestId('intake-matrix-image').setInputFiles([samples.image, other]);
  await page.keyboard.press('Escape');
  await matrix.getByRole('button', { name: 'Add clips' }).click();
  await page.getByRole('checkbox', { name: 'dance.mp4' }).check();
  await page.keyboard.press('Escape');
  await expect(matrix.getByTestId('matrix-total')).toContainText('for 2');

  await matrix.getByRole('button', { name: 'More for dance.mp4' }).click();
  await page.getByRole('menuitem', { name: 'Trim and frame…' }).click();
  await page.getByRole('slider', { name: 'Out point' }).press('Shift+ArrowLeft');
  const trimmed = await page.getByRole('slider', { name: 'Out point' }).getAttribute('aria-valuetext');
  await page.getByRole('button', { name: 'Use in matrix' }).click();
  const length = matrix.getByRole('columnheader').filter({ hasText: 'dance.mp4' });
  await expect(length).not.toContainText('12 s');
  const shown = await length.innerText();
  await look(page, 'matrix-trimmed');

  await expect(page.getByTestId('matrix-cell').getByText('credits')).toHaveCount(2);
  await page.reload();
  await expect(length).toHaveText(shown, { useInnerText: true });
  await matrix.getByRole('button', { name: 'More for dance.mp4' }).click();
  await page.getByRole('menuitem', { name: 'Trim and frame…' }).click();
  await expect(page.getByRole('slider', { name: 'Out point' })).toHaveAttribute('aria-valuetext', trimmed ?? '');
});

test('two characters and three clips that come together are six orders; one cell is different, the gaps are filled later', {
  tag: '@long',
}, async ({ restage }) => {
  const { page, libraryDir, profileDir } = restage;
  await enterSandbox(page);
  const folder = path.join(profileDir, '..');
  // A few bytes more make other assets of the same content.
  const copies = (source: string, names: string[], more: (index: number) => Buffer) =>
    names.map((name, index) => {
      const file = path.join(folder, name);
      writeFileSync(file, Buffer.concat([readFileSync(source), more(index)]));
      return file;
    });
  const free = (index: number) =>
    Buffer.concat([Buffer.from([0, 0, 0, 9 + index]), Buffer.from('free'), Buffer.alloc(1 + index)]);
  const clips = copies(samples.video, ['walk.mp4', 'jump.mp4', 'turn.mp4'], free);
  const images = copies(samples.image, ['ann.jpg', 'bob.jpg'], (index) => Buffer.alloc(index + 1));
  await page.getByTestId('intake-video').setInputFiles([...clips, ...images]);
  const matrix = page.getByRole('main', { name: 'Matrix' });
  await expect(matrix.getByTestId('matrix-cell')).toHaveCount(6);
  await expect(matrix.getByTestId('matrix-total')).toContainText('for 6');
  await look(page, 'matrix-2x3');

  // With keys alone: from the first cell to the one that is to be different.
  await matrix.getByRole('checkbox', { name: 'ann.jpg with walk.mp4' }).focus();
  for (const key of ['ArrowDown', 'ArrowRight', 'ArrowRight', 'Tab', 'Enter']) await page.keyboard.press(key);
  const editor = matrix.getByTestId('cell-editor');
  await expect(editor.getByLabel('Facing')).toBeFocused();
  await editor.getByRole('radio', { name: '1080p' }).press('Space');
  await editor.getByLabel('Prompt').fill('in the rain');
  await look(page, 'matrix-editor');
  await page.keyboard.press('Escape');
  await expect(editor).toBeHidden();

  // A column less at first.
  await matrix.getByRole('checkbox', { name: 'All characters with jump.mp4' }).press('Space');
  await expect(matrix.getByTestId('matrix-total')).toContainText('for 4');
  // Undone and done again, by keys and by buttons.
  await page.keyboard.press('ControlOrMeta+z');
  await expect(matrix.getByTestId('matrix-total')).toContainText('for 6');
  await matrix.getByRole('button', { name: 'Redo' }).click();
  await matrix.getByRole('button', { name: 'Generate 4' }).press('Enter');
  await expect(matrix.getByTestId('matrix-cell').getByText('Completed')).toHaveCount(4, { timeout: 150_000 });
  await screenLink(page, 'Create').click();

  // Laid out again it knows what is there: the gaps alone are picked.
  await page.getByTestId('intake-video').setInputFiles([...clips, ...images]);
  await expect(matrix.getByTestId('matrix-cell').getByText('Completed')).toHaveCount(4);
  await matrix.getByRole('button', { name: 'Generate 2' }).click();
  await expect(matrix.getByTestId('matrix-cell').getByText('Completed')).toHaveCount(6, { timeout: 150_000 });
  await look(page, 'matrix-filled');
  await expect(jobSummary(page)).toHaveText('6 completed');
  const results = resultsOnDisk(libraryDir).map(({ sidecar }) => JSON.stringify(sidecar));
  expect(results).toHaveLength(6);
  const different = results.filter((text) => text.includes('in the rain'));
  expect(different).toHaveLength(1);
  expect(different[0]).toContain('"quality":"1080p"');
  expect(results.filter((text) => text.includes('"quality":"1080p"'))).toHaveLength(1);
});
