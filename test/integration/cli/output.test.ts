/** An answer that could not be written is a failure with a word, not a success and not a stack. */
import { existsSync, openSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeClip, openShell, type Shell } from './commandLine.ts';

let shell: Shell;
beforeAll(async () => {
  shell = await openShell();
});
afterAll(() => shell.remove());

const hasFull = process.platform === 'linux';
const because = hasFull ? '' : ' (needs /dev/full)';
const answers = [[['jobs', 'list']], [['--version', '--json']]];

test.skipIf(!hasFull).each(answers)(`C2: %j to a full disk: one line on stderr, exit 1${because}`, async (args) => {
  const full = openSync('/dev/full', 'w');
  const { code, stderr } = await shell.start(args, { stdout: full }).ended;
  expect(code).toBe(1);
  expect(stderr).toBe('restage: The answer could not be written (ENOSPC).\n');
});

test.skipIf(!hasFull)(`C2: a refusal that cannot be written keeps its code${because}`, async () => {
  const full = openSync('/dev/full', 'w');
  const told = await shell.start(['jobs', 'show', 'none', '--json'], { stdout: full }).ended;
  expect([told.code, told.stderr]).toEqual([2, 'restage: The answer could not be written (ENOSPC).\n']);
  const silent = await shell.start(['jobs', 'show', 'none'], { stderr: full }).ended;
  expect([silent.code, silent.stdout]).toEqual([2, '']);
});

test.skipIf(!hasFull)(
  `C2: progress that cannot be written: the work is done all the same, and exit 1${because}`,
  async () => {
    const clip = await makeClip(shell.path('clip.mp4'));
    const full = openSync('/dev/full', 'w');
    const args = ['prepare', '--video', clip, '--to', '3.5', '--output', 'out.mp4', '--json'];
    const { code, stdout } = await shell.start(args, { stderr: full }).ended;
    expect([code, existsSync(shell.path('out.mp4'))]).toEqual([1, true]);
    expect(JSON.parse(stdout)).not.toHaveProperty('error');
  },
);

test.each(answers)('C2: %j to a reader that has gone ends quietly, exit 1', async (args) => {
  const running = shell.start(args);
  running.child.stdout?.destroy();
  const { code, stderr } = await running.ended;
  expect([code, stderr]).toEqual([1, '']);
});
