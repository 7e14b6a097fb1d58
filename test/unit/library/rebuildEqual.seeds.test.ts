/** An index that was thrown away comes back from the recipes as it was: every column of every row, every word, every tag. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { changeItems } from '../../../main/library/edit.ts';
import { rebuildIndex } from '../../../main/library/rebuild.ts';
import { sidecarText } from '../../../main/library/sidecar.ts';
import { type LibraryStore, openLibraryStore } from '../../../main/library/store.ts';
import { openDatabase, type Row } from '../../../main/storage/sqlite.ts';
import { libraryRow, sidecarOfRow } from '../../fixtures/libraryRows.ts';
import { runsOf, seedOf } from '../../fixtures/runs.ts';

let home = '';
afterEach(() => rm(home, { recursive: true, force: true }));

const tables = {
  items: 'SELECT * FROM items ORDER BY number',
  records: 'SELECT * FROM records ORDER BY number',
  tags: 'SELECT * FROM tags ORDER BY number, key',
  // The words themselves: which stand in which column of which row, and where.
  words: `SELECT * FROM temp.vocabulary ORDER BY doc, col, "offset"`,
};

function everything(): Record<string, Row[]> {
  const db = openDatabase(path.join(home, 'library.db'), { synchronous: 'NORMAL', migrations: [], readOnly: true });
  db.exec(`CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab('main', 'found', 'instance')`);
  const rows = Object.fromEntries(Object.entries(tables).map(([name, sql]) => [name, db.all(sql)]));
  db.close();
  // A record is its fields, in whatever order they were written.
  const records = rows.records?.map((row) => ({ ...row, record: sorted(JSON.parse(String(row.record))) })) ?? [];
  return { ...rows, records };
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, of]) => [key, sorted(of)]),
  );
}

async function forget(library: LibraryStore): Promise<LibraryStore> {
  library.close();
  for (const suffix of ['', '-wal', '-shm']) await rm(path.join(home, `library.db${suffix}`), { force: true });
  return openLibraryStore(home);
}

it('L4: a rebuilt index equals the old one row for row', async () => {
  const count = runsOf('REBUILD', { short: 300, long: 10_000 });
  const seed = seedOf('REBUILD', 1);
  home = await mkdtemp(path.join(tmpdir(), 'restage-equal-'));
  const folder = path.join(home, 'library');
  let library = openLibraryStore(home);
  await mkdir(folder);
  for (let n = 0; n < count; n += 1) {
    const row = libraryRow(n, { count, seed });
    const base = path.join(folder, row.name);
    const item = { ...row, file: `${base}.mp4`, sidecar: `${base}.restage.json` };
    const content = { sha256: String(n).padStart(64, '0'), sizeBytes: row.sizeBytes };
    await writeFile(item.file, '');
    await writeFile(item.sidecar, sidecarText(sidecarOfRow(item, content)));
    library.put({ ...item, state: 'present' }, content);
  }
  // What people do to results goes into the recipes first.
  const ids = Array.from({ length: Math.min(40, count) }, (_, n) => `row${n * Math.floor(count / 40)}`);
  const { failed } = await changeItems(library, [
    { ids, set: { rating: 5, flag: 'reject', note: 'メモ' }, addTags: ['新しい', 'tag "q"'] },
    { ids: ids.slice(0, 5), set: { isHidden: true, project: 'プロジェクト', name: '改名' } },
    {
      ids: ids.slice(3, 9),
      removeTags: ['新しい'],
      set: { notes: [{ id: 'n', atSeconds: 2, text: 'notiz', isDone: true }] },
    },
  ]);
  expect(failed).toEqual([]);
  const before = everything();
  expect(before.items).toHaveLength(count);
  expect(before.words?.length).toBeGreaterThan(count * 50);
  library = await forget(library);
  expect(await rebuildIndex(library, [folder], { readsAll: true })).toMatchObject({ present: count, damaged: [] });
  const after = everything();
  for (const name of Object.keys(tables)) {
    expect(after[name]?.length, name).toBe(before[name]?.length);
    const differs =
      before[name]?.findIndex((row, at) => JSON.stringify(row) !== JSON.stringify(after[name]?.[at])) ?? -1;
    expect([name, differs, after[name]?.[differs]]).toEqual([name, -1, undefined]);
  }
  // And once more over what is there: nothing moves.
  await rebuildIndex(library, [folder], { readsAll: true });
  expect(everything().items).toEqual(after.items);
  library.close();
}, 1_200_000);

it('L8: what was changed is brought back exactly by what the change answered', async () => {
  home = await mkdtemp(path.join(tmpdir(), 'restage-undo-'));
  const library = openLibraryStore(home);
  for (let n = 0; n < 30; n += 1) {
    const row = libraryRow(n, { count: 30 });
    const base = path.join(home, row.id);
    const item = { ...row, file: `${base}.mp4`, sidecar: `${base}.restage.json` };
    await writeFile(item.sidecar, sidecarText(sidecarOfRow(item, { sha256: 'x', sizeBytes: 1 })));
    library.put({ ...item, state: 'missing' });
  }
  const before = everything();
  const ids = Array.from({ length: 30 }, (_, n) => `row${n}`);
  const first = await changeItems(library, [
    { ids, addTags: ['a', 'HERO', 'b'], set: { rating: 2 } },
    { ids: ids.slice(4, 20), removeTags: ['a', 'winter'], set: { flag: 'pick', project: 'x', isHidden: true } },
    { ids: [...ids.slice(0, 3), 'nobody'], set: { name: 'other', note: '' } },
  ]);
  expect(first.failed.map(({ id, error }) => [id, error.code])).toEqual([['nobody', 'notFound']]);
  expect(first.items).toHaveLength(30);
  expect(everything().items).not.toEqual(before.items);
  const second = await changeItems(library, first.undo);
  expect(everything()).toEqual(before);
  // The way back has a way back of its own.
  await changeItems(library, second.undo);
  expect(library.get('row5').tags).toContain('b');
  library.close();
});
