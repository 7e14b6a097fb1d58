/** The recipe beside a result through the versions: old ones are read whole, newer ones are shown and never written, the form is published. */
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { editItem } from '../../../main/library/edit.ts';
import { shotIdOf } from '../../../main/library/index/shot.ts';
import { rebuildIndex } from '../../../main/library/rebuild.ts';
import { readSidecar, SIDECAR_VERSION } from '../../../main/library/sidecar.ts';
import { type LibraryStore, openLibraryStore } from '../../../main/library/store.ts';
import { jsonSchemaOfSidecar } from '../../../scripts/schema/sidecarSchema.ts';
import { libraryRow, sidecarOfRow } from '../../fixtures/libraryRows.ts';

let home: string;
let library: LibraryStore;
beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'restage-versions-'));
  library = openLibraryStore(home);
});
afterEach(async () => {
  library.close();
  await rm(home, { recursive: true });
});

const row = libraryRow(3, { count: 10 });
const whole = sidecarOfRow(row, { sha256: 'a'.repeat(64), sizeBytes: row.sizeBytes });

/** As the first version wrote it: none of the later fields. */
function firstVersion(): Record<string, unknown> {
  const { flag: _f, isHidden: _h, notes: _n, project: _p, shotId: _s, hasProvenance: _c, ...item } = whole.item;
  const recipe = { ...whole.recipe, project: 'spot' };
  return { ...whole, restage: 1, recipe, item: { ...item, recipe } };
}

async function lay(sidecar: unknown): Promise<{ file: string; id: string }> {
  const file = path.join(home, 'take.restage.json');
  await writeFile(file, JSON.stringify(sidecar));
  await writeFile(path.join(home, 'take.mp4'), 'bytes');
  return { file, id: row.id };
}

it('L5: an old recipe is read with what later versions keep beside it, and is written as a new one', async () => {
  const { file, id } = await lay(firstVersion());
  expect(await rebuildIndex(library, [home], { readsAll: true })).toMatchObject({ present: 1, damaged: [] });
  const item = library.get(id);
  expect(item).toMatchObject({ flag: 'none', isHidden: false, notes: [], project: 'spot', hasProvenance: null });
  expect(item.shotId).toBe(shotIdOf(item.recipe));
  const notes = [{ id: 'n1', atSeconds: 1.5, text: '左手', isDone: false }];
  await editItem(library, id, { flag: 'pick', notes, isHidden: true, project: null });
  expect(readSidecar(file)).toMatchObject({
    restage: SIDECAR_VERSION,
    item: { flag: 'pick', notes, isHidden: true, project: null },
  });
  // A cleared project is no old recipe's: the one of the order does not come back.
  await rebuildIndex(library, [home], { readsAll: true });
  expect(library.get(id)).toMatchObject({ flag: 'pick', notes, isHidden: true, project: null, shotId: item.shotId });
});

it('L5: a newer recipe is shown, and a change of it refused with the way out', async () => {
  const { file, id } = await lay({
    ...whole,
    restage: SIDECAR_VERSION + 1,
    item: { ...row, mood: 'blue' },
    future: { a: 1 },
  });
  expect(await rebuildIndex(library, [home], { readsAll: true })).toMatchObject({ present: 1, damaged: [] });
  const before = await readFile(file, 'utf8');
  await expect(editItem(library, id, { rating: 5 })).rejects.toMatchObject({
    code: 'refused',
    reasons: [
      { rule: 'library.newer', params: { name: row.name, version: SIDECAR_VERSION + 1, known: SIDECAR_VERSION } },
    ],
  });
  expect(await readFile(file, 'utf8')).toBe(before);
  expect(library.get(id).rating).toBe(row.rating);
});

it('L5: what a recipe holds beyond what is known here stays in it', async () => {
  const { file, id } = await lay({ ...whole, item: { ...row, mood: 'blue' }, studio: { shelf: 7 } });
  await rebuildIndex(library, [home], { readsAll: true });
  await editItem(library, id, { rating: 1 });
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({
    studio: { shelf: 7 },
    item: { mood: 'blue', rating: 1 },
  });
});

it('L5: a record that would be too long to be read again is refused, and nothing is written', async () => {
  const { file, id } = await lay(whole);
  await rebuildIndex(library, [home], { readsAll: true });
  const before = await readFile(file, 'utf8');
  const notes = Array.from({ length: 200 }, (_, n) => ({
    id: `n${n}`,
    atSeconds: n,
    text: 'x'.repeat(1000),
    isDone: false,
  }));
  await expect(editItem(library, id, { notes })).rejects.toMatchObject({ reasons: [{ rule: 'library.recordLong' }] });
  expect(await readFile(file, 'utf8')).toBe(before);
});

it('L5: the published form is the one that is used', () => {
  const published = readFileSync(
    path.resolve(import.meta.dirname, '../../../docs/restage-sidecar.schema.json'),
    'utf8',
  );
  expect(published).toBe(jsonSchemaOfSidecar());
});
