/** A library folder that others can write to: links, ids, names and texts that no result has are refused, stay where they are, and are listed. */
import { execFileSync } from 'node:child_process';
import { existsSync, readlinkSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pageBackendOf } from '../../../main/hosts/pageBackend.ts';
import { sidecarOf } from '../../unit/library/sidecarOf.ts';
import { openTestProfile, type TestProfile } from './harness.ts';

const CANARY = 'content of a file that is none of the library’s business';
let home: string;
let library: string;
let outside: string;
let profile: TestProfile;

beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'restage-links-'));
  library = path.join(home, 'library');
  outside = path.join(home, 'outside');
  await mkdir(library);
  await mkdir(outside);
  await writeFile(path.join(outside, 'canary.mp4'), CANARY);
  profile = await openTestProfile({}, home);
});
afterEach(() => profile.remove());

/** A recipe of a stranger beside `<name>.mp4`. */
async function recipe(name: string, change: (sidecar: ReturnType<typeof sidecarOf>) => unknown, folder = library) {
  const file = path.join(folder, `${name}.mp4`);
  const sidecar = path.join(folder, `${name}.restage.json`);
  const made = sidecarOf(`job${name.replace(/\W/g, '')}`, { path: file, sidecar, name }, CANARY.length);
  await writeFile(sidecar, JSON.stringify(change(made) ?? made));
  return { file, sidecar };
}

const rebuild = () => profile.call('library.rebuild', {});
const list = () => profile.call('library.list', {});
const mediaOf = async (id: string) => {
  const url = `http://page.invalid/media/library/${encodeURIComponent(id)}`;
  return (await pageBackendOf(profile.connection).fetch(new Request(url))).text();
};
const onDisk = async () =>
  (await readdir(home, { recursive: true })).filter((name) => !name.startsWith('profile')).sort();

describe('links in the library', () => {
  it('trust 8: a link under the name of a result is not served, stays, and is listed as damaged', async () => {
    const { file } = await recipe('link', () => undefined);
    await symlink(path.join(outside, 'canary.mp4'), file);
    expect((await rebuild()).damaged).toEqual([file]);
    expect((await list()).items.map(({ state }) => state)).toEqual(['missing']);
    expect(await mediaOf('joblink')).not.toContain(CANARY);
    expect(readlinkSync(file)).toBe(path.join(outside, 'canary.mp4'));
  });

  it('trust 8: a file, or its folder, that became a link after it was known is not followed', async () => {
    const sub = path.join(library, 'sub');
    await mkdir(sub);
    const { file } = await recipe('here', () => undefined);
    const inside = await recipe('within', () => undefined, sub);
    for (const made of [file, inside.file]) await writeFile(made, 'a result');
    await rebuild();
    expect(await mediaOf('jobhere')).toBe('a result');
    expect(await mediaOf('jobwithin')).toBe('a result');
    await rm(file);
    await symlink(path.join(outside, 'canary.mp4'), file);
    await rename(sub, path.join(home, 'moved'));
    await symlink(outside, sub);
    await writeFile(path.join(outside, 'within.mp4'), CANARY);
    expect(await mediaOf('jobhere')).not.toContain(CANARY);
    expect(await mediaOf('jobwithin')).not.toContain(CANARY);
  });

  it('trust 8: a recipe that is a link or a pipe is not read, and holds nothing up', async () => {
    const elsewhere = await recipe('elsewhere', () => undefined, outside);
    await symlink(elsewhere.sidecar, path.join(library, 'linked.restage.json'));
    execFileSync('mkfifo', [path.join(library, 'pipe.restage.json'), path.join(library, 'pipe.mp4')]);
    const { damaged } = await rebuild();
    const names = damaged.map((file) => path.basename(file)).sort();
    expect(names).toEqual(['linked.restage.json', 'pipe.mp4', 'pipe.restage.json']);
    expect((await list()).items).toEqual([]);
  });

  it('trust 8: what is written beside a result is not written through a link', async () => {
    const { file, sidecar } = await recipe('noted', () => undefined);
    await writeFile(file, 'a result');
    await rebuild();
    const trash = path.join(library, '.restage-trash', 'jobnoted');
    await mkdir(trash, { recursive: true });
    await symlink(path.join(outside, 'canary.mp4'), path.join(trash, 'item.json.tmp'));
    await profile.call('library.trash', { ids: ['jobnoted'] });
    expect(await readFile(path.join(outside, 'canary.mp4'), 'utf8')).toBe(CANARY);
    expect(existsSync(sidecar)).toBe(false);
    expect((await profile.call('library.trashed', {})).items.map(({ id }) => id)).toEqual(['jobnoted']);
  });

  it('trust 8: a trash that is a link takes nothing and gives nothing', async () => {
    const { file } = await recipe('kept', () => undefined);
    await writeFile(file, 'a result');
    await rebuild();
    await symlink(outside, path.join(library, '.restage-trash'));
    const answer = await profile.connection.call('library.trash', { ids: ['jobkept'] });
    expect(answer).toMatchObject({ ok: false, error: { code: 'outputNotWritable' } });
    expect(existsSync(file)).toBe(true);
    expect(await readdir(outside)).toEqual(['canary.mp4']);
    expect((await profile.call('library.trashed', {})).items).toEqual([]);
  });
});

