/** Originals of results, kept by choice: once per content, found when their source is gone, verified, never taken for results, and never in a result's way. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { readSidecar } from '../../../main/library/sidecar.ts';
import { partName } from '../../../main/storage/parts.ts';
import type { Job } from '../../../shared/contract/jobs.ts';
import { canMount, mount, unmount } from '../../fixtures/smallDisk.ts';
import { makeImage, openShell, type Shell, makeClip as shellClip } from '../cli/commandLine.ts';
import { makeClip } from '../sandbox/harness.ts';
import { addSources, isOver, motion, openTestProfile, order, type TestProfile, waitsFor } from './harness.ts';

let profile: TestProfile | null = null;
let shell: Shell | null = null;
const closers: (() => void)[] = [];
afterEach(async () => {
  await profile?.remove();
  await shell?.remove();
  [profile, shell] = [null, null];
  for (const close of closers.splice(0).reverse()) close();
});

const hashOf = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');
const originalsIn = (library: string) => readdirSync(path.join(library, 'originals')).sort();

/** A profile that keeps originals, with a clip on a drive of its own. */
async function keeping(options: Parameters<typeof openTestProfile>[0] = {}) {
  const opened = await openTestProfile({ watchIntervalMs: 50, retryBaseMs: 20, ...options });
  profile = opened;
  const drive = path.join(path.dirname(opened.profileDir), 'drive');
  mkdirSync(drive);
  const clip = await makeClip(drive, 'take', { seconds: 3.1 });
  await opened.admin('POST', 'switches', { taskSeconds: 0 });
  const { imageId } = await addSources(opened);
  const recipe = motion({ videoId: await opened.add(clip), imageId });
  expect(await opened.call('library.keepOriginals', { isKept: true })).toMatchObject({ isKept: true, count: 0 });
  return { profile: opened, drive, clip, recipe };
}

async function done(at: TestProfile, job: Job): Promise<{ file: string; sidecar: string }> {
  const { state, file, sidecar } = await at.until(job.id, isOver);
  expect(state).toBe('completed');
  return { file: file ?? '', sidecar: sidecar ?? '' };
}

