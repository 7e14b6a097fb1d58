/** What an index declares costs no more than the bytes it has; what an honest index says is read as before. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BoxIndex, readBoxIndex } from '../../../main/media/facts/boxes.ts';
import { answerWithin } from '../../fixtures/answerWithin.ts';
import { box, editList, fileType, movie, track, u32 } from '../../fixtures/boxes.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'restage-boxes-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function written(name: string, ...parts: readonly Uint8Array[]): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, Buffer.concat(parts));
  return file;
}

/** Read in a thread that can be ended, with the longest turn of its loop. */
async function read(file: string): Promise<{ index: BoxIndex; workedMs: number }> {
  const answer = await answerWithin(20_000, 'main/media/facts/boxes.ts', 'readBoxIndex', [file]);
  if (!answer.ok) throw new Error(answer.error);
  return { index: answer.value as BoxIndex, workedMs: answer.turn.workedMs };
}

const small = { runs: [[1, 2, 1]] as const, uniformBytes: 0, sampleCount: 4, sampleBytes: [10, 20, 30, 40] };

describe('an index that declares more than it has', () => {
  it('trust 3: four thousand million samples of one byte, in sixty tracks, are counted at once', async () => {
    const absurd = track({
      runs: [[1, 0xffff_ffff, 1]],
      uniformBytes: 1,
      sampleCount: 0xffff_ffff,
      chunkOffsets: Array.from({ length: 40 }, (_, n) => n * 100),
    });
    const file = await written(
      'samples.mp4',
      fileType(),
      movie(...Array(60).fill(absurd)),
      box('mdat', Buffer.alloc(99)),
    );
    const { index, workedMs } = await read(file);
    expect(index).toMatchObject({ isTruncated: true, promisedBytes: 0xffff_ffff });
    expect(workedMs).toBeLessThan(250);
  });

  it('trust 3: tables that declare more entries than their boxes hold are read to the end of their boxes', async () => {
    const short = track({
      ...small,
      sampleCount: 0xffff_ffff,
      runs: [[1, 0xffff_ffff, 1]],
      chunkOffsets: Array.from({ length: 5000 }, (_, n) => n),
      chunkCount: 0xffff_ffff,
    });
    const { index, workedMs } = await read(await written('counts.mp4', fileType(), movie(...Array(60).fill(short))));
    expect(index.hasIndex).toBe(true);
    expect(workedMs).toBeLessThan(250);
  });

  it('an honest index of the size of five hours does not hold the loop', async () => {
    const samples = 1_200_000;
    const sizes = Array.from({ length: samples }, () => 100);
    const offsets = Array.from({ length: samples / 4 }, (_, n) => 64 + n * 400);
    const long = track({
      ...small,
      runs: [[1, 4, 1]],
      sampleCount: samples,
      sampleBytes: sizes,
      chunkOffsets: offsets,
    });
    const { index, workedMs } = await read(await written('long.mp4', fileType(), movie(long)));
    expect(index.promisedBytes).toBe(64 + samples * 100);
    expect(workedMs).toBeLessThan(250);
  });

  it('trust 3: a million edits are absurd; a declared count without edits is none', async () => {
    const many = track({ ...small, chunkOffsets: [48, 78] }, { edits: editList(1_000_000) });
    const { index, workedMs } = await read(await written('edits.mp4', fileType(), movie(many)));
    expect(index.isAbsurd).toBe(true);
    expect(workedMs).toBeLessThan(250);
    const declared = track({ ...small, chunkOffsets: [48, 78] }, { edits: editList(2, 0xffff_ffff) });
    const honest = await read(await written('declared.mp4', fileType(), movie(declared), Buffer.alloc(200)));
    expect(honest.index).toMatchObject({ isAbsurd: false, isTruncated: false });
    expect(honest.index.tracks[0]?.edits).toHaveLength(2);
  });

  it('trust 3: boxes of eight bytes, inside and beside the index, and boxes in boxes without end', async () => {
    const tiny = Buffer.concat(Array(110_000).fill(box('free')));
    const beside = await read(await written('beside.mp4', fileType(), tiny));
    expect(beside.index.isAbsurd).toBe(true);
    expect(beside.workedMs).toBeLessThan(250);
    const inside = await read(await written('inside.mp4', fileType(), movie(box('trak', tiny))));
    expect(inside.index.isAbsurd).toBe(true);
    let nest = box('free');
    for (let n = 0; n < 5_000; n += 1) nest = box('edts', nest);
    const nested = await read(await written('nested.mp4', fileType(), movie(box('trak', nest))));
    expect(nested.index.isAbsurd).toBe(true);
    expect(Math.max(inside.workedMs, nested.workedMs)).toBeLessThan(250);
  });
});

describe('an honest index', () => {
  it('answers the end of the last sample, in whatever order the chunks lie', async () => {
    const file = await written(
      'honest.mp4',
      fileType(),
      movie(
        track({ ...small, chunkOffsets: [900, 500] }),
        track({ ...small, uniformBytes: 50, chunkOffsets: [100, 700] }),
      ),
      box('mdat', Buffer.alloc(2_000)),
    );
    const index = await readBoxIndex(file);
    expect(index).toMatchObject({ promisedBytes: 930, isTruncated: false, isAbsurd: false, hasIndex: true });
    expect(index?.tracks.map(({ handler }) => handler)).toEqual(['vide', 'vide']);
  });

  it('reads runs of chunks that differ, and 64-bit sizes of boxes', async () => {
    const runs = [
      [1, 1, 1],
      [3, 3, 1],
    ] as const;
    const tables = { ...small, sampleCount: 5, sampleBytes: [1, 2, 3, 4, 5], runs, chunkOffsets: [100, 200, 300] };
    const wide = Buffer.concat([u32(1), Buffer.from('mdat'), u32(0, 516), Buffer.alloc(500)]);
    const index = await readBoxIndex(await written('runs.mp4', fileType(), wide, movie(track(tables))));
    expect(index).toMatchObject({ promisedBytes: 312, isTruncated: false });
  });
});
