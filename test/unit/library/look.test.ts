/** What is known of files is looked at beside everything else: a slow drive costs a look, a dead one its deadline, a list nothing. */
import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createLibraryHandlers } from '../../../main/commands/library.ts';
import { createEventHub } from '../../../main/events.ts';
import type { AppOptions } from '../../../main/hostTypes.ts';
import { type FileLayer, systemFiles } from '../../../main/library/files.ts';
import { createLibraryKeeper } from '../../../main/library/keeper.ts';
import { lookThrough } from '../../../main/library/look.ts';
import { type LibraryStore, openLibraryStore } from '../../../main/library/store.ts';
import { systemClock } from '../../../main/storage/clock.ts';
import { listOf } from '../../fixtures/libraryQuery.ts';
import { libraryRow } from '../../fixtures/libraryRows.ts';
import { silentLogger } from '../../fixtures/media.ts';

let home: string;
let library: LibraryStore;
beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'restage-look-'));
  library = openLibraryStore(home);
});
afterEach(async () => {
  library.close();
  await rm(home, { recursive: true });
});

async function put(id: string, folder: string): Promise<string> {
  const file = path.join(home, folder, `${id}.mp4`);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, id);
  const row = { ...libraryRow(1, { count: 10 }), id, isHidden: false };
  library.put({ ...row, file, sidecar: file.replace('.mp4', '.restage.json'), state: 'present' });
  return file;
}
const states = () =>
  Object.fromEntries(library.list(listOf()).items.map(({ id, state }): [string, string] => [id, state]));

/** Every question takes `ms`; folders named by `dead` never answer. Counts what was asked. */
function slow(ms: number, dead: string[] = []) {
  let asked = 0;
  const wait = async <T>(place: string, work: () => Promise<T>): Promise<T> => {
    asked += 1;
    if (dead.some((folder) => place.startsWith(folder))) return new Promise<T>(() => {});
    await pause(ms);
    return work();
  };
  const files: FileLayer = {
    list: (folder) => wait(folder, () => systemFiles.list(folder)),
    readJson: (file, bounds) => wait(file, () => systemFiles.readJson(file, bounds)),
    sizeOf: (file) => wait(file, () => systemFiles.sizeOf(file)),
    watch: () => null,
  };
  return { files, asked: () => asked };
}

it('L3: one listing tells of a whole folder: links and folders under the name of a result are none', async () => {
  const [gone, linked] = [await put('gone', 'a'), await put('linked', 'a')];
  await put('there', 'a');
  await put('folder', 'b');
  await rm(gone);
  await rm(linked);
  await symlink(path.join(home, 'a', 'there.mp4'), linked);
  await rm(path.join(home, 'b'), { recursive: true });
  const drive = slow(0);
  const report = await lookThrough(library, { files: drive.files });
  expect(report.changedIds.sort()).toEqual(['folder', 'gone', 'linked']);
  expect(states()).toEqual({ gone: 'missing', linked: 'missing', there: 'present', folder: 'missing' });
  expect(drive.asked()).toBe(2);
  expect(library.list(listOf({ query: 'is:missing' })).items).toHaveLength(3);
  await writeFile(gone, 'back');
  await lookThrough(library, { files: drive.files });
  expect(states().gone).toBe('present');
});

it('L3: a drive that does not answer costs its deadline once, and says nothing about what lies on it', async () => {
  for (let n = 0; n < 40; n += 1) await put(`dead${n}`, 'nas');
  const gone = await put('gone', 'near');
  await rm(gone);
  const drive = slow(0, [path.join(home, 'nas')]);
  const report = await lookThrough(library, { files: drive.files, deadlineMs: 100 });
  expect(report.silentFolders).toEqual([path.join(home, 'nas')]);
  expect(drive.asked()).toBe(2);
  expect(states()).toMatchObject({ gone: 'missing', dead0: 'present', dead39: 'present' });
});

it('L3: no list and no search waits for a drive that is being looked into', async () => {
  for (let n = 0; n < 5; n += 1) await put(`slow${n}`, 'nas');
  let answer = () => {};
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  let asked = 0;
  const list: FileLayer['list'] = async (folder) => {
    asked += 1;
    await held;
    return systemFiles.list(folder);
  };
  const keeper = createLibraryKeeper({
    ...{ library, clock: systemClock, logger: silentLogger, files: { ...systemFiles, list } },
    ...{ folders: () => [path.join(home, 'nas')], onMoved: () => {}, onChanged: () => {}, onParting: () => {} },
  });
  const handlers = createLibraryHandlers({
    ...{ library, keeper, options: {} as AppOptions },
    events: createEventHub(() => {}),
  });
  await handlers['library.list'](listOf());
  await vi.waitFor(() => expect(asked).toBe(1));
  for (const query of ['', 'motion', 'is:missing', 'tag:冬']) await handlers['library.list'](listOf({ query }));
  expect((await handlers['library.list'](listOf())).items).toHaveLength(5);
  expect((await library.outline({ ...listOf(), pageSize: 50 })).total).toBe(5);
  expect((await library.facets({ query: '' })).flags).toHaveLength(1);
  expect(asked).toBe(1);
  answer();
  await keeper.close();
});

it('L3: a file that goes and comes back is seen without being asked for, where the system tells', async () => {
  const file = await put('seen', 'watched');
  let changes = 0;
  const keeper = createLibraryKeeper({
    ...{ library, clock: systemClock, logger: silentLogger, isWatching: true },
    folders: () => [path.join(home, 'watched')],
    onMoved: () => {},
    onParting: () => {},
    onChanged: () => {
      changes += 1;
    },
  });
  await keeper.rebuild();
  const before = changes;
  await rename(file, path.join(home, 'away.mp4'));
  await vi.waitFor(() => expect(states().seen).toBe('missing'), { timeout: 20_000 });
  expect(changes).toBeGreaterThan(before);
  await rename(path.join(home, 'away.mp4'), file);
  await vi.waitFor(() => expect(states().seen).toBe('present'), { timeout: 20_000 });
  await keeper.close();
});
