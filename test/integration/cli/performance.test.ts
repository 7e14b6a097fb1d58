/** `restage generate --parts`: a video over the limit becomes one joined result; without the flag it is refused as before. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeClip, makeImage, openShell, probe, type Shell } from './commandLine.ts';

let shell: Shell;
beforeAll(async () => {
  shell = await openShell({ isHere: true });
  await makeClip(shell.path('dance.mp4'), { seconds: 13 });
  await makeImage(shell.path('Ada.png'));
});
afterAll(() => shell.remove());

const long = [
  ...['generate', '--video', 'dance.mp4', '--image', 'Ada.png', '--orientation', 'image', '--quality', '720p'],
];
const ordered = () => shell.ledger().filter((event) => event.kind === 'task').length;

test('9: two parts, one joined result; the same name again orders nothing', async () => {
  const refused = await shell.json(long);
  expect(refused.code).toBe(2);
  const { code, document } = await shell.json([...long, '--parts', '--order', 'long']);
  expect(code).toBe(0);
  expect(document.jobs.map(({ state }) => state)).toEqual(['completed', 'completed']);
  const [joined] = (document as unknown as { joined: { state: string; file: string }[] }).joined;
  expect(joined?.state).toBe('joined');
  const result = await probe(joined?.file ?? '');
  expect(Math.abs(result.seconds - 13)).toBeLessThan(0.1);
  expect(result.hasSound).toBe(true);
  const again = await shell.json([...long, '--parts', '--order', 'long']);
  expect(again.document.jobs.map(({ id }) => id)).toEqual(document.jobs.map(({ id }) => id));
  expect((again.document as unknown as { joined: unknown[] }).joined).toEqual(
    (document as unknown as { joined: unknown[] }).joined,
  );
  expect(ordered()).toBe(2);
});
