/** Folders are made in one place, in bounded steps: what a file system answers never keeps the program going round. */
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, realpath, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFolder, makeFolderSync } from '../../../main/storage/makeFolder.ts';

let folder = '';
beforeEach(async () => {
  folder = await realpath(await mkdtemp(path.join(tmpdir(), 'restage-folder-')));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const ways = [
  ['makeFolder', makeFolder],
  ['makeFolderSync', async (...args: Parameters<typeof makeFolderSync>) => makeFolderSync(...args)],
] as const;

describe.each(ways)('%s', (_name, make) => {
  it('makes what is missing above, with the mode that was asked for, and is content with what is there', async () => {
    const deep = path.join(folder, 'a', 'b', 'c');
    await make(deep, { mode: 0o700 });
    await make(deep, { mode: 0o700 });
    await make(folder);
    for (const made of ['a', 'a/b', 'a/b/c']) {
      const found = await stat(path.join(folder, made));
      expect([found.isDirectory(), found.mode & 0o777]).toEqual([true, process.platform === 'win32' ? 0o666 : 0o700]);
    }
  });

  it('follows a link to a folder, and names a file that is in the way', async () => {
    await mkdir(path.join(folder, 'real'));
    await symlink(path.join(folder, 'real'), path.join(folder, 'link'), 'junction');
    await make(path.join(folder, 'link', 'new'));
    expect(readdirSync(path.join(folder, 'real'))).toEqual(['new']);
    await writeFile(path.join(folder, 'file'), '');
    await expect(make(path.join(folder, 'file'))).rejects.toMatchObject({ code: 'EEXIST' });
    await expect(make(path.join(folder, 'file', 'below'))).rejects.toMatchObject({
      code: process.platform === 'win32' ? 'ENOENT' : 'ENOTDIR',
    });
  });

  it('gives up on a link that leads nowhere', async () => {
    await symlink(path.join(folder, 'nowhere', 'at all'), path.join(folder, 'link'), 'junction');
    await expect(make(path.join(folder, 'link'))).rejects.toThrow(/EEXIST|ENOENT/);
    await expect(make(path.join(folder, 'link', 'below'))).rejects.toThrow(/EEXIST|ENOENT/);
  });
});

/** In a process of its own: if it does not end, it is this test that ends it. */
const source = path.resolve(import.meta.dirname, '../../../main/storage/makeFolder.ts');
const hasProc = process.platform === 'linux';

it.skipIf(!hasProc).each(ways.map(([name]) => name))(
  `C1: %s ends where a parent exists and no folder can be made${hasProc ? '' : ' (needs /proc)'}`,
  async (name) => {
    const code = `import { ${name} } from ${JSON.stringify(source)};
      try { await ${name}('/proc/restage/a/b'); } catch (error) { process.stdout.write(error.code); }`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
      timeout: 20_000,
      killSignal: 'SIGKILL',
    });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    const signal = await new Promise((resolve) => child.on('close', (_code, signalName) => resolve(signalName)));
    expect([said, signal]).toEqual(['ENOENT', null]);
  },
);

it('C1: no other file of the app makes folders by a recursive mkdir', () => {
  const root = path.resolve(import.meta.dirname, '../../..');
  const sources = ['main', 'preload', 'shared'].flatMap((side) =>
    readdirSync(path.join(root, side), { recursive: true })
      .map((name) => path.join(side, String(name)))
      .filter((name) => name.endsWith('.ts')),
  );
  expect(sources.length).toBeGreaterThan(100);
  const callers = sources.filter((name) => /\bmkdir(Sync)?\s*\(/.test(readFileSync(path.join(root, name), 'utf8')));
  expect(callers).toEqual([path.join('main', 'storage', 'makeFolder.ts')]);
});
