/** What is wrong with an input is said in the contract's codes, briefly, and without a path of the profile. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { longestText } from '../../../main/commands/publicError.ts';
import { type CommandName, commands } from '../../../shared/contract/index.ts';
import type { Result } from '../../../shared/errors.ts';
import { openTestProfile, type TestProfile } from '../app/harness.ts';

let profile: TestProfile;
beforeAll(async () => {
  profile = await openTestProfile();
});
afterAll(() => profile.remove());

/** Every text in an answer. */
function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, inner]) => [name, ...texts(inner)]);
}

function judge(result: Result<unknown>, what: string): void {
  if (result.ok) return;
  expect(result.error.code, what).not.toBe('internal');
  for (const text of texts(result.error)) {
    expect(text.length, `${what}: ${text.slice(0, 50)}`).toBeLessThanOrEqual(longestText);
    expect(text).not.toContain(profile.profileDir);
  }
}

const odd = [
  'unknown',
  '',
  '.',
  '..',
  '../x',
  'a/b',
  'a\0b',
  'x'.repeat(300_000),
  '💃'.repeat(200_000),
  '\u202eevil',
  '__proto__',
];

it.each(Object.keys(commands) as CommandName[])('trust 12: %s with odd ids', async (command) => {
  // These act on the world or take an hour; their inputs have no ids.
  if (['library.rebuild', 'apiKey.set', 'app.loadSample', 'account.testLine'].includes(command)) return;
  for (const id of odd) {
    const input = {
      ...{
        id,
        ids: [id],
        assetId: id,
        videoId: id,
        imageId: id,
        elementClipId: id,
        elementId: id,
        search: id,
        text: id,
      },
      ...{
        target: 'motion-video',
        trim: { unit: 'frames', from: 0, to: 90 },
        to: 'top',
        isPaused: false,
        orderName: id,
      },
      ...{ choice: { kind: 'task', taskId: id }, answer: 'cancel', link: 'keys', name: id, orientation: 'video' },
      cells: [
        {
          orderId: id.padEnd(8, 'x'),
          recipe: { kind: 'motion', videoId: id, imageId: id, orientation: 'video', quality: '720p' },
        },
      ],
    };
    judge(await profile.connection.call(command, input as never), `${command} ${JSON.stringify(id.slice(0, 20))}`);
  }
});

it('trust 12: hiding a job that is not there says so', async () => {
  const hidden = await profile.connection.call('jobs.hide', { id: 'nobody' });
  expect(hidden).toMatchObject({ ok: false, error: { code: 'notFound', reasons: [{ rule: 'job.unknown' }] } });
});

it.each([
  ['a NUL', 'clip\0.mp4'],
  ['a line break', 'clip.mp4\r\nx-injected: 1'],
  ['a program’s ending', 'clip.exe'],
  ['a path', '../../../etc/passwd'],
  ['another alphabet’s whole shelf', '踊'.repeat(20_000)],
  ['half a character', 'clip\ud83d.mp4'],
])('trust 12, 14: an upload whose name holds %s is staged under a name of our own', async (_what, name) => {
  const body = () => new Blob(['no media at all']).stream() as ReadableStream<Uint8Array>;
  const result = await profile.connection.app?.intakeStream(name, body());
  if (!result) throw new Error('no app');
  expect(result).toMatchObject({ ok: false, error: { code: 'refused' } });
  judge(result, name.slice(0, 20));
});

it('trust 14: what is staged has neither name nor ending of the upload, and is called as it was, but for what no name needs', async () => {
  const { default: sharp } = await import('sharp');
  const png = await sharp({ create: { width: 400, height: 400, channels: 3, background: '#0a0' } })
    .png()
    .toBuffer();
  const body = new Blob([new Uint8Array(png)]).stream() as ReadableStream<Uint8Array>;
  const result = await profile.connection.app?.intakeStream('evil\r\nname.exe\0.png', body);
  expect(result).toMatchObject({ ok: true, value: { name: 'evil��name.exe�.png' } });
  for (const name of readdirSync(path.join(profile.profileDir, 'staging'))) expect(name).toMatch(/^[0-9a-f]{24}$/);
});

it('trust 12: the page never learns where the profile lies', async () => {
  const info = await profile.call('app.info', {});
  for (const text of texts(info)) expect(text).not.toContain(profile.profileDir);
  expect(info.folders.profile).toContain(path.basename(profile.profileDir));
});
