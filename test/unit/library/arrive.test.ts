import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { arrive } from '../../../main/library/arrive.ts';
import { editItem } from '../../../main/library/edit.ts';
import { readSidecar } from '../../../main/library/sidecar.ts';
import { openLibraryStore } from '../../../main/library/store.ts';
import type { MediaService } from '../../../main/services.ts';
import type { VideoFacts } from '../../../shared/contract/media.ts';
import { sidecarOf } from './sidecarOf.ts';

/** All that arriving asks of media: that the file is a video. */
const media = { readFacts: async () => ({ kind: 'video' }) as VideoFacts } as unknown as MediaService;

it('gives results that arrive at once under one name a name and a sidecar each', async () => {
  const home = await mkdtemp(path.join(tmpdir(), 'restage-arrive-'));
  const folder = path.join(home, 'library');
  await mkdir(folder);
  const library = openLibraryStore(home);
  const ids = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'];
  const items = await Promise.all(
    ids.map(async (jobId) => {
      const partPath = path.join(home, `${jobId}.mp4`);
      await writeFile(partPath, `bytes of ${jobId}`);
      const describe = (file: Parameters<typeof sidecarOf>[1]) => sidecarOf(jobId, file, `bytes of ${jobId}`.length);
      return arrive({ partPath, folder, baseName: 'CON', jobId, describe }, { media, library });
    }),
  );
  for (const [index, jobId] of ids.entries()) {
    expect(await readFile(items[index]?.file ?? '', 'utf8')).toBe(`bytes of ${jobId}`);
    expect(readSidecar(items[index]?.sidecar ?? '')?.order?.jobId).toBe(jobId);
  }
  expect(await readdir(folder)).toHaveLength(2 * ids.length);
  library.close();
  await rm(home, { recursive: true });
});

it('makes names of 255 bytes and more fit, and two results that differ only beyond the cut get a name each', async () => {
  const home = await mkdtemp(path.join(tmpdir(), 'restage-long-'));
  const folder = path.join(home, 'library');
  await mkdir(folder);
  const library = openLibraryStore(home);
  const long = `${'踊る人形🕺🏽'.repeat(30)}`;
  expect(Buffer.byteLength(long)).toBeGreaterThan(255);
  const names = [`${long} one`, `${long} two`, `${'é'.repeat(255)}`, 'nul.take', 'NUL.take'];
  const files = new Set<string>();
  for (const [n, baseName] of names.entries()) {
    const jobId = `a1b2c3d4e5f${n}`;
    const partPath = path.join(home, `${jobId}.mp4`);
    await writeFile(partPath, `bytes ${n}`);
    const describe = (file: Parameters<typeof sidecarOf>[1]) => sidecarOf(jobId, file, 7);
    const item = await arrive({ partPath, folder, baseName, jobId, describe }, { media, library });
    expect(await readFile(item.file, 'utf8')).toBe(`bytes ${n}`);
    await editItem(library, item.id, { rating: 3 });
    expect(readSidecar(item.sidecar)?.item.rating).toBe(3);
    files.add(item.file);
  }
  expect(files.size).toBe(names.length);
  for (const name of await readdir(folder)) expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
  library.close();
  await rm(home, { recursive: true });
});
