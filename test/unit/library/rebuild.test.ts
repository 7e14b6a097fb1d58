/** The index from sidecars and media alone: whatever a person does to files inside the folder, no result is forgotten and none is mistaken. */
import { copyFile, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { arrive } from '../../../main/library/arrive.ts';
import { editItem } from '../../../main/library/edit.ts';
import { systemFiles } from '../../../main/library/files.ts';
import { lookThrough } from '../../../main/library/look.ts';
import { rebuildIndex } from '../../../main/library/rebuild.ts';
import { type LibraryStore, openLibraryStore } from '../../../main/library/store.ts';
import type { MediaService } from '../../../main/services.ts';
import type { LibraryItem } from '../../../shared/contract/library.ts';
import type { VideoFacts } from '../../../shared/contract/media.ts';
import { listOf } from '../../fixtures/libraryQuery.ts';
import { sidecarOf } from './sidecarOf.ts';

/** All that arriving asks of media: that the file is a video. */
const media = { readFacts: async () => ({ kind: 'video' }) as VideoFacts } as unknown as MediaService;

let home: string;
let folder: string;
let library: LibraryStore;
beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'restage-rebuild-'));
  folder = path.join(home, 'library');
  await mkdir(folder);
  library = openLibraryStore(home);
});
afterEach(async () => {
  library.close();
  await rm(home, { recursive: true });
});

async function make(jobId: string, baseName: string, bytes = `bytes of ${jobId}`): Promise<LibraryItem> {
  const partPath = path.join(home, `${jobId}.part`);
  await writeFile(partPath, bytes);
  const describe = (file: Parameters<typeof sidecarOf>[1]) => sidecarOf(jobId, file, bytes.length);
  return arrive({ partPath, folder, baseName, jobId, describe }, { media, library });
}

const rebuild = (readsAll = true) => rebuildIndex(library, [folder], { readsAll });

/** library.db is thrown away: what is there afterwards comes from the folder alone. */
async function forget(): Promise<void> {
  library.close();
  for (const suffix of ['', '-wal', '-shm']) await rm(path.join(home, `library.db${suffix}`), { force: true });
  library = openLibraryStore(home);
}

it('brings every result back with its stars and tags when library.db is gone', async () => {
  await make('one', '踊る 🕺');
  await make('two', '踊る 🕺');
  await editItem(library, 'two', { rating: 4, tags: ['winter', '冬'], note: 'best', name: 'the take' });
  const before = [library.get('one'), library.get('two')];
  await forget();
  expect(await rebuild()).toMatchObject({ present: 2, missing: 0, moved: [], damaged: [], strays: [] });
  expect([library.get('one'), library.get('two')]).toEqual(before);
  expect(library.list(listOf({ query: '冬' })).items.map(({ id }) => id)).toEqual(['two']);
});

it('finds a renamed file and one in another folder by content, also without the old index; the rest is missing, not forgotten', async () => {
  const [one, two, three] = [await make('one', 'a'), await make('two', 'b'), await make('three', 'c')];
  await mkdir(path.join(folder, '選択', 'deep'), { recursive: true });
  const renamed = path.join(folder, 'final cut v2.MP4');
  const elsewhere = path.join(folder, '選択', 'deep', 'b.mp4');
  await rename(one.file, renamed);
  await rename(two.file, elsewhere);
  await rm(three.file);
  const expected = [
    ['one', renamed, 'present'],
    ['two', elsewhere, 'present'],
    ['three', three.file, 'missing'],
  ];
  const seen = () => ['one', 'two', 'three'].map((id) => library.get(id)).map((i) => [i.id, i.file, i.state]);
  expect(seen().map(([, , state]) => state)).toEqual(['present', 'present', 'present']);
  await lookThrough(library, { files: systemFiles });
  expect(seen().map(([, , state]) => state)).toEqual(['missing', 'missing', 'missing']);
  const quick = await rebuild(false);
  expect([quick.present, quick.missing, quick.moved.map(({ id }) => id).sort()]).toEqual([2, 1, ['one', 'two']]);
  expect(seen()).toEqual(expected);
  // Stars given now go into the recipe that stayed where it was.
  await editItem(library, 'one', { rating: 5 });
  await forget();
  expect(await rebuild()).toMatchObject({ present: 2, missing: 1, strays: [] });
  expect(seen()).toEqual(expected);
  expect(library.get('one').rating).toBe(5);
  await rename(renamed, one.file);
  await rebuild(false);
  expect(library.get('one')).toMatchObject({ state: 'present', file: one.file });
});

it('follows file and recipe that were moved together, and a recipe that was moved alone', async () => {
  const [one, two] = [await make('one', 'a'), await make('two', 'b')];
  const sub = path.join(folder, 'sub');
  await mkdir(sub);
  await rename(one.file, path.join(sub, 'x.mp4'));
  await rename(one.sidecar, path.join(sub, 'x.restage.json'));
  await rename(two.sidecar, path.join(sub, 'b.restage.json'));
  expect((await rebuild(false)).moved.map(({ id }) => id).sort()).toEqual(['one', 'two']);
  expect(library.get('one')).toMatchObject({ state: 'present', sidecar: path.join(sub, 'x.restage.json') });
  expect(library.get('two')).toMatchObject({ file: two.file, sidecar: path.join(sub, 'b.restage.json') });
  await editItem(library, 'two', { note: 'still writable' });
  await forget();
  await rebuild();
  expect(library.get('two')).toMatchObject({ state: 'present', file: two.file, note: 'still writable' });
});

it('takes no other bytes of the same size for a lost file, and copies change nothing', async () => {
  const one = await make('one', 'a', '1234567890');
  await copyFile(one.file, path.join(folder, 'a copy.mp4'));
  await copyFile(one.sidecar, path.join(folder, 'a copy.restage.json'));
  expect(await rebuild()).toMatchObject({ present: 1, moved: [] });
  expect(library.get('one').file).toBe(one.file);
  const two = await make('two', 'b', '2345678901');
  await rm(two.file);
  await writeFile(path.join(folder, 'other.mp4'), '9999999999');
  const report = await rebuild();
  expect(report).toMatchObject({ present: 1, missing: 1, strays: [path.join(folder, 'other.mp4')] });
  expect(library.get('two').state).toBe('missing');
});

it('keeps what only the index knows: a file without its recipe, a folder that is away', async () => {
  const one = await make('one', 'a');
  const two = await make('two', 'b');
  await rm(one.sidecar);
  await rename(one.file, path.join(folder, 'elsewhere.mp4'));
  await rebuild(false);
  expect(library.get('one')).toMatchObject({ state: 'present', file: path.join(folder, 'elsewhere.mp4') });
  await rename(folder, `${folder} unplugged`);
  expect(await rebuild()).toMatchObject({ present: 0, missing: 2 });
  await rename(`${folder} unplugged`, folder);
  expect(await rebuild()).toMatchObject({ present: 2, missing: 0 });
  expect(library.get('two')).toEqual(two);
});

it('leaves what it cannot read alone and names it', async () => {
  await make('one', 'a');
  const damaged = path.join(folder, 'x.restage.json');
  await writeFile(damaged, '{"restage":1');
  await writeFile(path.join(folder, 'holiday.mp4'), 'mine');
  const before = await readdir(folder);
  expect(await rebuild()).toMatchObject({ present: 1, damaged: [damaged], strays: [path.join(folder, 'holiday.mp4')] });
  expect(await readdir(folder)).toEqual(before);
});
