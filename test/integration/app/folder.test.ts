/** The folder for results: chosen in a dialog or typed, checked when it is chosen. */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { openTestProfile, type TestProfile } from './harness.ts';

let profile: TestProfile;
afterEach(() => profile.remove());

const ruleOf = async (named: string) => {
  const result = await profile.connection.call('settings.chooseLibraryFolder', { path: named });
  return result.ok ? null : result.error.reasons[0]?.rule;
};

it('is made when it is typed, and refused where nothing can be written', async () => {
  profile = await openTestProfile();
  const folder = path.join(profile.profileDir, 'films', 'ダンス');
  expect(await profile.call('settings.chooseLibraryFolder', { path: ` ${folder} ` })).toMatchObject({
    libraryDir: folder,
  });
  expect(existsSync(folder)).toBe(true);

  const file = path.join(profile.profileDir, 'file.txt');
  await writeFile(file, '');
  expect([await ruleOf('films'), await ruleOf(file)]).toEqual(['folder.absolute', 'folder.writable']);
  const set = await profile.connection.call('settings.set', { libraryDir: 'films' });
  expect(set.ok).toBe(false);
  expect((await profile.call('settings.get', {})).libraryDir).toBe(folder);

  await profile.call('settings.chooseLibraryFolder', { path: '' });
  expect((await profile.call('settings.get', {})).libraryDir).toBe('');
});

it('comes from the host’s dialog, which may be closed without a choice', async () => {
  let answer: string | null = null;
  profile = await openTestProfile({ chooseFolder: () => Promise.resolve(answer) });
  expect((await profile.call('settings.chooseLibraryFolder', {})).libraryDir).toBe('');
  answer = path.join(profile.profileDir, 'chosen');
  expect((await profile.call('settings.chooseLibraryFolder', {})).libraryDir).toBe(answer);
});

it('is not asked for by a host without a dialog', async () => {
  profile = await openTestProfile();
  expect((await profile.connection.call('settings.chooseLibraryFolder', {})).ok).toBe(false);
});
