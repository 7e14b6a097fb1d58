/** An index of an older version is taken over: what only it knew is not lost, what is no result is left out. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { migrations } from '../../../main/library/index/schema.ts';
import { isLibraryReadable, openLibraryStore } from '../../../main/library/store.ts';
import { openDatabase } from '../../../main/storage/sqlite.ts';
import { listOf } from '../../fixtures/libraryQuery.ts';
import { libraryRow } from '../../fixtures/libraryRows.ts';

it('L1: rows of the second version come over with their content, and are found by the new words', async () => {
  const home = await mkdtemp(path.join(tmpdir(), 'restage-earlier-'));
  const file = path.join(home, 'library.db');
  const old = openDatabase(file, { synchronous: 'NORMAL', migrations: migrations.slice(0, 2) });
  const {
    flag: _f,
    isHidden: _h,
    notes: _n,
    project: _p,
    shotId: _s,
    hasProvenance: _c,
    ...first
  } = libraryRow(1, { count: 9 });
  const rows = [
    { ...first, id: 'one', name: '踊る one', state: 'present' },
    { ...first, id: 'two', createdAt: '2026-01-01T00:00:00Z', state: 'present' },
    { ...first, id: '../no-result', state: 'present' },
  ];
  for (const row of rows)
    old.run(
      'INSERT INTO items (id, created_at, folder, item, words, content_sha256) VALUES (?, ?, ?, ?, ?, ?)',
      ...[row.id, row.createdAt, '/nowhere', JSON.stringify(row), row.name, row.id === 'one' ? 'abc' : null],
    );
  old.close();
  // Only who opens the profile may take it over.
  expect(isLibraryReadable(home)).toBe(false);
  const library = openLibraryStore(home);
  expect(library.list(listOf()).items.map(({ id }) => id)).toEqual(['two', 'one']);
  expect(library.list(listOf({ query: '踊る' })).items).toMatchObject([
    { id: 'one', flag: 'none', isHidden: false, notes: [] },
  ]);
  expect(library.get('one').shotId).toBe(library.get('two').shotId);
  expect([library.get('one').take, library.get('two').take]).toEqual([1, 2]);
  expect(library.contentOf('one')).toEqual({ sha256: 'abc', sizeBytes: first.sizeBytes });
  library.close();
  expect(isLibraryReadable(home)).toBe(true);
  const reader = openLibraryStore(home, { readOnly: true });
  expect(reader.list(listOf({ query: '踊' })).items).toHaveLength(1);
  expect((await reader.facets({ query: '踊' })).flags).toMatchObject([{ value: 'flag:none', count: 1 }]);
  reader.close();
  await rm(home, { recursive: true });
});

it('L1: a profile without an index reads as an empty one', async () => {
  const home = await mkdtemp(path.join(tmpdir(), 'restage-none-'));
  expect(isLibraryReadable(home)).toBe(true);
  const reader = openLibraryStore(home, { readOnly: true });
  expect(reader.list(listOf())).toEqual({ items: [], next: null, problems: [] });
  reader.close();
  await rm(home, { recursive: true });
});
