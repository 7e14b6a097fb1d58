/** The states that are pictured, in the order in which a first user meets them: each goes on from where the last one ended. */
import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { samples } from '../../test/e2e/support/files.ts';
import { backToSample, editingShots } from './editingShots.ts';
import { judgingShots } from './judgingShots.ts';
import { closeNotice, command, english, goTo, jobDeadlineMs } from './pageSteps.ts';
import type { Shot } from './shot.ts';

const jobs = (page: Page, state: string) => page.locator(`[data-testid="queue-row"][data-state="${state}"]`);

const overrideLimits = (page: Page, limitOverrides: object[]) => command(page, 'settings.set', { limitOverrides });

async function pressGenerate(page: Page): Promise<void> {
  await english(page);
  await goTo(page, 'create');
  await page.getByRole('button', { name: 'Generate', exact: true }).click();
  await page.getByText('1 take queued').waitFor();
  await closeNotice(page);
}

export const shots: readonly Shot[] = [
  { name: 'firstRun-start', arrange: (page) => page.locator('[data-autofocus]').waitFor() },
  {
    name: 'create-filled',
    async arrange(page) {
      await english(page);
      await page.getByRole('button', { name: 'Try it in the sandbox' }).click();
      await page.getByRole('button', { name: 'Generate', exact: true }).waitFor();
      await page.getByTestId('checks-headline').waitFor();
      await page.locator('video').first().waitFor();
    },
    picturesMs: 5000,
  },
  {
    name: 'create-palette',
    async arrange(page) {
      await page.keyboard.press('ControlOrMeta+k');
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'create-drop',
    async arrange(page) {
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.evaluate(() => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File(['x'], 'take.mp4', { type: 'video/mp4' }));
        document.body.dispatchEvent(new DragEvent('dragover', { dataTransfer, bubbles: true, cancelable: true }));
      });
      await page.getByTestId('overlay-drop-video').waitFor();
    },
  },
  {
    name: 'prepared-empty',
    async arrange(page) {
      await page.evaluate(() => document.body.dispatchEvent(new DragEvent('dragleave', { bubbles: true })));
      await page.getByTestId('overlay-drop-video').waitFor({ state: 'detached' });
      await goTo(page, 'prepared');
    },
  },
  {
    name: 'create-checks',
    async arrange(page) {
      await goTo(page, 'create');
      await english(page);
      await page.getByText(/^Show \d+ passed$/).click();
    },
  },
  ...editingShots,
  {
    name: 'create-presets',
    async arrange(page) {
      await page.keyboard.press('Escape');
      await english(page);
      await page.getByRole('button', { name: 'Presets' }).click();
      await page.getByLabel('Name', { exact: true }).fill('Night rain');
      await page.getByRole('button', { name: 'Save recipe' }).click();
      await page.getByRole('button', { name: 'Night rain', exact: true }).waitFor();
    },
  },
  {
    name: 'create-refused',
    async arrange(page) {
      await page.keyboard.press('Escape');
      const wide = await sharp(samples.image).resize(1500, 500, { fit: 'cover' }).jpeg().toBuffer();
      await page.getByTestId('intake-image').setInputFiles({ name: 'wide.jpg', mimeType: 'image/jpeg', buffer: wide });
      await page.locator('[data-rule="image.ratio"][data-state="blocked"]').waitFor();
      const buffer = Buffer.from('Not a film, only words.');
      await page.getByTestId('intake-video').setInputFiles({ name: 'notes.mp4', mimeType: 'video/mp4', buffer });
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'prepared-filled',
    async arrange(page) {
      await backToSample(page);
      await english(page);
      await page.getByTestId('checks-headline').waitFor();
      await page.getByRole('button', { name: 'Prepare', exact: true }).click();
      await page.getByText('1 take prepared').waitFor({ timeout: jobDeadlineMs });
      await closeNotice(page);
      await goTo(page, 'prepared');
      await page.locator('main video, main img').first().waitFor();
    },
  },
  {
    name: 'prepared-matrix',
    async arrange(page) {
      await english(page);
      await page.getByTestId('prepared-card').getByRole('button', { name: 'Generate…', exact: true }).click();
      await page.getByTestId('matrix-cell').first().waitFor();
      await page.getByRole('button', { name: /^Change / }).click();
      await page.getByTestId('cell-editor').waitFor();
    },
  },
  {
    name: 'library-empty',
    async arrange(page) {
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await goTo(page, 'library');
    },
  },
  {
    name: 'queue-empty',
    arrange: (page) => goTo(page, 'queue'),
  },
  {
    name: 'spend-empty',
    arrange: (page) => goTo(page, 'spend'),
  },
  {
    name: 'queue-filled',
    async arrange(page) {
      await pressGenerate(page);
      await pressGenerate(page);
      await goTo(page, 'queue');
      await jobs(page, 'completed').nth(1).waitFor({ timeout: jobDeadlineMs });
    },
  },
  {
    name: 'queue-log',
    async arrange(page) {
      await english(page);
      await page.getByTestId('queue-row').first().getByRole('button', { name: 'More actions' }).click();
      await page.getByRole('menuitem', { name: 'Log', exact: true }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'spend-filled',
    async arrange(page) {
      await page.keyboard.press('Escape');
      await goTo(page, 'spend');
      await page.getByTestId('spend-totals').waitFor();
    },
  },
  {
    name: 'library-filled',
    async arrange(page) {
      await goTo(page, 'library');
      await page.getByTestId('library-card').nth(1).waitFor();
    },
    picturesMs: 1000,
  },
  ...judgingShots,
  {
    name: 'library-trash',
    async arrange(page) {
      await page.keyboard.press('Escape');
      await english(page);
      await page.getByTestId('library-card').first().focus();
      await page.keyboard.press('Delete');
      await page.getByRole('button', { name: 'Trash', exact: true }).click();
      await page.getByRole('button', { name: 'Delete all permanently…' }).click();
    },
  },
  {
    name: 'elements-empty',
    async arrange(page) {
      await page.keyboard.press('Escape');
      await goTo(page, 'elements');
    },
  },
  { name: 'settings-top', arrange: (page) => goTo(page, 'settings') },
  {
    name: 'settings-limits',
    async arrange(page) {
      await overrideLimits(page, [
        {
          target: 'motion-video',
          name: 'maxBytes',
          value: 200_000_000,
          date: '2026-11-20',
          note: 'EvoLink support, by mail',
        },
      ]);
      await page.getByTestId('limit-override').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'settings-keys',
    async arrange(page) {
      await overrideLimits(page, []);
      await page.getByTestId('key-playPause').getByRole('button').first().click();
      await page.keyboard.press('k');
      await page.getByTestId('key-playPause').getByRole('alert').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'settings-sheet',
    async arrange(page) {
      await page.keyboard.press('Escape');
      await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
      await page.keyboard.press('Shift+?');
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'create-empty',
    async arrange(page) {
      await page.keyboard.press('Escape');
      await english(page);
      await goTo(page, 'create');
      await page.getByRole('button', { name: 'Remove video' }).click();
      await page.getByRole('button', { name: 'Remove image' }).click();
    },
  },
];
