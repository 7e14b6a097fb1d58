/**
 * Bad input is refused with field, value, rule and way out, exit 2, nothing written, no stack. Each kind of answer is shown once by the
 * program itself; the many inputs are judged by the same command line in this process. The long run has every video with every command.
 */
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '../../fixtures/media.ts';
import { thinned } from '../../fixtures/runs.ts';
import { toolPaths } from '../sandbox/harness.ts';
import { filesUnder, makeClip, makeImage, openShell, type Shell, type StartOptions } from './commandLine.ts';

let shell: Shell;
beforeAll(async () => {
  shell = await openShell({ isHere: true });
  const clip = await makeClip(shell.path('clip.mp4'));
  await makeImage(shell.path('face.png'));
  await makeImage(shell.path('wide.png'), '900x300');
  await makeClip(shell.path('short.mp4'), { seconds: 2 });
  await run(toolPaths().ffmpeg, [
    '-v',
    'error',
    '-f',
    'lavfi',
    '-i',
    'sine=d=4',
    '-c:a',
    'aac',
    shell.path('audio.mp4'),
  ]);
  await writeFile(shell.path('empty.mp4'), '');
  await writeFile(shell.path('text.mp4'), 'not a film at all\n'.repeat(50));
  const whole = await readFile(clip);
  await writeFile(shell.path('truncated.mp4'), whole.subarray(0, Math.floor(whole.length / 3)));
  await mkdir(shell.path('folder'));
  await mkdir(shell.path('out'));
});
afterAll(() => shell.remove());

/** Each reason says all four things, and nobody sees our insides. */
async function expectRefusal(args: readonly string[], field: string, options: StartOptions = {}) {
  const { code, document } = await shell.json(args, options);
  expect(code).toBe(2);
  expect(Object.keys(document)).toContain('error');
  const reason = document.error.reasons.find((each) => each.field === field);
  expect(reason, JSON.stringify(document.error)).toBeDefined();
  for (const each of document.error.reasons) {
    for (const part of [each.field, each.value, each.rule, each.fix]) expect(part.trim()).not.toBe('');
    expect(each.rule).toMatch(/ /);
  }
  expect(JSON.stringify(document)).not.toMatch(/\bat .*\.(js|ts):\d+/);
  return reason;
}

const generate = (video: string, image: string) => [
  ...['generate', '--video', video, '--image', image, '--orientation', 'image', '--quality', '720p'],
];

const badVideos = [
  ['missing', 'missing.mp4'],
  ['empty', 'empty.mp4'],
  ['truncated', 'truncated.mp4'],
  ['audio only', 'audio.mp4'],
  ['text as .mp4', 'text.mp4'],
  ['2 s long', 'short.mp4'],
  ['a folder', 'folder'],
] as const;

describe.each(badVideos.map(([what, video], number) => [what, video, number] as const))(
  'a video that is %s',
  (_, video, number) => {
    const commands: [string, string[]][] = [
      ['check', ['check', '--video', video]],
      ['prepare', ['prepare', '--video', video, '--output', 'out/prepared.mp4']],
      ['generate', generate(video, 'face.png')],
      ['element create', ['element', 'create', '--video', video, '--name', 'Ada', '--description', 'a face']],
    ];
    // In the quick run each video meets one command, and each command some of the videos.
    test.each(thinned(commands, commands.length, number))('%s refuses it', async (_command, args) => {
      await expectRefusal(args, 'video');
      expect(filesUnder(shell.path('out'))).toEqual([]);
      expect(filesUnder(shell.libraryDir)).toEqual([]);
      const { document } = await shell.json(['jobs', 'list']);
      expect(document.jobs).toEqual([]);
    });
  },
);

test('a 3:1 image is refused with the ratio found', async () => {
  const reason = await expectRefusal(generate('clip.mp4', 'wide.png'), 'image', { asProgram: true });
  expect(reason?.value).toContain('3:1');
});