describe('ids of strangers', () => {
  const ids = [
    '.',
    '..',
    '',
    '/',
    '../../x',
    'a/b',
    'a\\b',
    '-rf',
    'con',
    'a\u0000b',
    '%2e%2e',
    'ü',
    'x'.repeat(81),
    'x'.repeat(100_000),
  ];

  it('trust 9: one grammar: what is no id makes its recipe damaged, and moves nothing', async () => {
    for (const [n, id] of ids.entries()) {
      const { file } = await recipe(`odd ${n}`, (made) => ({ ...made, item: { ...made.item, id } }));
      await writeFile(file, 'a result');
    }
    const before = await onDisk();
    const report = await rebuild();
    expect(report.damaged).toHaveLength(ids.length);
    expect((await list()).items).toEqual([]);
    for (const id of ids) {
      for (const command of ['library.trash', 'library.putBack', 'library.emptyTrash'] as const) {
        const answer = await profile.connection.call(command, { ids: [id] });
        if (answer.ok) expect(answer.value).toEqual({ removed: 0 });
        else expect(['notFound', 'refused']).toContain(answer.error.code);
        expect(JSON.stringify(answer).length).toBeLessThan(1000);
      }
    }
    expect(await onDisk()).toEqual(before);
  });

  it.each([
    ['the folder above', '/x/..'],
    ['the root', '/'],
    ['the way up alone', '..'],
    ['an ending alone', '.mp4'],
    ['the trash', '/x/.restage-trash'],
    ['the way up behind a name', 'a.mp4/..'],
    ['what no system allows', `${'n'.repeat(5000)}.mp4`],
  ])('trust 9: a note in the trash that names %s is damaged, and comes back as nothing', async (_what, named) => {
    const { file } = await recipe('thrown', () => undefined);
    await writeFile(file, 'a result');
    await rebuild();
    await profile.call('library.trash', { ids: ['jobthrown'] });
    const place = path.join(library, '.restage-trash', 'jobthrown');
    const note = JSON.parse(await readFile(path.join(place, 'item.json'), 'utf8'));
    await writeFile(path.join(place, 'item.json'), JSON.stringify({ ...note, item: { ...note.item, file: named } }));
    const before = await onDisk();
    const answer = await profile.connection.call('library.putBack', { ids: ['jobthrown'] });
    expect(answer).toMatchObject({ ok: false, error: { code: 'notFound' } });
    expect((await rebuild()).damaged).toEqual([place]);
    expect(await onDisk()).toEqual(before);
  });
});

describe('recipes made to be long', () => {
  it('trust 10: too large, too deep, with a name of megabytes: refused, listed, and the library answers small', async () => {
    const good = await recipe('good', () => undefined);
    await writeFile(good.file, 'a result');
    await recipe('name', (made) => ({ ...made, item: { ...made.item, name: 'n'.repeat(2_000_000) } }));
    await recipe('tags', (made) => ({ ...made, item: { ...made.item, tags: Array(30_000).fill('tag') } }));
    await recipe('prompt', (made) => ({
      ...made,
      item: { ...made.item, recipe: { ...made.recipe, description: 'd'.repeat(900_000) } },
    }));
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    await writeFile(path.join(library, 'deep.restage.json'), deep);
    await recipe('inside', (made) => ({ ...made, provider: { ...made.provider, task: 'DEEP' } }));
    const inside = path.join(library, 'inside.restage.json');
    await writeFile(inside, (await readFile(inside, 'utf8')).replace('"DEEP"', deep));
    await writeFile(path.join(library, 'huge.restage.json'), '[');
    await truncate(path.join(library, 'huge.restage.json'), 300_000_000);
    const report = await rebuild();
    const names = report.damaged.map((file) => path.basename(file, '.restage.json')).sort();
    expect(names).toEqual(['deep', 'huge', 'inside', 'name', 'prompt', 'tags']);
    const answer = await list();
    expect(answer.items.map(({ id }) => id)).toEqual(['jobgood']);
    expect(JSON.stringify(answer).length).toBeLessThan(40_000);
  });
});
