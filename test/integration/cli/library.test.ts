/** `restage library …` as a person and a script use it: lists, queries with a mistake, import, verify. */
import { appendFile, mkdir, rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fillLibrary } from '../../fixtures/fillLibrary.ts';
import { makeClip, toolPaths } from '../sandbox/harness.ts';
import { openShell, type Shell } from './commandLine.ts';

const COUNT = 30;
let shell: Shell;
beforeAll(async () => {
  shell = await openShell();
  const { profileDir, libraryDir } = shell;
  await fillLibrary({ profileDir, libraryDir, count: COUNT, ffmpeg: toolPaths().ffmpeg });
}, 120_000);
afterAll(() => shell.remove());

const ids = (document: Record<string, unknown>) => (document.items as { id: string }[]).map(({ id }) => id);

test('L19: list sorts, search takes the grammar, and both read beside the app', async () => {
  const all = await shell.json(['library', 'list', '--sort', 'rating', '--ascending']);
  expect(all.code).toBe(0);
  const ratings = (all.document.items as { rating: number }[]).map(({ rating }) => rating);
  expect(ratings).toEqual(ratings.toSorted((a, b) => a - b));
  const picks = await shell.json(['library', 'search', 'flag:pick', 'rating>=3', '--sort', 'name']);
  expect(picks.document.problems).toEqual([]);
  for (const item of picks.document.items as { flag: string; rating: number }[])
    expect([item.flag, item.rating >= 3]).toEqual(['pick', true]);
  expect(picks.document.total).toBeGreaterThan(0);
  const missed = await shell.json(['library', 'search', 'zebra']);
  expect(ids(missed.document)).toEqual([]);
});

test('L19: a mistake in a query is underlined with its reason, and the rest of it holds', async () => {
  const { code, stdout } = await shell.run(['library', 'search', 'flag:pick', 'ratng:4']);
  expect(code).toBe(0);
  const [query, underline, reason] = stdout.split('\n');
  expect(query).toBe('flag:pick ratng:4');
  expect(underline).toBe('          ~~~~~~~');
  expect(reason).toContain('ratng');
  const right = await shell.json(['library', 'search', 'flag:pick']);
  const wrong = await shell.json(['library', 'search', 'flag:pick', 'ratng:4']);
  expect(ids(wrong.document)).toEqual(ids(right.document));
  expect(wrong.document.problems).toMatchObject([{ from: 10, to: 17, rule: 'field', params: { field: 'ratng' } }]);
});

test('L19: import takes a folder in, a second time nothing; verify ends with 1 when a master is another one', async () => {
  const films = shell.path('films');
  await mkdir(films);
  const clip = await makeClip(films, 'take', { seconds: 1 });
  const first = await shell.json(['library', 'import', 'films']);
  expect(first).toMatchObject({ code: 0, document: { known: [], unreadable: [], isComplete: true } });
  expect(first.document.ids).toHaveLength(1);
  expect((await shell.json(['library', 'import', 'films', '--copy'])).document.ids).toEqual([]);
  const found = await shell.json(['library', 'search', 'is:imported']);
  expect(found.document.items).toMatchObject([{ file: clip, recipe: null }]);
  const good = await shell.json(['library', 'verify']);
  expect(good).toMatchObject({ code: 0, document: { intact: COUNT + 1, changed: [], missing: [], unhashed: [] } });
  await appendFile(clip, 'x');
  const bad = await shell.json(['library', 'verify']);
  expect(bad).toMatchObject({ code: 1, document: { changed: [{ file: clip }], missing: [] } });
  await rm(clip);
  const { code, stdout } = await shell.run(['library', 'verify']);
  expect(code).toBe(1);
  expect(stdout).toContain(clip);
  const refused = await shell.json(['library', 'import', 'nowhere']);
  expect(refused).toMatchObject({ code: 2, document: { error: { code: 'refused' } } });
});
