/** The page as a host serves it: its first picture has the theme and the size that Settings know. */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createPageFiles, type PageLook } from '../../../main/hosts/pageFiles.ts';
import { interfaceScales } from '../../../shared/rules/interfaceScale.ts';

const folder = path.resolve(import.meta.dirname, '../../../renderer');

async function served(look: PageLook | null): Promise<string> {
  return (await createPageFiles({ folder, look: async () => look }).respond('')).text();
}

describe('the first picture', () => {
  it.each(interfaceScales)('scale: at %s %% is drawn at that size before any script', async (interfaceScalePercent) => {
    const html = await served({ theme: 'system', hasShell: true, interfaceScalePercent });
    const marks = `data-mantine-color-scheme="dark" data-scale="${interfaceScalePercent}" data-follows-system data-shell`;
    expect(html).toContain(`<html lang="en" ${marks}>`);
    const rule = html.match(new RegExp(`html\\[data-scale="${interfaceScalePercent}"\\] body \\{\\s*zoom: ([\\d.]+);`));
    // Without a rule the body is as large as it is.
    expect(Number(rule?.[1] ?? 1)).toBe(interfaceScalePercent / 100);
  });

  it('is the usual one where the app does not say', async () => {
    expect(await served(null)).toContain('<html lang="en" data-mantine-color-scheme="dark">');
  });
});
