/** `restage prepare` and `check`: any name, any size, the file complete or not there at all. */
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inLongRun } from '../../fixtures/runs.ts';
import { filesUnder, makeClip, openShell, probe, type Shell } from './commandLine.ts';

/** Lines run in this process but where `asProgram` says otherwise: what is looked at is the file. */
let shell: Shell;
beforeAll(async () => {
  shell = await openShell({ isHere: true });
  await makeClip(shell.path('small.mp4'), { size: '320x240' });
});
afterAll(() => shell.remove());

inLongRun(() => {
  test.each([['4096x2304'], ['320x240']])('a %s clip comes out inside 340..3850, with even sides', async (size) => {
    const clip = await makeClip(shell.path(`${size}.mp4`), { size, rate: '15', hasSound: false });
    const output = shell.path(`${size}-prepared.mp4`);
    expect((await shell.run(['prepare', '--video', clip, '--output', output])).code).toBe(0);
    const { width, height, frames } = await probe(output);
    for (const side of [width, height]) {
      expect(side).toBeGreaterThanOrEqual(340);
      expect(side).toBeLessThanOrEqual(3850);
      expect(side % 2).toBe(0);
    }
    expect(frames).toBe(60);
  });
});

test('"10 s" of a 29.97 fps clip is legal', async () => {
  const clip = await makeClip(shell.path('ntsc.mp4'), { rate: '30000/1001', seconds: 14, size: '480x360' });
  const output = shell.path('ntsc-prepared.mp4');
  const args = ['prepare', '--video', clip, '--output', output, '--orientation', 'image', '--from', '1', '--to', '11'];
  expect((await shell.run(args)).code).toBe(0);
  const { frames, seconds } = await probe(output);
  expect(frames).toBe(299);
  expect(seconds).toBeLessThanOrEqual(10);
});

test('a timecode is a frame of the true rate', async () => {
  const clip = await makeClip(shell.path('pal.mp4'), { seconds: 6 });
  const output = shell.path('pal-prepared.mp4');
  const args = ['prepare', '--video', clip, '--output', output, '--from', '00:00:01:05', '--to', '00:00:05:00'];
  expect((await shell.run(args)).code).toBe(0);
  expect((await probe(output)).frames).toBe(95);
});

test('a crop gives the file its shape; one that lies outside is refused under its flag, before anything is made', async () => {
  const clip = await makeClip(shell.path('wide.mp4'), { size: '1280x720', seconds: 4 });
  const output = shell.path('wide-prepared.mp4');
  const prepare = (crop: string) => shell.run(['prepare', '--video', clip, '--output', output, '--crop', crop]);
  const refused = await prepare('700x720+600+0');
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain('--crop');
  expect(filesUnder(shell.path('.')).filter((name) => name.includes('wide-prepared'))).toEqual([]);
  expect((await prepare('9:16')).code).toBe(0);
  expect(await probe(output)).toMatchObject({ width: 406, height: 720, frames: 100 });
});

describe('names', () => {
  test.each([
    ['my best clip.mp4', false],
    // What a process gets as its words, and ffmpeg as its own, whatever the bytes are.
    ['🎬🔥 踊り の クリップ.mp4', true],
    ['-x.mp4', false],
    ['100%d.mp4', false],
    ["it's; $HOME.mp4", true],
  ])('%s works', async (name, asProgram) => {
    const folder = shell.path('names');
    await mkdir(folder, { recursive: true });
    await copyFile(shell.path('small.mp4'), path.join(folder, name));
    const output = `${name}.prepared.mp4`;
    const { code, stdout } = await shell.run(['prepare', `--video=${name}`, `--output=${output}`, '--json'], {
      cwd: folder,
      asProgram,
    });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ file: path.join(folder, output) });
    expect((await probe(path.join(folder, output))).width).toBeGreaterThanOrEqual(340);
  });
});

inLongRun(() => {
  test('an existing file is replaced only when told to', async () => {
    const output = shell.path('existing.mp4');
    await writeFile(output, 'precious');
    expect((await shell.run(['prepare', '--video', 'small.mp4', '--output', output])).code).toBe(2);
    expect(await readFile(output, 'utf8')).toBe('precious');
    expect((await shell.run(['prepare', '--video', 'small.mp4', '--output', output, '--yes'])).code).toBe(0);
    expect((await probe(output)).codec).toBe('h264');
  });
});

describe('work that does not come to its end', () => {
  const slow = { seconds: 12, size: '1920x1080', hasSound: false, isSlowToPrepare: true };

  test('a source that vanishes: the reason and exit 1, or the whole file if it was open already; never half a file', async () => {
    const folder = await mkdtemp(shell.path('vanishing-'));
    const clip = await makeClip(path.join(folder, 'clip.mp4'), slow);
    const output = path.join(folder, 'prepared.mp4');
    const running = shell.start(['prepare', '--video', clip, '--output', output, '--json']);
    await running.said(/Preparing/);
    await rm(clip);
    const { code, stdout } = await running.ended;
    if (code === 0) {
      expect((await probe(output)).frames).toBe(300);
      return;
    }
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'sourceMissing', reasons: [{ field: 'video' }] } });
    expect(filesUnder(folder)).toEqual([]);
  });

  inLongRun(() => {
    test('an interruption: exit 130, no half file', async () => {
      const folder = await mkdtemp(shell.path('interrupted-'));
      const clip = await makeClip(shell.path('long.mp4'), slow);
      const running = shell.start(['prepare', '--video', clip, '--output', path.join(folder, 'prepared.mp4')]);
      await running.said(/Preparing \d+%/);
      running.child.kill('SIGINT');
      expect((await running.ended).code).toBe(130);
      expect(filesUnder(folder)).toEqual([]);
      expect(filesUnder(path.join(shell.profileDir, 'cache')).filter((name) => name.includes('.part'))).toEqual([]);
    });
  });
});

test('check says legal, or what will be done, in one document', async () => {
  const { code, document } = await shell.json(['check', '--video', 'small.mp4']);
  expect(code).toBe(0);
  expect(document).toMatchObject({
    isLegal: true,
    checks: [{ field: 'video', isLegal: true, plan: { kind: 'reencode' } }],
  });
});
