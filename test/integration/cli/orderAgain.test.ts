/** `restage library again|promote`: the same inputs once more, priced against before, once per name, and refused where it makes no sense. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeClip, makeImage, openShell, probe, type Shell } from './commandLine.ts';

let shell: Shell;
let id = '';
beforeAll(async () => {
  shell = await openShell({ isHere: true });
  await makeClip(shell.path('dance.mp4'), { seconds: 4 });
  await makeImage(shell.path('Ada.png'));
  const inputs = ['--video', 'dance.mp4', '--image', 'Ada.png', '--orientation', 'image', '--quality', '720p'];
  const { code, document } = await shell.json(['generate', ...inputs, '--prompt', 'red coat']);
  expect(code).toBe(0);
  const sidecar = JSON.parse(readFileSync(document.jobs[0]?.sidecar ?? '', 'utf8')) as { item: { id: string } };
  id = sidecar.item.id;
});
afterAll(() => shell.remove());

const ordered = () => shell.ledger().filter(({ kind }) => kind === 'task').length;

test('14 promote: 720p becomes 1080p with the same inputs; the price of both is said, and a name is one order', async () => {
  const before = ordered();
  const args = ['library', 'promote', id, '--takes', '2', '--order', 'final'];
  const first = await shell.run(args);
  expect([first.code, ordered() - before]).toEqual([0, 2]);
  expect(first.stderr).toMatch(/2 to order: [\d.–]+ test credits before, [\d.–]+ test credits now/);
  const again = await shell.json(args);
  expect([again.code, ordered() - before]).toEqual([0, 2]);
  const [job] = again.document.jobs;
  const result = await probe(job?.file ?? '');
  expect(Math.min(result.width, result.height)).toBe(1080);
  expect(JSON.parse(readFileSync(job?.sidecar ?? '', 'utf8'))).toMatchObject({
    recipe: { quality: '1080p', prompt: 'red coat', orientation: 'image' },
    sources: { video: { name: 'dance.mp4' }, image: { name: 'Ada.png' } },
  });
  // What is in 1080p already is named, and nothing is ordered.
  const done = JSON.parse(readFileSync(job?.sidecar ?? '', 'utf8')) as { item: { id: string } };
  const refused = await shell.json(['library', 'promote', id, done.item.id]);
  expect(refused).toMatchObject({ code: 2, document: { error: { reasons: [{ field: 'results' }] } } });
  expect(ordered() - before).toBe(2);
});

test('14 again: what a flag changes is changed, the rest is as it was', async () => {
  const { code, document } = await shell.json(['library', 'again', id, '--prompt', 'blue coat']);
  expect(code).toBe(0);
  expect(JSON.parse(readFileSync(document.jobs[0]?.sidecar ?? '', 'utf8'))).toMatchObject({
    recipe: { quality: '720p', prompt: 'blue coat', orientation: 'image' },
  });
});
