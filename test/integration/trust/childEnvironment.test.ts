/** What the processes that Restage starts get of its environment: an allow-list, and never the key. */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { childEnvironment } from '../../../main/childEnvironment.ts';
import { openAppWindow } from '../../../main/hosts/browser/appWindow.ts';
import { runDesktopCommand } from '../../../main/hosts/browser/desktop.ts';
import { runEncode, runText } from '../../../main/media/ffmpeg.ts';
import { createImageClient } from '../../../main/media/picture/imageClient.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'restage-env-'));
const program = path.join(folder, 'program');
const said = path.join(folder, 'said');
const before = { ...process.env };

beforeAll(() => {
  writeFileSync(program, `#!/bin/sh\nenv > '${said}.tmp'\nmv '${said}.tmp' '${said}'\nexit 1\n`);
  chmodSync(program, 0o755);
  Object.assign(process.env, {
    EVOLINK_API_KEY: 'sk-evo-not-yours',
    AWS_SECRET_ACCESS_KEY: 'not-yours',
    SOME_TOKEN: 'not-yours',
  });
});
afterAll(() => {
  for (const name of ['EVOLINK_API_KEY', 'AWS_SECRET_ACCESS_KEY', 'SOME_TOKEN']) {
    if (before[name] === undefined) delete process.env[name];
    else process.env[name] = before[name];
  }
  rmSync(folder, { recursive: true, force: true });
});

const quiet = { info: () => {}, warn: () => {}, error: () => {} };
const starts: Record<string, () => unknown> = {
  'ffmpeg on a pipe': () => runText({ command: program, args: [], deadlineMs: 20_000 }),
  'an encode': () =>
    runEncode({
      ...{ command: program, inputOptions: [], source: program, outputOptions: ['-f', 'mp4'] },
      ...{ output: path.join(folder, 'out.mp4'), durationSeconds: 1, deadlineMs: 20_000 },
    }).catch(() => {}),
  'the image worker': () => {
    const client = createImageClient({ selfCommand: { command: program, args: [] }, env: process.env, logger: quiet });
    return client.ask({ op: 'facts', source: program } as never).catch(() => {});
  },
  'the browser': () =>
    openAppWindow({ browser: program, handOff: path.join(folder, 'x.html'), profileDir: folder }).ended,
  'an opener of the desktop': () => runDesktopCommand({ command: program, args: [] }),
};

it.skipIf(process.platform === 'win32').each(Object.keys(starts))('trust 1: %s', async (what) => {
  rmSync(said, { force: true });
  await starts[what]?.();
  await expect.poll(() => readOr(said), { timeout: 20_000 }).toContain('PATH=');
  const text = readOr(said);
  expect(text).not.toContain('not-yours');
  expect(text).not.toMatch(/EVOLINK|SECRET|TOKEN/);
});

function readOr(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

it('trust 1: is a list of what is allowed, in any spelling', () => {
  const env = {
    Path: 'C:\\',
    lc_all: 'C',
    https_proxy: 'p',
    EVOLINK_API_KEY: 'k',
    GITHUB_TOKEN: 't',
    LC_X: 'c',
    DISPLAY: ':0',
  };
  expect(childEnvironment(env, 'media')).toEqual({ Path: 'C:\\', lc_all: 'C', LC_X: 'c' });
  expect(childEnvironment(env, 'desktop')).toMatchObject({ https_proxy: 'p', DISPLAY: ':0' });
  for (const kind of ['media', 'self', 'desktop'] as const) {
    const names = Object.keys(childEnvironment(env, kind));
    expect(names).not.toContain('EVOLINK_API_KEY');
    expect(names).not.toContain('GITHUB_TOKEN');
  }
});
