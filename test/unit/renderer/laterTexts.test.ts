/** What the page shows from its start must not wait for the later texts: no part that is loaded with it may speak of their areas. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { later } from '../../../shared/i18n/en/later.ts';
import { page } from '../../../shared/i18n/en/page.ts';

const start = path.resolve(import.meta.dirname, '../../../renderer/main.tsx');

/** Every module that comes with the page: along the imports that are not made later. */
function modulesOfStart(): Map<string, string> {
  const sources = new Map<string, string>();
  const waiting = [start];
  for (let file = waiting.pop(); file; file = waiting.pop()) {
    if (sources.has(file) || !/\.tsx?$/.test(file) || !existsSync(file)) continue;
    const source = readFileSync(file, 'utf8');
    sources.set(file, source);
    for (const [, from] of source.matchAll(/^(?:import|export) (?!type\b)[^;]*?from '(\.[^']+)';/gms))
      waiting.push(path.resolve(path.dirname(file), from ?? ''));
  }
  return sources;
}

it('the start says nothing in the texts that come after it', () => {
  const sources = modulesOfStart();
  expect(sources.size).toBeGreaterThan(80);
  const areas = Object.keys(later).join('|');
  const spoken = new RegExp(`\\b(?:t|find|withKey|nameOf)\\(\\s*(?:[^()]*\\? *)?['\`](?:${areas})\\.`, 'g');
  const found = [...sources].flatMap(([file, source]) =>
    [...source.matchAll(spoken)].map(([text]) => `${path.relative(start, file)}: ${text}`),
  );
  expect(found).toEqual([]);
});

it('an area belongs to one of the two', () => {
  expect(Object.keys(later).filter((area) => area in page)).toEqual([]);
});