test('an image where a video belongs, and the other way round, are told in one answer', async () => {
  const { document } = await shell.json(generate('face.png', 'clip.mp4'));
  expect(document.error.reasons.map((reason) => reason.field)).toEqual(['video', 'image']);
});

test('every reason of every input comes at once', async () => {
  const { code, document } = await shell.json([
    ...generate('short.mp4', 'wide.png'),
    ...['--video', 'missing.mp4', '--prompt', 'x'.repeat(2501), '--callback-url', 'http://localhost/done'],
  ]);
  expect(code).toBe(2);
  const fields = new Set(document.error.reasons.map((reason) => reason.field));
  expect([...fields].sort()).toEqual(['callback-url', 'image', 'prompt', 'video']);
  expect(document.error.reasons.filter((reason) => reason.field === 'video').map((reason) => reason.value)).toEqual(
    expect.arrayContaining([expect.stringContaining('short.mp4'), expect.stringContaining('missing.mp4')]),
  );
});

test('when no input can be read, not even a profile is made', async () => {
  const fresh = ['--profile', shell.path('never'), '--library', shell.path('never-library')];
  const { code } = await shell.run([...generate('missing.mp4', 'empty.mp4'), ...fresh], {
    isBare: true,
    asProgram: true,
  });
  expect(code).toBe(2);
  expect(filesUnder(shell.folder).filter((name) => name.startsWith('never'))).toEqual([]);
});

test.each([
  ['check', ['check', '--video', 'clip.mp4']],
  ['prepare', ['prepare', '--video', 'clip.mp4', '--output', 'out/prepared.mp4']],
  ['generate', generate('clip.mp4', 'face.png')],
])('%s refuses a sound track that the clip does not have', async (_, args) => {
  const reason = await expectRefusal([...args, '--sound-track', '7'], 'sound-track');
  expect(reason?.value).toContain('7');
  expect(filesUnder(shell.path('out'))).toEqual([]);
});

test('an element forces the orientation', async () => {
  await expectRefusal([...generate('clip.mp4', 'face.png'), '--element', 'e1'], 'orientation');
});

test('an element with too long a name is refused before anything is ordered', async () => {
  await makeClip(shell.path('element.mp4'), { size: '720x720' });
  const name = 'x'.repeat(21);
  await expectRefusal(['element', 'create', '--video', 'element.mp4', '--name', name, '--description', 'd'], 'name');
});

describe('the output of prepare', () => {
  const prepare = (output: string) => ['prepare', '--video', 'clip.mp4', '--output', output];

  test.each([
    ['a folder that is not there', 'nowhere/prepared.mp4'],
    ['a folder itself', 'folder'],
    ['a file as folder', 'face.png/prepared.mp4'],
    ['the reference video', 'clip.mp4'],
    ['a file that exists', 'face.png'],
  ])('%s is refused', async (_, output) => {
    const before = await readFile(shell.path('clip.mp4'));
    await expectRefusal(prepare(output), 'output');
    expect(await readFile(shell.path('clip.mp4'))).toEqual(before);
  });

  const isRoot = process.getuid?.() === 0;
  const reason = isRoot ? '' : ' (needs root to become somebody else)';
  test.skipIf(!isRoot)(`a folder that this user may not write is refused${reason}`, async () => {
    const nobody = 65_534;
    await mkdir(shell.path('locked'), { mode: 0o755 });
    await chmod(shell.folder, 0o777);
    const places = ['--profile', shell.path('profile-of-nobody'), '--library', shell.path('library-of-nobody')];
    const asNobody = { uid: nobody, isBare: true };
    const prepared = await shell.json([...prepare('locked/prepared.mp4'), ...places], asNobody);
    expect(prepared.code).toBe(2);
    expect(prepared.document.error.reasons).toMatchObject([{ field: 'output', value: shell.path('locked') }]);
    expect(filesUnder(shell.path('locked'))).toEqual([]);

    const lockedLibrary = ['--profile', shell.path('profile-of-nobody'), '--library', shell.path('locked/library')];
    const ordered = await shell.json([...generate('clip.mp4', 'face.png'), ...lockedLibrary], asNobody);
    expect(ordered.code).toBe(2);
    expect(ordered.document.error.reasons.map((each) => each.field)).toEqual(['library']);

    const lockedProfile = await shell.json(['jobs', 'watch', '--profile', shell.path('locked/profile')], asNobody);
    expect(lockedProfile.code).toBe(2);
    expect(lockedProfile.document.error.reasons.map((each) => each.field)).toEqual(['profile']);
  });
});

