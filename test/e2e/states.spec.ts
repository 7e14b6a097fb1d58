/** Every state that is pictured: in three languages, at the smallest window and a large one, no text is cut off or lies over other text; and axe finds nothing in either theme. */
import type { Page } from '@playwright/test';
import { applyLook } from '../../scripts/screenshots/pageSteps.ts';
import { payingShots } from '../../scripts/screenshots/payingShots.ts';
import type { Shot } from '../../scripts/screenshots/shot.ts';
import { shots } from '../../scripts/screenshots/shots.ts';
import { isTimeOver } from '../fixtures/runs.ts';
import type { TestSandbox } from '../integration/sandbox/harness.ts';
import { expect, type Restage } from './fixtures.ts';
import { axeFindings } from './support/axe.ts';
import { test } from './support/paying.ts';
import { textFaults } from './support/textFaults.ts';

const languages = ['ja', 'ko', 'en'] as const;
const themes = ['light', 'dark'] as const;
const sizes = [
  { width: 1600, height: 1000 },
  { width: 1024, height: 700 },
] as const;
/** A narrow window and a page of twice the size (WCAG 1.4.10, 1.4.4). */
const reflows = [
  { name: '800 px', size: { width: 800, height: 900 }, interfaceScalePercent: 100 },
  { name: '200 %', size: { width: 1600, height: 1000 }, interfaceScalePercent: 200 },
] as const;

// The first state that is looked at is the welcome. A trace would keep a copy of each of hundreds of pages.
test.use({ profile: 'new', trace: 'off' });
test.setTimeout(900_000);
test.beforeEach(() => test.skip(isTimeOver(), 'no time was left: npm run test:long takes it'));

/** Two frames after the last change: sizes have been taken over. */
const settled = (page: Page) =>
  page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));

async function lookAtAll(shots: readonly Shot[], { page, ...folders }: Restage, evolink: TestSandbox): Promise<void> {
  /** All of them instead of the first: one run tells everything that is wrong. */
  const found: Record<string, string[]> = {};
  const note = (state: string, faults: string[]) => {
    if (faults.length > 0) found[state] = faults;
  };
  for (const shot of shots) {
    await shot.arrange(page, { ...folders, evolink });
    for (const language of languages) {
      await applyLook(page, { language });
      for (const size of sizes) {
        await page.setViewportSize(size);
        await settled(page);
        note(`${shot.name} ${language} ${size.width}`, await textFaults(page));
      }
    }
    // In the language that was spoken last.
    for (const { name, size, interfaceScalePercent } of reflows) {
      await page.setViewportSize(size);
      await applyLook(page, { interfaceScalePercent });
      await settled(page);
      note(`${shot.name} en at ${name}`, await textFaults(page));
    }
    await applyLook(page, { interfaceScalePercent: 100 });
    await page.setViewportSize(sizes[1]);
    for (const theme of themes) {
      await applyLook(page, { theme });
      note(`${shot.name} axe ${theme}`, await axeFindings(page, theme === themes[0]));
    }
  }
  expect(found).toEqual({});
}

test.describe('every state reads well in every language, and for assistive technology', () => {
  test('in the sandbox', { tag: '@long' }, ({ restage, evolink }) => lookAtAll(shots, restage, evolink));
  test('on an account that pays', { tag: '@long' }, ({ restage, evolink }) => lookAtAll(payingShots, restage, evolink));
});
