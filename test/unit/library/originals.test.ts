/** Where originals lie and what they are called; one copy of one content; two changes of one recipe at once. */
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { editItem } from '../../../main/library/edit.ts';
import { systemFiles } from '../../../main/library/files.ts';
import { projectFolder } from '../../../main/library/folder.ts';
import { keepFile } from '../../../main/library/originals/keepFile.ts';
import { hashInName, isKeptOriginal, originalName } from '../../../main/library/originals/place.ts';
import { scanLibrary } from '../../../main/library/scan.ts';
import { readSidecar, sidecarText, sidecarWithOriginals } from '../../../main/library/sidecar.ts';
import { inSidecarTurn } from '../../../main/library/sidecarTurn.ts';
import { openLibraryStore } from '../../../main/library/store.ts';
import { writeFileSafely } from '../../../main/storage/files.ts';
import { sidecarOf } from './sidecarOf.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'restage-originals-'));
});
afterEach(() => rm(home, { recursive: true }));

const hash = 'a'.repeat(64);

it('L6 originals: are called by their bytes and keep an ending that is one; nothing else in such a folder is taken for one', () => {
  expect(originalName(hash, '踊る.MOV')).toBe(`${hash}.mov`);
  for (const name of ['no ending', 'a.b/../c', 'x.ending-too-long', '.'])
    expect(originalName(hash, name)).toBe(`${hash}.bin`);
  expect(hashInName(originalName(hash, 'a.mp4'))).toBe(hash);
  expect(isKeptOriginal(`/any/where/Originals/${hash}.mp4`)).toBe(true);
  for (const file of [
    `/shoot/originals/A001.mov`,
    `/originals/${hash}.mp4/x.mp4`,
    `/lib/${hash}.mp4`,
    `/originals/.${hash}.mp4`,
  ])
    expect([file, isKeptOriginal(file)]).toEqual([file, false]);
  expect(path.basename(projectFolder('/lib', 'ORIGINALS'))).toBe('ORIGINALS_');
});

it('L6 originals: a look through folders passes them by, and takes a person’s own videos in a folder of that name', async () => {
  await mkdir(path.join(home, 'originals'));
  await writeFile(path.join(home, 'originals', `${hash}.mp4`), 'kept');
  await writeFile(path.join(home, 'originals', 'A001.mov'), 'shot');
  expect((await scanLibrary([home])).loose).toEqual([path.join(home, 'originals', 'A001.mov')]);
});

it('L6 originals: of many that keep one content at once, also under other endings, one file is left and no half one', async () => {
  const text = 'bytes of a clip';
  const source = path.join(home, 'source');
  await writeFile(source, text);
  const { signal } = new AbortController();
  const keep = (name: string, isIt = true) =>
    keepFile({ source, name, sizeBytes: text.length, libraryDir: home, isIt: async () => isIt, signal });
  const sha256 = createHash('sha256').update(text).digest('hex');
  expect(await keep('a.mp4')).toEqual({ sha256, sizeBytes: text.length });
  await Promise.all(['a.mp4', 'a.mp4', 'b.mov', 'a.mp4'].map((name) => keep(name)));
  expect(await readdir(path.join(home, 'originals'))).toEqual([`${sha256}.mp4`]);
  // A source that became another one meanwhile is not kept under its name.
  await writeFile(source, 'bytes of a film');
  await expect(keep('a.mp4', false)).rejects.toMatchObject({ reasons: [{ rule: 'source.changed' }] });
  expect(await readdir(path.join(home, 'originals'))).toEqual([`${sha256}.mp4`]);
  // What lies under its name and is not it is never overwritten.
  await writeFile(path.join(home, 'originals', `${sha256}.mp4`), 'short');
  await writeFile(source, text);
  await expect(keep('a.mp4')).rejects.toMatchObject({ code: 'outputNotWritable' });
  expect(await readFile(path.join(home, 'originals', `${sha256}.mp4`), 'utf8')).toBe('short');
  // A library that is away is not made anew.
  await expect(
    keepFile({ source, name: 'a', sizeBytes: 1, libraryDir: path.join(home, 'gone'), isIt: async () => true, signal }),
  ).rejects.toMatchObject({ code: 'storage' });
  expect(await readdir(home)).not.toContain('gone');
});

it('L6 originals: a recipe that is judged while its originals are written down keeps both', async () => {
  const library = openLibraryStore(home);
  const sidecar = path.join(home, 'take.restage.json');
  const recipe = sidecarOf('one', { path: path.join(home, 'take.mp4'), sidecar, name: 'take' }, 4);
  await writeFile(sidecar, sidecarText(recipe));
  library.put({ ...recipe.item, state: 'present' });
  const original = { name: 'clip.mp4', sha256: hash, sizeBytes: 4 };
  const originals = { video: original, image: null };
  const writeDown = () =>
    inSidecarTurn(sidecar, async () => {
      const next = await sidecarWithOriginals(sidecar, originals, systemFiles);
      await writeFileSafely(sidecar, next?.text ?? '');
    });
  await Promise.all([
    editItem(library, 'one', { rating: 5 }),
    writeDown(),
    editItem(library, 'one', { tags: ['kept'] }),
    editItem(library, 'one', { note: 'gut' }),
  ]);
  const judged = { rating: 5, tags: ['kept'], note: 'gut' };
  expect(readSidecar(sidecar)).toMatchObject({ originals, item: judged });
  expect(library.get('one')).toMatchObject(judged);
  library.close();
});