describe('the words of a refusal', () => {
  test('for people they stand on stderr, without colour in a pipe, and stdout stays empty', async () => {
    const { code, stdout, stderr } = await shell.run(generate('clip.mp4', 'wide.png'), { asProgram: true });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('--image');
    expect(stderr).toContain('3:1');
    expect(stderr).not.toContain('\u001b');
  });

  test.each([
    ['ja_JP.UTF-8', /[\u3040-\u30ff]/],
    ['ko_KR.UTF-8', /[\uac00-\ud7af]/],
  ])('they follow the locale %s, in JSON too', async (LANG, script) => {
    const { document } = await shell.json(generate('clip.mp4', 'wide.png'), { env: { LANG } });
    expect(document.error.reasons[0]?.rule).toMatch(script);
  });
});

test('evolink without a key is refused, and orders nothing', async () => {
  const reason = await expectRefusal(
    [...generate('clip.mp4', 'face.png'), '--provider', 'evolink', '--yes'],
    'provider',
  );
  expect(reason?.fix).toContain('EVOLINK_API_KEY');
  await expectRefusal(['credits', '--provider', 'evolink'], 'provider');
});

describe('J6: what the environment says wrong is named by its variable, not as a flag and not as a dead line', () => {
  test.each([
    ['a key with a line end', { EVOLINK_API_KEY: 'sk-evo-secret\nmore' }, 'EVOLINK_API_KEY'],
    ['a key with Bearer', { EVOLINK_API_KEY: 'Bearer sk-evo-secret' }, 'EVOLINK_API_KEY'],
    ['a key with Hangul', { EVOLINK_API_KEY: 'sk-evo-secret키' }, 'EVOLINK_API_KEY'],
    ['an address', { EVOLINK_API_KEY: 'sk-evo-secret', RESTAGE_API_URL: 'ftp://127.0.0.1' }, 'RESTAGE_API_URL'],
  ])('%s', async (_what, env, variable) => {
    const { code, stdout, stderr } = await shell.run(['credits', '--provider', 'evolink'], { env });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(new RegExp(`✗ ${variable} `));
    expect(stderr).not.toContain('secret');
  });
});

test('C4: an element’s name is counted in characters as people count them, and control characters are refused', async () => {
  await makeClip(shell.path('named.mp4'), { size: '720x720' });
  const create = (name: string, description = 'd') => [
    ...['element', 'create', '--video', 'named.mp4', '--name', name, '--description', description],
  ];
  // 20 syllables, as a Mac hands them over: 60 code points.
  const ordered = await shell.json([
    ...create(` 각${'각'.normalize('NFD').repeat(19)}`, '각'.normalize('NFD')),
    '--detach',
  ]);
  expect(ordered.code).toBe(0);
  expect(ordered.document.jobs).toMatchObject([{ recipe: { name: '각'.repeat(20), description: '각' } }]);
  await expectRefusal(create('a\u0007'), 'name');
});

test('C3: a callback address is refused by what it reaches, and what is kept is the address that was checked', async () => {
  await expectRefusal([...generate('clip.mp4', 'face.png'), '--callback-url', 'https://198.18.0.1/'], 'callback-url');
  const callback = ['--callback-url', 'HTTPS://EXAMPLE.com/é', '--detach'];
  const ordered = await shell.json([...generate('clip.mp4', 'face.png'), ...callback]);
  expect(ordered.document.jobs).toMatchObject([{ recipe: { callbackUrl: 'https://example.com/%C3%A9' } }]);
});
