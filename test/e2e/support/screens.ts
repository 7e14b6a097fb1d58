/** Steps that many journeys share, in the words that a person sees. */
import { expect, type Locator, type Page } from '@playwright/test';

export const screenLink = (page: Page, name: string): Locator =>
  page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name, exact: true });
export const generateButton = (page: Page): Locator => page.getByRole('button', { name: 'Generate', exact: true });
export const libraryCard = (page: Page): Locator => page.getByTestId('library-card');
export const jobSummary = (page: Page): Locator => page.getByTestId('job-summary');

/** Create with the sample project, all checks passed: from the first run, where the profile is a new one. */
export async function enterSandbox(page: Page, within: { timeout?: number } = {}): Promise<void> {
  const welcome = page.getByRole('button', { name: 'Try it in the sandbox' });
  const character = page.getByRole('img', { name: 'Character: wanderer.jpg' });
  await expect(welcome.or(character)).toBeVisible(within);
  if (await welcome.isVisible()) await welcome.click();
  await expect(character).toBeVisible(within);
  await expect(page.getByText('Everything fits')).toBeVisible(within);
}

/** The same, and then an empty form. */
export async function enterEmpty(page: Page): Promise<void> {
  await enterSandbox(page);
  await page.getByRole('button', { name: 'Remove video' }).click();
  await page.getByRole('button', { name: 'Remove image' }).click();
  await expect(generateButton(page)).toBeDisabled();
}
