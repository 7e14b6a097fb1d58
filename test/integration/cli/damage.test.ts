/** What lies damaged in a profile is said by every command, and what only reads says it too. */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openShell, type Shell } from './commandLine.ts';

let shell: Shell;
beforeEach(async () => {
  shell = await openShell({ isHere: true });
  await mkdir(shell.profileDir, { recursive: true });
});
afterEach(() => shell.remove());

const settingsFile = () => shell.path('profile/settings.json');

test('J5: a settings file that cannot be read is said by a command that reads, which leaves it, and by one that acts, which sets it aside', async () => {
  const damaged = 'x{"language":"en","limits":{"perJob":"5","perDay":null,"perMonth":null}}';
  await writeFile(settingsFile(), damaged);
  const read = await shell.run(['jobs', 'list', '--json'], { asProgram: true });
  expect([read.code, read.stderr]).toEqual([0, expect.stringMatching(/^! The settings file cannot be read/)]);
  expect(await readFile(settingsFile(), 'utf8')).toBe(damaged);

  const acted = await shell.run(['jobs', 'watch', '--json'], { asProgram: true });
  expect([acted.code, acted.stderr]).toEqual([0, expect.stringMatching(/^! The settings file could not be read/)]);
  const kept = (await readdir(shell.profileDir)).filter((name) => name.startsWith('settings.json.damaged-'));
  expect(acted.stderr).toContain(kept[0]);
  expect(await readFile(shell.path(`profile/${kept[0]}`), 'utf8')).toBe(damaged);
  expect((await shell.run(['jobs', 'list'])).stderr).toBe('');
});

test('J5: a damaged list of jobs is restored by the command that wants to read it, and said', async () => {
  expect((await shell.run(['jobs', 'watch'])).code).toBe(0);
  const file = shell.path('profile/jobs.db');
  const bytes = await readFile(file);
  bytes.fill(0x5a, 100, 20_000);
  for (const suffix of ['-wal', '-shm']) await rm(`${file}${suffix}`, { force: true });
  await writeFile(file, bytes);
  const { code, stdout, stderr } = await shell.run(['jobs', 'list', '--json']);
  expect([code, JSON.parse(stdout)]).toEqual([0, { jobs: [] }]);
  expect(stderr).toMatch(/^! The list of jobs was damaged and was taken back from the backup/);
});

test('J5: a list of jobs of a newer version is named as such by commands that read and that act', async () => {
  expect((await shell.run(['jobs', 'watch'])).code).toBe(0);
  const db = new DatabaseSync(shell.path('profile/jobs.db'));
  db.exec('PRAGMA user_version = 99');
  db.close();
  for (const word of ['list', 'watch']) {
    const { code, document } = await shell.json(['jobs', word]);
    expect([code, document.error.code]).toEqual([1, 'storage']);
    expect(document.error.reasons).toMatchObject([{ field: 'profile', value: expect.stringContaining('99') }]);
  }
});
