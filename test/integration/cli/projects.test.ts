/** Projects by a person's own rules: no order without one, each with a folder of its own; and what lies in there is a result like all others. */
import { mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeClip, makeImage, openShell, type Shell } from './commandLine.ts';

let shell: Shell;
beforeAll(async () => {
  shell = await openShell({ isHere: true });
  await makeClip(shell.path('dance.mp4'), { seconds: 4 });
  await makeImage(shell.path('Ada.png'));
});
afterAll(() => shell.remove());

const generate = (...more: string[]) =>
  shell.json([
    ...['generate', '--video', 'dance.mp4', '--image', 'Ada.png', '--orientation', 'image', '--quality', '720p'],
    ...more,
  ]);
const ordered = () => shell.ledger().filter(({ kind }) => kind === 'task').length;

test('6 projects: an order without one is refused with the way out; nothing is sent', async () => {
  expect((await shell.run(['settings', 'set', 'needs-project', 'on'])).code).toBe(0);
  const { code, document } = await generate();
  expect([code, ordered()]).toEqual([2, 0]);
  expect(document).toMatchObject({
    error: {
      code: 'refused',
      reasons: [{ field: 'project', rule: expect.any(String), fix: expect.stringContaining('--project') }],
    },
  });
  expect((await generate('--project', '  ')).code).toBe(2);
  expect((await shell.run(['settings', 'set', 'needs-project', 'maybe'])).code).toBe(2);
});

test('6 projects: results go into the folder of their project, are found and verified, and stay there when they are ordered again', async () => {
  await shell.run(['settings', 'set', 'project-folders', 'on']);
  const first = await generate('--project', 'Spot: 春/1');
  expect(first.code).toBe(0);
  const [job] = first.document.jobs;
  const folder = path.join(shell.libraryDir, 'Spot 春 1');
  expect(path.dirname(job?.file ?? '')).toBe(folder);
  expect(readdirSync(folder).sort()).toEqual(
    [path.basename(job?.file ?? ''), path.basename(job?.sidecar ?? '')].sort(),
  );
  // The same again has its own place in there, and a project is no way into a folder that Restage keeps for itself.
  const second = await generate('--project', 'Spot: 春/1');
  expect(path.dirname(second.document.jobs[0]?.file ?? '')).toBe(folder);
  mkdirSync(path.join(shell.libraryDir, 'Conformed'));
  const third = await generate('--project', 'conformed');
  expect(path.basename(path.dirname(third.document.jobs[0]?.file ?? ''))).toBe('conformed_');
  const rebuilt = await shell.json(['library', 'rebuild']);
  expect(rebuilt.document).toMatchObject({ present: 3, missing: 0, strays: [], damaged: [] });
  expect((await shell.json(['library', 'verify'])).document).toMatchObject({ intact: 3, changed: [], missing: [] });
  // Ordered again it stays with its project.
  const list = (await shell.json(['library', 'list'])).document as unknown as { items: { id: string; file: string }[] };
  const id = list.items.find(({ file }) => file === job?.file)?.id ?? '';
  const again = await shell.json(['library', 'promote', id]);
  expect(path.dirname(again.document.jobs[0]?.file ?? '')).toBe(folder);
});
