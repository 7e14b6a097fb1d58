/** Videos without a recipe become results, masters are held against what they were when they came; over the contract, with real files. */
import { copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { hasC2paBox } from '../../../main/media/facts/provenance.ts';
import { makeClip } from '../sandbox/harness.ts';
import { openTestProfile, type TestProfile } from './harness.ts';

let profile: TestProfile;
let films: string;
beforeEach(async () => {
  profile = await openTestProfile();
  films = path.join(path.dirname(profile.profileDir), 'films');
  await mkdir(path.join(films, '冬'), { recursive: true });
});
afterEach(() => profile.remove());

const uuidBox = (id: string, body: string) => {
  const bytes = Buffer.concat([Buffer.alloc(4), Buffer.from('uuid'), Buffer.from(id, 'hex'), Buffer.from(body)]);
  bytes.writeUInt32BE(bytes.length, 0);
  return bytes;
};

async function lay(): Promise<{ plain: string; signed: string }> {
  const plain = await makeClip(films, 'take 1', { seconds: 1, rate: 20 });
  const signed = path.join(films, '冬', '踊る.MOV');
  const bytes = await readFile(plain);
  await writeFile(signed, Buffer.concat([bytes, uuidBox('d8fec3d61b0e483c92975828877ec481', 'a manifest')]));
  await copyFile(plain, path.join(films, '冬', 'copy of take 1.mp4'));
  await writeFile(path.join(films, 'broken.mp4'), 'no video at all');
  return { plain, signed };
}

it('L4: a folder is imported where it is: facts, poster, an empty recipe; a second time nothing is new', async () => {
  const { plain, signed } = await lay();
  const before = await readFile(signed);
  const imported = await profile.connection.importFolder(films, { copy: false });
  expect(imported).toMatchObject({
    ok: true,
    value: { isComplete: true, unreadable: [path.join(films, 'broken.mp4')] },
  });
  const { items } = await profile.call('library.list', { query: 'is:imported', sort: 'name', descending: false });
  expect(items.map(({ file }) => file).sort()).toEqual([plain, signed].sort());
  expect(items.find(({ file }) => file === signed)).toMatchObject({
    ...{ name: '踊る', state: 'present', hasProvenance: true, isSandbox: false },
    ...{ recipe: null, jobId: null, accountId: null, taskId: null, take: null, creditsCharged: null },
  });
  expect(items.find(({ file }) => file === plain)?.hasProvenance).toBe(false);
  expect(await readFile(signed)).toEqual(before);
  expect((await readdir(path.join(films, '冬'))).sort()).toEqual(
    ['copy of take 1.mp4', '踊る.MOV', '踊る.restage.json'].sort(),
  );
  const again = await profile.connection.importFolder(films, { copy: false });
  expect(again).toMatchObject({ ok: true, value: { ids: [], known: [path.join(films, '冬', 'copy of take 1.mp4')] } });
  // The index can be thrown away: the folder belongs to the library.
  await profile.connection.close();
  for (const suffix of ['', '-wal', '-shm'])
    await rm(path.join(profile.profileDir, `library.db${suffix}`), { force: true });
  profile = await openTestProfile({}, path.dirname(profile.profileDir));
  await profile.call('library.rebuild', {});
  expect((await profile.call('library.list', { query: '踊る is:imported' })).items).toMatchObject([{ file: signed }]);
});

it('L4: copies go into the library folder, the originals stay as they are', async () => {
  const { plain, signed } = await lay();
  const names = await readdir(films, { recursive: true });
  const imported = await profile.connection.importFolder(films, { copy: true });
  expect(imported).toMatchObject({ ok: true, value: { isComplete: true } });
  expect(await readdir(films, { recursive: true })).toEqual(names);
  expect(await readFile(path.join(profile.libraryDir, 'take 1.mp4'))).toEqual(await readFile(plain));
  expect(await readFile(path.join(profile.libraryDir, '踊る.mov'))).toEqual(await readFile(signed));
  expect((await readdir(profile.libraryDir)).filter((name) => name.startsWith('.'))).toEqual([]);
  // Thrown away and put back, it is still called as it was.
  const [item] = (await profile.call('library.list', { query: '踊る' })).items;
  await profile.call('library.trash', { ids: [item?.id ?? ''] });
  expect((await profile.call('library.putBack', { ids: [item?.id ?? ''] })).items[0]?.file).toBe(item?.file);
});

it('L5: verify tells what was changed, what is missing, and what nothing was written down of', async () => {
  const { plain, signed } = await lay();
  await profile.connection.importFolder(films, { copy: false });
  expect(await profile.call('library.verify', {})).toEqual({
    ...{ intact: 2, changed: [], missing: [], unhashed: [], originals: [], isComplete: true, next: null },
  });
  await writeFile(plain, Buffer.concat([await readFile(plain), Buffer.from([0])]));
  await rename(signed, `${signed}.away`);
  expect(await profile.call('library.verify', {})).toMatchObject({
    ...{ intact: 0, isComplete: true, unhashed: [] },
    ...{ changed: [{ file: plain }], missing: [{ file: signed }] },
  });
});

it('L4: a folder that is none is refused with its name', async () => {
  const answer = await profile.connection.importFolder(path.join(films, 'nowhere'), { copy: false });
  expect(answer).toMatchObject({ ok: false, error: { code: 'refused', reasons: [{ rule: 'library.noFolder' }] } });
});

it('L5: other boxes of that kind are no provenance', async () => {
  const { plain } = await lay();
  const other = path.join(films, 'other.mp4');
  await writeFile(other, Buffer.concat([await readFile(plain), uuidBox('00'.repeat(16), 'x')]));
  expect(await hasC2paBox(other)).toBe(false);
});

it('L4: copies for a timeline are no results, wherever below the folder they were put; on its own their folder is imported', async () => {
  const copies = path.join(films, '冬', 'Conformed', 'day 1');
  await mkdir(copies, { recursive: true });
  const take = await makeClip(films, 'take 1', { seconds: 1, rate: 20 });
  const copy = await makeClip(copies, 'take 1', { seconds: 1, rate: 25 });
  const imported = await profile.connection.importFolder(films, { copy: false });
  expect(imported).toMatchObject({ ok: true, value: { ids: [expect.any(String)], known: [], unreadable: [] } });
  const { items } = await profile.call('library.list', {});
  expect(items.map(({ file }) => file)).toEqual([take]);
  expect((await profile.call('library.rebuild', {})).strays).not.toContain(copy);
  const meant = await profile.connection.importFolder(copies, { copy: true });
  expect(meant).toMatchObject({ ok: true, value: { ids: [expect.any(String)] } });
});

it('L5: verify answers part by part, and its progress counts over all of them', async () => {
  for (const [name, rate] of [
    ['a', 20],
    ['b', 24],
    ['c', 25],
  ] as const)
    await makeClip(films, name, { seconds: 1, rate });
  await profile.connection.importFolder(films, { copy: false });
  const seen: [number, number][] = [];
  const off = profile.connection.on('library.progress', ({ done, total }) => seen.push([done, total]));
  const first = await profile.call('library.verify', { limit: 2 });
  expect(first).toMatchObject({ intact: 2, isComplete: true, next: expect.any(String) });
  const second = await profile.call('library.verify', { limit: 2, after: first.next });
  expect(second).toMatchObject({ intact: 1, isComplete: true, next: null });
  await expect.poll(() => seen.at(-1)).toEqual([3, 3]);
  expect(seen).toContainEqual([2, 3]);
  off();
});
