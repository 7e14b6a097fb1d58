/** `restage generate`: from two files to a result with its recipe, ordered and paid exactly as often as a person meant. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inLongRun } from '../../fixtures/runs.ts';
import { makeClip, makeImage, openShell, probe, type Shell } from './commandLine.ts';

/** Lines run in this process, with the sandbox beside it, but where `asProgram` says otherwise. */
let shell: Shell;
beforeAll(async () => {
  shell = await openShell({ isHere: true });
  await makeClip(shell.path('dance.mp4'), { seconds: 5 });
  await makeClip(shell.path('walk.mp4'), { seconds: 4 });
  await makeImage(shell.path('Ada.png'));
  await makeImage(shell.path('Bob.png'), '700x700');
});
afterAll(() => shell.remove());

const generate = (more: readonly string[] = []) => [
  ...['generate', '--video', 'dance.mp4', '--image', 'Ada.png', '--orientation', 'image', '--quality', '720p', ...more],
];
const ordered = (kind: string) => shell.ledger().filter((event) => event.kind === kind).length;

test('the result is as ordered, and its recipe lies beside it', async () => {
  const args = generate(['--from', '0.5', '--to', '4', '--prompt', 'red coat']);
  const { code, document } = await shell.json(args, { asProgram: true });
  expect(code).toBe(0);
  const [job] = document.jobs;
  expect(document.jobs).toHaveLength(1);
  expect(job).toMatchObject({ state: 'completed', waitingFor: null, account: 'sandbox' });
  expect(job?.prepared?.sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(job?.uploads).toEqual({ video: expect.stringMatching(/./), image: expect.stringMatching(/./) });
  expect(path.dirname(job?.file ?? '')).toBe(shell.libraryDir);
  const result = await probe(job?.file ?? '');
  expect(Math.min(result.width, result.height)).toBe(720);
  expect(Math.abs(result.seconds - 3.48)).toBeLessThan(0.1);
  expect(result.hasSound).toBe(true);
  expect(JSON.parse(readFileSync(job?.sidecar ?? '', 'utf8'))).toMatchObject({
    recipe: { prompt: 'red coat', quality: '720p', orientation: 'image', keepSound: true, trim: { from: 12, to: 99 } },
    sources: { video: { name: 'dance.mp4' }, image: { name: 'Ada.png' } },
  });
});

describe('the name of an order', () => {
  test('the same name twice is one job; without a name every run is a new one', async () => {
    const before = ordered('task');
    const first = await shell.json(generate(['--order', 'a']));
    const again = await shell.json(generate(['--order', 'a']), { asProgram: true });
    expect([first.code, again.code]).toEqual([0, 0]);
    expect(again.document.jobs[0]?.id).toBe(first.document.jobs[0]?.id);
    expect(first.document.jobs[0]?.order).toBe('a');
    expect(ordered('task') - before).toBe(1);
    const unnamed = [await shell.json(generate()), await shell.json(generate())];
    expect(new Set(unnamed.map(({ document }) => document.jobs[0]?.id)).size).toBe(2);
    expect(ordered('task') - before).toBe(3);
  });

  test('another recipe under the same name is refused with what differs', async () => {
    const before = ordered('task');
    const { code, document } = await shell.json([
      ...['generate', '--video', 'dance.mp4', '--image', 'Ada.png', '--orientation', 'image', '--quality', '1080p'],
      ...['--order', 'a', '--from', '1', '--no-sound'],
    ]);
    expect(code).toBe(2);
    expect(document.error.reasons.map((reason) => reason.field).sort()).toEqual(['from', 'no-sound', 'quality']);
    expect(document.error.reasons.find((reason) => reason.field === 'quality')).toMatchObject({
      value: '1080p',
      rule: expect.stringContaining('720p'),
    });
    expect(ordered('task')).toBe(before);
  });

  test('a batch that is started again orders only what is missing', async () => {
    const before = ordered('task');
    const { code, document } = await shell.json(
      generate(['--order', 'a', '--image', 'Bob.png', '--video', 'walk.mp4']),
    );
    expect(code).toBe(0);
    expect(document.jobs).toHaveLength(4);
    expect(ordered('task') - before).toBe(3);
  });
});

test('a clip is prepared and uploaded once, however often it is used', async () => {
  const { document } = await shell.json(['jobs', 'list']);
  expect(document.jobs.length).toBeGreaterThan(4);
  const videos = shell.ledger().filter((event) => event.file?.mimeType.startsWith('video/'));
  const distinct = new Set(document.jobs.map((job) => job.prepared?.sha256));
  expect(videos).toHaveLength(distinct.size);
});

test('history, library and balance are read without the app', async () => {
  const list = await shell.run(['jobs', 'list']);
  expect(list.stdout).toContain('Ada × dance');
  const { document } = await shell.json(['library', 'search', 'red', 'coat']);
  expect(document).toMatchObject({ total: 1, items: [{ state: 'present', videoName: 'dance.mp4' }] });
  const credits = await shell.json(['credits']);
  expect(credits.document).toMatchObject({ provider: 'sandbox', isSandbox: true });
  expect(Number(credits.document.remainingCredits)).toBeLessThan(10_000);
});

test('an element is made, and answers its id', async () => {
  await makeClip(shell.path('face.mp4'), { size: '720x720' });
  const args = ['element', 'create', '--video', 'face.mp4', '--name', 'Ada', '--description', 'a face', '--order', 'e'];
  const { code, document } = await shell.json(args);
  expect(code).toBe(0);
  expect(document.jobs[0]).toMatchObject({ state: 'completed', elementId: expect.stringMatching(/./), file: null });
});

describe('EvoLink spends only when told to', () => {
  /** The sandbox in the role of the real provider, on loopback. */
  const evolink = () => {
    const { origin, key } = shell.sandboxPlace();
    return { env: { EVOLINK_API_KEY: key, RESTAGE_API_URL: origin, RESTAGE_FILES_URL: origin } };
  };
  const order = generate(['--provider', 'evolink', '--order', 'paid']);

  test('without a terminal it needs --yes, and says the price', async () => {
    await shell.json(['credits']); // the sandbox is there
    const before = ordered('task');
    const { code, document } = await shell.json(order, evolink());
    expect(code).toBe(2);
    expect(document.error).toMatchObject({ code: 'needsConsent', reasons: [{ field: 'yes' }] });
    expect(document.error.reasons[0]?.value).toContain('40.824');
    expect(ordered('task')).toBe(before);
  });

  test('with --yes it orders there, and what exists costs nothing more', async () => {
    const before = ordered('task');
    const paid = await shell.json([...order, '--yes'], { ...evolink(), asProgram: true });
    expect(paid.code).toBe(0);
    expect(paid.document.jobs[0]?.account).toMatch(/^evolink/);
    // Nothing is missing: no question.
    const again = await shell.json(order, evolink());
    expect(again.code).toBe(0);
    expect(ordered('task') - before).toBe(1);
  });

  inLongRun(() => {
    test('a name that was used in the sandbox is no real order', async () => {
      const { code, document } = await shell.json(
        generate(['--provider', 'evolink', '--order', 'a', '--yes']),
        evolink(),
      );
      expect(code).toBe(2);
      expect(document.error.reasons.map((reason) => reason.field)).toEqual(['provider']);
    });
  });
});

const footage = process.env.RESTAGE_FOOTAGE;
const why = footage ? '' : ' (RESTAGE_FOOTAGE is not set)';
describe.skipIf(!footage)(`real footage${why}`, () => {
  const video = path.join(footage ?? '', 'person-512x480-20s.mp4');
  const image = path.join(footage ?? '', 'portrait-1092x1280.jpg');

  test.each([
    ['720p', [], true, 720],
    ['1080p', ['--no-sound'], false, 1080],
  ] as const)('%s %j', async (quality, more, hasSound, side) => {
    expect(existsSync(video)).toBe(true);
    const { code, document } = await shell.json([
      ...['generate', '--video', video, '--image', image, '--from', '2.5', '--to', '12.5'],
      ...['--orientation', 'image', '--quality', quality, ...more],
    ]);
    expect(code).toBe(0);
    const result = await probe(document.jobs[0]?.file ?? '');
    expect(Math.min(result.width, result.height)).toBe(side);
    expect(Math.abs(result.seconds - 10)).toBeLessThanOrEqual(1 / result.rate + 0.03);
    expect(result.hasSound).toBe(hasSound);
  });

  test('prepared and uploaded once for both', async () => {
    const { document } = await shell.json(['jobs', 'list']);
    const both = document.jobs.filter((job) => (job as unknown as { video: string }).video === path.basename(video));
    expect(both).toHaveLength(2);
    expect(new Set(both.map((job) => job.prepared?.sha256)).size).toBe(1);
    expect(new Set(both.map((job) => job.uploads.video)).size).toBe(1);
  });
});
