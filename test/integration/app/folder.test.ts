/** Folders and programs: chosen in a dialog or named by a host, checked when they are set, and never named by a page. */
import { chmodSync, existsSync, statSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import type { Places } from '../../../main/profile/wire.ts';
import { openTestProfile, type TestProfile } from './harness.ts';

let profile: TestProfile;
afterEach(() => profile.remove());

const ruleOf = async (places: Places) => {
  const result = await profile.connection.setPlaces(places);
  return result.ok ? null : result.error.reasons[0]?.rule;
};

it('is made when a host names it, and refused where nothing can be written', async () => {
  profile = await openTestProfile();
  const folder = path.join(profile.profileDir, 'films', 'ダンス');
  expect(await profile.connection.setPlaces({ libraryDir: folder })).toMatchObject({ value: { libraryDir: folder } });
  expect(existsSync(folder)).toBe(true);

  const file = path.join(profile.profileDir, 'file.txt');
  await writeFile(file, '');
  const rules = [await ruleOf({ libraryDir: 'films' }), await ruleOf({ libraryDir: file })];
  expect(rules).toEqual(['folder.absolute', 'folder.writable']);
  expect((await profile.call('settings.get', {})).libraryDir).toBe(folder);

  await profile.call('settings.chooseLibraryFolder', { isDefault: true });
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

it('trust 1: a page names no program and no folder, and no file becomes a program because somebody named it', async () => {
  profile = await openTestProfile();
  const script = path.join(profile.profileDir, 'script.sh');
  const ran = path.join(profile.profileDir, 'ran');
  writeFileSync(script, `#!/bin/sh\necho ran > ${ran}\n`, { mode: 0o644 });
  const { call } = profile.connection;
  for (const named of [
    { ffmpegPath: script },
    { ffprobePath: script },
    { libraryDir: path.join(profile.profileDir, 'x') },
  ]) {
    expect(await call('settings.set', named as never)).toMatchObject({ ok: false, error: { code: 'refused' } });
  }
  const folder = { path: path.join(profile.profileDir, 'x') };
  expect(await call('settings.chooseLibraryFolder', folder as never)).toMatchObject({ ok: false });
  expect(existsSync(path.join(profile.profileDir, 'x'))).toBe(false);

  // A host may name it; what is not executable stays so, and is refused in words.
  expect(await ruleOf({ ffmpegPath: script })).toBe('program.executable');
  expect(await ruleOf({ ffprobePath: 'ffprobe' })).toBe('program.absolute');
  await profile.call('app.info', {});
  expect((statSync(script).mode & 0o777).toString(8)).toBe('644');
  expect(existsSync(ran)).toBe(false);

  chmodSync(script, 0o755);
  expect(await ruleOf({ ffmpegPath: script })).toBeNull();
  expect((await profile.call('settings.get', {})).ffmpegPath).toBe(script);
});
