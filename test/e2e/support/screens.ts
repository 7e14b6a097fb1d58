/** Steps that many journeys share, in the words that a person sees. */
import type { Locator, Page } from '@playwright/test';
import { expect } from '../fixtures.ts';

export const screenLink = (page: Page, name: string): Locator =>
  page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name, exact: true });
export const generateButton = (page: Page): Locator => page.getByRole('button', { name: 'Generate', exact: true });
export const libraryCard = (page: Page): Locator => page.getByTestId('library-card');
export const jobSummary = (page: Page): Locator => page.getByTestId('job-summary');

/** First run → Create with the sample project, all checks passed. */
export async function enterSandbox(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Try it in the sandbox' }).click();
  await expect(page.getByRole('img', { name: 'Character: wanderer.jpg' })).toBeVisible();
  await expect(page.getByText('Everything fits')).toBeVisible();
}

/** The same, and then an empty form. */
export async function enterEmpty(page: Page): Promise<void> {
  await enterSandbox(page);
  await page.getByRole('button', { name: 'Remove video' }).click();
  await page.getByRole('button', { name: 'Remove image' }).click();
  await expect(generateButton(page)).toBeDisabled();
}
