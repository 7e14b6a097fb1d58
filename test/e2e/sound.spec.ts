/** A file with several sound tracks: which one is taken along is a person's choice, in the order and beside the result. */
import path from 'node:path';
import { expect, test } from './fixtures.ts';
import { drawTwoSounds } from './support/clips.ts';
import { chooseFile } from './support/files.ts';
import { resultsOnDisk } from './support/library.ts';
import { enterSandbox, generateButton, jobSummary, screenLink } from './support/screens.ts';

test('the track is chosen, taken back, kept on the shelf, and ordered', async ({ restage }) => {
  const { page, profileDir, libraryDir } = restage;
  await enterSandbox(page);
  const track = page.getByLabel('Sound track');
  await expect(track.locator('option')).toHaveText(['Track 1 · AAC 2 ch', 'Without sound']);
  await chooseFile(page, 'video', await drawTwoSounds(path.dirname(profileDir)));
  await expect(track).toHaveValue('1');
  await expect(track.locator('option')).toHaveText([
    'Track 1 · English · AAC 1 ch',
    'Track 2 · Japanese · AAC 1 ch',
    'Without sound',
  ]);
  await track.selectOption('2');
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press('ControlOrMeta+z');
  await expect(track).toHaveValue('1');
  await page.keyboard.press('ControlOrMeta+Shift+z');
  await expect(track).toHaveValue('2');

  await page.getByRole('button', { name: 'Prepare', exact: true }).click();
  await page.getByRole('link', { name: 'Show' }).click();
  const card = page.getByTestId('prepared-card');
  await screenLink(page, 'Create').click();
  await page.getByRole('button', { name: 'Remove video' }).click();
  await screenLink(page, 'Prepared').click();
  await card.getByRole('button', { name: 'Use in Create' }).click();
  await expect(track).toHaveValue('2');
  await generateButton(page).click();
  await expect(jobSummary(page)).toHaveText('1 completed', { timeout: 150_000 });
  const [result] = resultsOnDisk(libraryDir);
  expect(JSON.stringify(result?.sidecar)).toContain('"soundTrack":2');
});