/** Copies are made beside everything else. */
async function until(isReached: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 60_000;
  while (!(await isReached())) {
    if (Date.now() > end) throw new Error(`never: ${isReached}`);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

async function noted(sidecar: string, isReached: (originals: ReturnType<typeof namesIn>) => boolean) {
  await until(() => isReached(namesIn(sidecar)));
  return namesIn(sidecar);
}
const namesIn = (sidecar: string) => readSidecar(sidecar)?.originals;

it('L6 originals: kept once for two results, by their bytes, and named in the recipes; deleting results deletes none', async () => {
  const { profile, clip, recipe } = await keeping();
  const [one, two] = [await order(profile, recipe), await order(profile, recipe)];
  const results = [await done(profile, one), await done(profile, two)];
  for (const { sidecar } of results) {
    const originals = await noted(sidecar, (named) => named?.video !== undefined);
    const sizeBytes = readFileSync(clip).length;
    expect(originals).toMatchObject({ video: { name: 'take.mp4', sha256: hashOf(clip), sizeBytes } });
    expect(originals?.image?.sha256).toMatch(/^[0-9a-f]{64}$/);
  }
  const names = originalsIn(profile.libraryDir);
  expect(names).toHaveLength(2);
  expect(names).toContain(`${hashOf(clip)}.mp4`);
  for (const name of names)
    expect(hashOf(path.join(profile.libraryDir, 'originals', name))).toBe(path.parse(name).name);
  const state = await profile.call('library.originals', {});
  const sizes = names.map((name) => readFileSync(path.join(profile.libraryDir, 'originals', name)).length);
  expect(state).toMatchObject({ count: 2, missing: 0, sizeBytes: sizes.reduce((sum, size) => sum + size, 0) });

  // A recipe that is changed goes on naming them, and one that is read anew is as good.
  const { items } = await profile.call('library.list', {});
  const ids = items.map(({ id }) => id);
  await profile.call('library.update', { id: ids[0] ?? '', rating: 4 });
  expect(namesIn(items[0]?.sidecar ?? '')?.video?.sha256).toBe(hashOf(clip));
  expect(await profile.call('library.rebuild', {})).toMatchObject({ present: 2, missing: 0, strays: [], damaged: [] });
  // No import, and no search for a result of the same bytes, takes them.
  expect(await profile.connection.importFolder(profile.libraryDir, { copy: false })).toMatchObject({
    value: { ids: [], known: [], unreadable: [] },
  });
  await profile.call('library.trash', { ids });
  await profile.call('library.emptyTrash', { ids });
  expect(originalsIn(profile.libraryDir)).toEqual(names);

  // Off: what is there stays, nothing new comes.
  await profile.call('library.keepOriginals', { isKept: false });
  const later = await done(profile, await order(profile, recipe));
  expect(namesIn(later.sidecar)).toBeUndefined();
  expect(originalsIn(profile.libraryDir)).toEqual(names);
});

it('L6 originals: take the place of a source that is gone, while they are what it was; and say so', async () => {
  const { profile, drive, clip, recipe } = await keeping();
  const first = await done(profile, await order(profile, recipe));
  await noted(first.sidecar, (named) => named?.video !== undefined);
  const [aside, kept] = [
    path.join(drive, 'aside.mp4'),
    path.join(profile.libraryDir, 'originals', `${hashOf(clip)}.mp4`),
  ];
  copyFileSync(clip, aside);
  rmSync(clip);
  const asset = () => profile.call('assets.get', { id: recipe.videoId });
  expect(await asset()).toMatchObject({ isPresent: true, isKeptOriginal: true, name: 'take.mp4' });
  // Prepared otherwise than before: the source itself is needed.
  const again = await order(profile, { ...recipe, preset: 'best' });
  const second = await done(profile, again);
  const log = await profile.call('jobs.log', { id: again.id });
  expect(log.find(({ event }) => event === 'source.kept')?.detail).toBe(`${clip}: ${kept}`);
  // The recipe says where the source was, and names the same original.
  await noted(second.sidecar, (named) => named?.video?.sha256 === path.parse(kept).name);
  expect(readSidecar(second.sidecar)?.sources.video?.path).toBe(clip);

  // Bytes of the same length under the same name are not it.
  const bytes = readFileSync(kept);
  writeFileSync(kept, Buffer.from(bytes).fill(7, 1000, 2000));
  await profile.restart();
  expect((await asset()).isPresent).toBe(false);
  const waiting = await order(profile, { ...recipe, preset: 'keep' });
  await profile.until(waiting.id, waitsFor('source'));
  const report = await profile.call('library.verify', {});
  expect(report.originals.map(({ state, original }) => [original === 'take.mp4', state]).sort()).toEqual([
    [false, 'intact'],
    [true, 'changed'],
  ]);
  rmSync(kept);
  expect((await profile.call('library.verify', {})).originals).toContainEqual(
    expect.objectContaining({ original: 'take.mp4', state: 'missing' }),
  );
  // In its first place again it is no kept original any more.
  copyFileSync(aside, clip);
  expect((await asset()).isKeptOriginal).toBeUndefined();
  await profile.call('app.wake', {});
  await done(profile, waiting);
});

it('L6 originals: a library on another computer runs its recipes again', async () => {
  const { profile: here, recipe } = await keeping();
  const first = await done(here, await order(here, recipe));
  await noted(first.sidecar, (named) => named?.video !== undefined);
  const there = await openTestProfile({ libraryDir: here.libraryDir, watchIntervalMs: 50 });
  try {
    await there.call('library.rebuild', {});
    expect(await there.call('assets.get', { id: recipe.videoId })).toMatchObject({ name: 'take.mp4', isPresent: true });
    const again = await done(there, await order(there, { ...recipe, preset: 'best' }));
    expect(readSidecar(again.sidecar)?.sources.video?.assetId).toBe(recipe.videoId);
    await expect(there.call('assets.get', { id: `v${'0'.repeat(24)}` })).rejects.toMatchObject({
      data: { code: 'notFound' },
    });
  } finally {
    await there.remove();
  }
});

it.skipIf(!canMount)(
  'L6 originals: a full disk costs no result; what a kill has left is swept, and the next start tries again (a small tmpfs)',
  async () => {
    const library = mkdtempSync(path.join(tmpdir(), 'restage-originals-'));
    closers.push(() => rmSync(library, { recursive: true, force: true }));
    mount(library, 12);
    closers.push(() => unmount(library));
    const { profile, clip, recipe } = await keeping({ libraryDir: library });
    // Room for a result, and not for an original with what every disk is left with.
    writeFileSync(path.join(library, 'filler.bin'), Buffer.alloc(9_000_000));
    const result = await done(profile, await order(profile, recipe));
    expect(existsSync(result.file)).toBe(true);
    const state = () => profile.call('library.originals', {});
    await noted(result.sidecar, (named) => named !== undefined);
    expect(namesIn(result.sidecar)).toEqual({ video: null, image: null });
    await until(async () => (await state()).missing > 0);
    expect(await state()).toMatchObject({ isKept: true, count: 0, missing: 1 });
    expect((await profile.call('app.info', {})).notices).toContainEqual({
      id: 'originalsNoRoom',
      params: { count: 1 },
    });
    expect(originalsIn(library)).toEqual([]);
    expect((await profile.call('library.verify', {})).intact).toBe(1);

    const gone = spawnSync(process.execPath, ['--version']).pid;
    const left = partName('.original', 'part').replace(`-${process.pid}-`, `-${gone}-`);
    const working = partName('.original', 'part');
    for (const name of [left, working]) writeFileSync(path.join(library, 'originals', name), 'half');
    rmSync(path.join(library, 'filler.bin'));
    await profile.restart();
    const originals = await noted(result.sidecar, (named) => named?.video !== null);
    expect(originals?.video?.sha256).toBe(hashOf(clip));
    expect(originalsIn(library).filter((name) => name.startsWith('.'))).toEqual([working]);
    await until(async () => (await state()).count === 2);
    expect((await profile.call('app.info', {})).notices).toEqual([]);
  },
);

it('L6 originals: on the command line: switched with their size, kept before the line ends, taken with a word, verified', async () => {
  const cli = await openShell({ isHere: true });
  shell = cli;
  await shellClip(cli.path('dance.mp4'), { seconds: 4 });
  await makeImage(cli.path('Ada.png'));
  const folder = path.join(cli.libraryDir, 'originals');
  const on = await cli.run(['settings', 'set', 'originals', 'on']);
  expect([on.code, on.stdout]).toEqual([0, `originals: on\nKept so far: 0 files, 0 kB, in ${folder}\n`]);
  expect((await cli.run(['settings', 'set', 'originals', 'maybe'])).code).toBe(2);
  const inputs = ['--video', 'dance.mp4', '--image', 'Ada.png', '--orientation', 'image', '--quality', '720p'];
  // A project of that name has a folder of another one.
  await cli.run(['settings', 'set', 'project-folders', 'on']);
  const { code, document } = await cli.json(['generate', ...inputs, '--project', 'Originals']);
  const [job] = document.jobs;
  expect([code, path.basename(path.dirname(job?.file ?? ''))]).toEqual([0, 'Originals_']);
  const [video, image] = [hashOf(cli.path('dance.mp4')), hashOf(cli.path('Ada.png'))];
  expect(readdirSync(folder).sort()).toEqual([`${video}.mp4`, `${image}.png`].sort());
  expect(namesIn(job?.sidecar ?? '')).toMatchObject({ video: { sha256: video }, image: { sha256: image } });

  for (const file of ['dance.mp4', 'Ada.png']) rmSync(cli.path(file));
  rmSync(path.join(cli.profileDir, 'cache'), { recursive: true });
  const id = readSidecar(job?.sidecar ?? '')?.item.id ?? '';
  const again = await cli.run(['library', 'again', id, '--prompt', 'blue coat']);
  expect(again.code).toBe(0);
  for (const name of ['dance.mp4', 'Ada.png'])
    expect(again.stderr).toContain(`“${name}” is not where it was; the original that the library kept is taken.`);
  expect(await cli.json(['library', 'rebuild'])).toMatchObject({ document: { present: 2, strays: [], damaged: [] } });
  expect((await cli.run(['library', 'verify'])).stdout).toContain('Originals as they came: 2');
  const size = (await cli.json(['settings', 'set', 'originals', 'off'])).document;
  expect(size).toMatchObject({ setting: 'originals', value: false, originals: { folder, count: 2 } });

  rmSync(path.join(folder, `${image}.png`));
  const verified = await cli.run(['library', 'verify']);
  expect(verified.code).toBe(1);
  expect(verified.stdout).toContain(`Ada.png (${image})`);
});
