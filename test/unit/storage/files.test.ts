import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { moveWithoutOverwrite, traceFileSteps, writeFileSafely } from '../../../main/storage/files.ts';

let stop = () => {};
afterEach(() => stop());

function trace(): string[] {
  const steps: string[] = [];
  stop = traceFileSteps((step, file) => steps.push(`${step} ${path.basename(file).replace(/\.tmp.*/, '.tmp')}`));
  return steps;
}

const folder = () => mkdtemp(path.join(tmpdir(), 'restage-files-'));

it('writes, flushes, renames, and flushes the folder, in this order', async () => {
  const dir = await folder();
  const steps = trace();
  await writeFileSafely(path.join(dir, 'a.json'), '{}');
  expect(steps).toEqual(['write a.json.tmp', 'flush a.json.tmp', 'rename a.json', `flushFolder ${path.basename(dir)}`]);
  expect(await readdir(dir)).toEqual(['a.json']);
});

it('writes over what a killed only writer left, and leaves one file', async () => {
  const dir = await folder();
  await writeFile(path.join(dir, 'a.json.tmp'), 'half a senten');
  await writeFileSafely(path.join(dir, 'a.json'), 'whole', { isOnlyWriter: true });
  expect([await readdir(dir), await readFile(path.join(dir, 'a.json'), 'utf8')]).toEqual([['a.json'], 'whole']);
});

it('takes a name only when it is free, and keeps the file where it was otherwise', async () => {
  const dir = await folder();
  const [from, to] = [path.join(dir, 'new.mp4'), path.join(dir, 'taken.mp4')];
  await writeFile(from, 'new');
  await writeFile(to, 'old');
  await expect(moveWithoutOverwrite(from, to)).rejects.toThrow(/EEXIST/);
  expect([await readFile(from, 'utf8'), await readFile(to, 'utf8')]).toEqual(['new', 'old']);
  const steps = trace();
  await moveWithoutOverwrite(from, path.join(dir, 'free.mp4'));
  expect(steps).toEqual(['rename free.mp4', `flushFolder ${path.basename(dir)}`]);
  expect((await readdir(dir)).sort()).toEqual(['free.mp4', 'taken.mp4']);
});
