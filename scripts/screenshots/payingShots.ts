/** The states that a paying account has, and a line that is not always there; a second sandbox stands for EvoLink. In the order in which they follow from each other. */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { samples } from '../../test/e2e/support/files.ts';
import { closeNotice, command, english, goTo, jobDeadlineMs } from './pageSteps.ts';
import type { Shot } from './shot.ts';

const generations = { method: 'POST', path: '/v1/videos/generations' };
const row = (page: Page, state: string) => page.locator(`[data-testid="queue-row"][data-state="${state}"]`);
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true }).click();

async function closeDialog(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

async function askForOrder(page: Page): Promise<void> {
  await goTo(page, 'create');
  await english(page);
  await press(page, 'Generate');
  await page.getByRole('dialog', { name: 'Generate this take?' }).waitFor();
}

async function order(page: Page): Promise<void> {
  await askForOrder(page);
  const dialog = page.getByRole('dialog');
  const rights = dialog.getByRole('checkbox');
  if (await rights.isVisible()) await rights.check();
  await dialog.getByRole('button', { name: /^Generate for/ }).click();
  await page.getByText('1 take queued').waitFor();
  await closeNotice(page);
}

async function checkBalance(page: Page): Promise<void> {
  await english(page);
  await press(page, 'Refresh balance');
}

export const payingShots: readonly Shot[] = [
  {
    name: 'firstRun-keyRefused',
    async arrange(page) {
      await english(page);
      await page.getByLabel('EvoLink API key').fill('sk-evo-not-of-this-account-0000');
      await press(page, 'Use this key');
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'create-keyRefused',
    async arrange(page) {
      await english(page);
      await press(page, 'Try it in the sandbox');
      await page.getByTestId('checks-headline').waitFor();
      await command(page, 'settings.set', { provider: 'evolink' });
      await page.getByText('EvoLink does not accept the stored API key.').waitFor();
    },
    picturesMs: 3000,
  },
  {
    name: 'create-noKey',
    async arrange(page) {
      await goTo(page, 'settings');
      await english(page);
      await press(page, 'Remove key');
      await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
      await page.getByText('EvoLink is chosen, but no API key is stored.').waitFor();
      await goTo(page, 'create');
      await page.getByTestId('checks-headline').waitFor();
    },
    picturesMs: 3000,
  },
  {
    name: 'settings-sameAccount',
    async arrange(page, { evolink }) {
      await goTo(page, 'settings');
      await english(page);
      for (const key of [evolink.key, 'sk-evo-another-key-0000-9f9f']) {
        await page.getByLabel('EvoLink API key').fill(key);
        await press(page, 'Save and check');
        if (key === evolink.key) await page.getByText('EvoLink accepts the key.').waitFor();
      }
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'settings-prices',
    async arrange(page) {
      await closeDialog(page);
      await english(page);
      const section = page.getByRole('region', { name: 'Prices' });
      await section.getByRole('textbox', { name: '720p, per second' }).fill('9');
      await section.getByRole('button', { name: 'Use these prices' }).click();
      await section.getByText(/Your own prices since/).waitFor();
      await section.getByRole('textbox', { name: '720p, per second' }).fill('0,00');
      await section.scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'create-confirm',
    async arrange(page) {
      await command(page, 'settings.set', { priceOverride: null });
      await askForOrder(page);
    },
  },
  {
    name: 'queue-troubles',
    async arrange(page, { evolink }) {
      await closeDialog(page);
      await evolink.admin('POST', 'switches', { nextErrors: ['content_policy_violation'], taskSeconds: 0.5 });
      await order(page);
      await goTo(page, 'queue');
      await row(page, 'failed').waitFor({ timeout: jobDeadlineMs });
      await evolink.admin('POST', 'faults', { rules: [{ ...generations, reset: 'after' }] });
      await order(page);
      await goTo(page, 'queue');
      await page.getByRole('button', { name: 'Decide' }).waitFor({ timeout: jobDeadlineMs });
      await command(page, 'settings.set', { limits: { perJob: '10', perDay: null, perMonth: null } });
      await order(page);
      await goTo(page, 'queue');
      await page
        .getByText(/crosses|limit/i)
        .first()
        .waitFor({ timeout: jobDeadlineMs });
      await page.getByText('All', { exact: true }).click();
    },
  },
  {
    name: 'queue-outcome',
    async arrange(page) {
      await english(page);
      await press(page, 'Decide');
      await page.getByRole('dialog').getByRole('radio').nth(2).waitFor();
    },
  },
  {
    name: 'create-trouble',
    async arrange(page, { evolink }) {
      await closeDialog(page);
      await evolink.admin('POST', 'faults', { rules: [{ path: '/v1/credits', status: 503, times: null }] });
      await goTo(page, 'create');
      await checkBalance(page);
      await page.locator('[class*="banner"]').first().waitFor();
    },
  },
  {
    name: 'queue-offline',
    async arrange(page, { evolink }) {
      await evolink.kill();
      await command(page, 'settings.set', { limits: { perJob: null, perDay: null, perMonth: null } });
      await checkBalance(page);
      await page.getByText('No connection to EvoLink.').waitFor();
      await order(page);
      await goTo(page, 'queue');
      await page.getByText('Waiting: no network').first().waitFor({ timeout: jobDeadlineMs });
    },
  },
  {
    name: 'queue-consent',
    async arrange(page, { evolink }) {
      await evolink.launcher.ensure();
      await checkBalance(page);
      await page.getByRole('dialog', { name: 'Queued while the balance was unknown' }).waitFor();
    },
  },
  {
    name: 'elements-confirm',
    async arrange(page) {
      await english(page);
      await page.getByRole('dialog').getByRole('button', { name: 'Generate all' }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await goTo(page, 'elements');
      await page.getByTestId('intake-element').setInputFiles(samples.video);
      await page.getByRole('textbox', { name: 'Name' }).fill('Mina');
      await page.getByRole('textbox', { name: 'Description' }).fill('Short dark hair, green coat');
      await press(page, 'Create element');
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'elements-filled',
    async arrange(page) {
      await english(page);
      await page.getByRole('dialog').getByRole('button', { name: 'Create element' }).click();
      await page.getByTestId('element-card').filter({ hasText: 'Mina' }).waitFor({ timeout: jobDeadlineMs });
    },
    picturesMs: 2000,
  },
  {
    name: 'library-missing',
    async arrange(page, { libraryDir }) {
      await goTo(page, 'library');
      await page.getByTestId('library-card').first().waitFor({ timeout: jobDeadlineMs });
      const file = readdirSync(libraryDir, { recursive: true }).find((name) => String(name).endsWith('.mp4'));
      rmSync(path.join(libraryDir, String(file)));
      await command(page, 'library.rebuild', {});
      await page.getByTestId('library-card').first().dblclick();
      await page.getByTestId('library-item').waitFor();
    },
  },
  {
    name: 'create-relink',
    async arrange(page, { profileDir }) {
      await closeDialog(page);
      await goTo(page, 'create');
      // With an empty box at its end it is a file of its own, and lies where it can be taken away.
      const buffer = Buffer.concat([readFileSync(samples.video), Buffer.from('\0\0\0\x08free', 'latin1')]);
      await page.getByTestId('intake-video').setInputFiles({ name: 'take.mp4', mimeType: 'video/mp4', buffer });
      await page.getByText('take.mp4').first().waitFor();
      const staging = path.join(profileDir, 'staging');
      for (const name of readdirSync(staging)) rmSync(path.join(staging, name), { recursive: true });
      await page.reload();
      await page.getByTestId('relink-video').waitFor();
    },
  },
];
