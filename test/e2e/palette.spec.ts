/** The command palette: by keys alone, from a field as well, and clean for assistive technology. */
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './fixtures.ts';
import { enterSandbox, screenLink } from './support/screens.ts';

test('opens while typing, goes to a screen, changes the theme, and gives the field back', async ({
  restage: { page },
}) => {
  await enterSandbox(page);
  await page.getByLabel('Prompt').focus();
  await page.keyboard.press('ControlOrMeta+k');
  const field = page.getByRole('combobox', { name: 'Type a command or the name of anything' });
  await expect(field).toBeFocused();
  if (process.env.RESTAGE_LOOK) await page.screenshot({ path: path.join(process.env.RESTAGE_LOOK, 'palette.png') });
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa']).analyze();
  expect(
    violations.map((rule) => `${rule.id}: ${rule.nodes.map((node) => node.target.join(' ')).join(' | ')}`),
  ).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(field).toBeHidden();
  await expect(page.getByLabel('Prompt')).toBeFocused();

  await page.keyboard.press('ControlOrMeta+k');
  await expect(field).toBeFocused();
  await page.keyboard.type('light');
  await page.keyboard.press('Enter');
  await expect(page.locator('html[data-mantine-color-scheme="light"]')).toBeAttached();
  await page.keyboard.press('ControlOrMeta+k');
  await expect(field).toBeFocused();
  // Behind the theme, which was chosen last.
  for (const _ of [1, 2, 3, 4]) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(screenLink(page, 'Queue')).toHaveAttribute('aria-current', 'page');
});
