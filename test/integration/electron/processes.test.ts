/** Helpers of the built Electron entry: utility processes that need no stdin, know no key and end with the app. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { readPort } from '../../../main/sandbox/place.ts';
import type { Asset } from '../../../shared/contract/media.ts';
import type { Result } from '../../../shared/errors.ts';
import { builtEntry, startElectron } from './startElectron.ts';

const root = path.resolve(import.meta.dirname, '..', '..', '..');
const picture = path.join(root, 'samples', 'wanderer.jpg');

function makeFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'restage-helpers-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

interface Forked {
  forked: { command: string; serviceName: string; env: string[] }[];
}

it('F1, F4: a picture is read, and the sandbox served, by utility processes that end with the app', async () => {
  const folder = makeFolder();
  const electron = await startElectron({
    args: ['--profile', folder],
    // The longest idle time: only the app's end ends it.
    env: { EVOLINK_API_KEY: 'sk-not-for-helpers', RESTAGE_SANDBOX_IDLE_MS: '600000' },
  });
  onTestFinished(() => electron.kill());
  const [asset] = await electron.ask<Result<Asset>[]>('intake', { files: [{ path: picture }] });
  expect(asset).toMatchObject({ ok: true, value: { facts: { kind: 'image' } } });
  await electron.ask('page', { method: 'call', args: ['account.refresh', { provider: 'sandbox' }] });
  const { forked } = await electron.ask<Forked>('describe');
  expect(forked.map(({ command, serviceName }) => [command, serviceName]).toSorted()).toEqual([
    ['image-worker', 'Restage pictures'],
    ['sandbox', 'Restage sandbox'],
  ]);
  for (const { env } of forked) expect(env).not.toContain('EVOLINK_API_KEY');
  const port = readPort(path.join(folder, 'sandbox'))?.port ?? 0;
  const answers = () =>
    fetch(`http://127.0.0.1:${port}/`).then(
      () => true,
      () => false,
    );
  expect(await answers()).toBe(true);
  expect(await electron.quit()).toBe(0);
  await expect.poll(answers, { timeout: 30_000 }).toBe(false);
});

it('F1, F9: --cli reads a picture too, with Chromium’s files in the profile that it was given', () => {
  const folder = makeFolder();
  const run = spawnSync(
    process.execPath,
    [builtEntry, '--cli', 'check', '--image', picture, '--profile', folder, '--json'],
    {
      encoding: 'utf8',
      env: {
        ...process.env,
        NODE_OPTIONS: `--import ${pathToFileURL(path.join(root, 'test', 'stub', 'register.mjs')).href}`,
      },
    },
  );
  expect(run.stderr).toBe('');
  expect(JSON.parse(run.stdout)).toMatchObject({ isLegal: true });
});
