/** Every screen passes the automatic rules of WCAG, in both themes, at the smallest window; and the page keeps its own security policy. */
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { axeFindings } from './support/axe.ts';
import { bringTwoShots } from './support/clips.ts';
import { enterSandbox, generateButton, jobSummary, libraryCard, screenLink } from './support/screens.ts';

test.use({ viewport: { width: 1024, height: 700 } });
test.setTimeout(180_000);

async function overflow(page: Page): Promise<{ x: number; y: number }> {
  return page.evaluate(() => ({
    x: document.documentElement.scrollWidth - window.innerWidth,
    y: document.documentElement.scrollHeight - window.innerHeight,
  }));
}

/** Collects instead of stopping: one run tells everything that is wrong. */
function inspector(page: Page, isFirstTheme = true) {
  const problems: Record<string, unknown> = {};
  const look = async (name: string) => {
    const found = await axeFindings(page, isFirstTheme);
    const over = await overflow(page);
    if (found.length > 0) problems[name] = found;
    if (over.x > 0 || over.y > 0) problems[`${name} overflows`] = over;
  };
  return { look, problems };
}

for (const theme of ['Dark', 'Light'] as const) {
  // A theme changes colours and nothing else.
  const tag = theme === 'Light' ? '@long' : [];
  test.describe(`in the ${theme.toLowerCase()} theme`, { tag }, () => {
    const useTheme = async (page: Page) => {
      await screenLink(page, 'Settings').click();
      await page.getByText(theme, { exact: true }).click();
      await expect(page.locator(`html[data-mantine-color-scheme="${theme.toLowerCase()}"]`)).toBeAttached();
    };

    test('every screen as a first user meets it', async ({ restage: { page } }) => {
      const { look, problems } = inspector(page, theme === 'Dark');
      await enterSandbox(page);
      await useTheme(page);
      await look('Settings');
      for (const name of ['Queue', 'Library', 'Elements', 'Usage', 'Prepared', 'Create']) {
        await screenLink(page, name).click();
        await expect(screenLink(page, name)).toHaveAttribute('aria-current', 'page');
        await look(name);
      }
      expect(problems).toEqual({});
    });

    test('every tool of the Create screen, open', { tag: '@long' }, async ({ restage }) => {
      const { page } = restage;
      const { look, problems } = inspector(page, theme === 'Dark');
      await bringTwoShots(restage);
      await useTheme(page);
      await screenLink(page, 'Create').click();
      await page.getByRole('button', { name: /^Split into takes/ }).click();
      await expect(page.getByRole('button', { name: /^Take 1/ })).toBeVisible();
      await look('takes');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Crop', exact: true }).click();
      await page.getByRole('button', { name: '9:16' }).click();
      await look('crop');
      await page.getByRole('button', { name: 'Done' }).click();
      await page.getByRole('button', { name: 'Adjust image crop' }).click();
      await expect(page.getByTestId('crop-box')).toBeVisible();
      await look('crop of the image');
      await page.getByRole('button', { name: 'Adjust image crop' }).click();
      await page.getByRole('button', { name: 'Compare framing' }).click();
      await expect(page.getByTestId('framing')).toBeVisible();
      await look('framing');
      await page.getByTestId('handle-to').focus();
      await look('price beside the handle');
      expect(problems).toEqual({});
    });

    test('queue and library with a result', { tag: '@long' }, async ({ restage: { page } }) => {
      const { look, problems } = inspector(page, theme === 'Dark');
      await enterSandbox(page);
      await generateButton(page).click();
      await expect(jobSummary(page)).toHaveText('1 completed', { timeout: 150_000 });
      await useTheme(page);
      await screenLink(page, 'Queue').click();
      await expect(page.getByTestId('queue-row')).toBeVisible();
      await look('Queue');
      await screenLink(page, 'Library').click();
      await libraryCard(page).click();
      await look('Library, chosen');
      await page.getByRole('button', { name: 'List', exact: true }).click();
      await expect(page.getByTestId('library-row')).toBeVisible();
      await look('Library, list');
      await page.getByTestId('library-row').dblclick();
      await expect(page.getByTestId('library-item')).toBeVisible();
      await look('Library, opened');
      await page.keyboard.press('Escape');
      await screenLink(page, 'Usage').click();
      await expect(page.getByRole('application', { name: /^Bar chart of credits/ })).toBeVisible();
      await look('Usage');
      expect(problems).toEqual({});
    });
  });
}

test.describe('on a new profile', () => {
  test.use({ profile: 'new' });

  test('the welcome', async ({ restage: { page } }) => {
    const { look, problems } = inspector(page);
    await expect(page.getByRole('button', { name: 'Try it in the sandbox' })).toBeVisible();
    await look('first run');
    expect(problems).toEqual({});
  });

  test('nothing on the page breaks its security policy or throws', async ({ restage: { page } }) => {
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.text().includes('Content Security Policy'))
        complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.reload();
    await enterSandbox(page);
    for (const name of ['Prepared', 'Queue', 'Library', 'Elements', 'Usage', 'Settings', 'Create']) {
      await screenLink(page, name).click();
      await expect(screenLink(page, name)).toHaveAttribute('aria-current', 'page');
    }
    expect(complaints).toEqual([]);
  });

  test('C9: text becomes neither markup nor code, whoever writes it into the page', async ({ restage: { page } }) => {
    const refused = await page.evaluate(() => {
      const attempts: Record<string, () => unknown> = {
        innerHTML: () => Object.assign(document.createElement('p'), { innerHTML: '<img src=x onerror=alert(1)>' }),
        insertAdjacentHTML: () => document.body.insertAdjacentHTML('beforeend', '<b></b>'),
        write: () => document.write('<p>'),
        scriptText: () => Object.assign(document.createElement('script'), { text: 'globalThis.wasRun = true' }),
        scriptAddress: () => Object.assign(document.createElement('script'), { src: 'data:text/javascript,0' }),
        frame: () => Object.assign(document.createElement('iframe'), { srcdoc: '<script>0</script>' }),
        policy: () =>
          (window as never as { trustedTypes: { createPolicy(name: string): unknown } }).trustedTypes.createPolicy(
            'mine',
          ),
      };
      return Object.entries(attempts).map(([name, attempt]) => {
        try {
          attempt();
          return `${name} was let through`;
        } catch {
          return name;
        }
      });
    });
    expect(refused).toEqual(refused.map((name) => name.replace(' was let through', '')));
    expect(refused).toHaveLength(7);
    // What the page itself needs: style sheets, as text without a tag.
    await page.evaluate(() => Object.assign(document.createElement('style'), { innerHTML: ':root{--a:1}' }));
  });
});
