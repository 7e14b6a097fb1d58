/** What the automatic rules of WCAG 2.1 A and AA say of a page. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** A theme changes colours and nothing else: of the second one the contrast is looked at, the only rule about colours. */
export async function axeFindings(page: Page, isFirstTheme: boolean): Promise<string[]> {
  // In its own page rather than one more per run; there are no frames to gather from.
  const axe = new AxeBuilder({ page }).setLegacyMode();
  const { violations } = await (isFirstTheme
    ? axe
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
        // Experimental: takes decoration, such as the length printed on a still, for a part of the label.
        .disableRules('label-content-name-mismatch')
    : axe.withRules(['color-contrast', 'link-in-text-block'])
  ).analyze();
  return violations.map((rule) => `${rule.id}: ${rule.nodes.map(({ target }) => target.join(' ')).join(' | ')}`);
}
