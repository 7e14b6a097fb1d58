/** Throwing away and putting back: whole, repeatable after a kill at any step, and never onto somebody else's file. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { arrive } from '../../../main/library/arrive.ts';
import { editItem } from '../../../main/library/edit.ts';
import { rebuildIndex } from '../../../main/library/rebuild.ts';
import { type LibraryStore, openLibraryStore } from '../../../main/library/store.ts';
import { deleteForGood, listTrash, moveToTrash, putBack, TRASH_FOLDER } from '../../../main/library/trash.ts';
import type { MediaService } from '../../../main/services.ts';
import type { LibraryItem } from '../../../shared/contract/library.ts';
import type { VideoFacts } from '../../../shared/contract/media.ts';
import { listOf } from '../../fixtures/libraryQuery.ts';
import { sidecarOf } from './sidecarOf.ts';

/** All that arriving asks of media: that the file is a video. */
const media = { readFacts: async () => ({ kind: 'video' }) as VideoFacts } as unknown as MediaService;
const nowMs = Date.parse('2026-03-01T12:00:00Z');

let home: string;
let folder: string;
let library: LibraryStore;
beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'restage-trash-'));
  folder = path.join(home, 'library');
  await mkdir(folder);
  library = openLibraryStore(home);
});
afterEach(async () => {
  library.close();
  await rm(home, { recursive: true });
});

async function make(jobId: string, baseName: string): Promise<LibraryItem> {
  const bytes = `bytes of ${jobId}`;
  const partPath = path.join(home, `${jobId}.part`);
  await writeFile(partPath, bytes);
  const describe = (file: Parameters<typeof sidecarOf>[1]) => sidecarOf(jobId, file, bytes.length);
  return arrive({ partPath, folder, baseName, jobId, describe }, { media, library });
}

const visible = async () => (await readdir(folder)).filter((name) => !name.startsWith('.')).sort();

it('takes a result out with its recipe and brings both back as they were, stars and tags included', async () => {
  await make('one', '踊る');
  const before = await editItem(library, 'one', { rating: 4, tags: ['冬'] });
  const trashed = await moveToTrash(library, 'one', nowMs);
  expect(trashed).toMatchObject({ id: 'one', name: before.name, trashedAt: '2026-03-01T12:00:00.000Z' });
  expect(await visible()).toEqual([]);
  expect(library.list(listOf()).items).toEqual([]);
  // A look through the folders finds nothing of it, neither as a result nor as a stray.
  expect(await rebuildIndex(library, [folder], { readsAll: true })).toMatchObject({
    present: 0,
    missing: 0,
    strays: [],
  });
  expect(await listTrash([folder])).toEqual([trashed]);

  expect(await putBack(library, [folder], 'one')).toEqual(before);
  expect(library.get('one')).toEqual(before);
  expect(await readFile(before.file, 'utf8')).toBe('bytes of one');
  expect(await readdir(folder)).toEqual(await visible());
  // Still known by its content.
  await rename(before.file, path.join(folder, 'renamed.mp4'));
  expect((await rebuildIndex(library, [folder], { readsAll: false })).moved.map(({ id }) => id)).toEqual(['one']);
});

it('gives a result that comes back another name where its own was taken meanwhile', async () => {
  const first = await make('one', 'take');
  await moveToTrash(library, 'one', nowMs);
  const second = await make('two', 'take');
  expect(second.file).toBe(first.file);
  const back = await putBack(library, [folder], 'one');
  expect(path.basename(back.file)).toBe('take 2.mp4');
  expect(await readFile(second.file, 'utf8')).toBe('bytes of two');
  expect(await readFile(back.file, 'utf8')).toBe('bytes of one');
  expect(await visible()).toEqual(['take 2.mp4', 'take 2.restage.json', 'take.mp4', 'take.restage.json']);
});

it('brings back what a kill left halfway, on either way', async () => {
  const { file, sidecar } = await make('one', 'take');
  const place = path.join(folder, TRASH_FOLDER, 'one');
  await moveToTrash(library, 'one', nowMs);
  // Killed while it was put back, between the recipe and the video.
  await rename(path.join(place, 'take.restage.json'), sidecar);
  expect(await putBack(library, [folder], 'one')).toMatchObject({ file, state: 'present' });
  expect(await visible()).toEqual(['take.mp4', 'take.restage.json']);
  // Killed while it was thrown away, between the video and the recipe: the index still knows it, as missing.
  const known = library.get('one');
  await moveToTrash(library, 'one', nowMs);
  await rename(path.join(place, 'take.restage.json'), sidecar);
  library.put(known);
  await moveToTrash(library, 'one', nowMs);
  expect(await visible()).toEqual([]);
  expect(await putBack(library, [folder], 'one')).toMatchObject({ file, state: 'present' });
});

it('takes out a result whose file is gone, and brings it back as missing', async () => {
  const { file } = await make('one', 'take');
  await rm(file);
  await moveToTrash(library, 'one', nowMs);
  expect(await visible()).toEqual([]);
  expect(await putBack(library, [folder], 'one')).toMatchObject({ file, state: 'missing' });
  expect(await visible()).toEqual(['take.restage.json']);
});

it('deletes for good only what is named, and knows a result that is not there', async () => {
  await make('one', 'a');
  await make('two', 'b');
  await moveToTrash(library, 'one', nowMs);
  await moveToTrash(library, 'two', nowMs + 1000);
  expect((await listTrash([folder])).map(({ id }) => id)).toEqual(['two', 'one']);
  expect(await deleteForGood([folder], ['one', 'nobody'])).toBe(1);
  await expect(putBack(library, [folder], 'one')).rejects.toMatchObject({ code: 'notFound' });
  expect(await putBack(library, [folder], 'two')).toMatchObject({ id: 'two', state: 'present' });
  expect(existsSync(path.join(folder, TRASH_FOLDER))).toBe(false);
});
