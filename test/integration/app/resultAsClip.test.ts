/** A result of the library becomes a clip by its id: the file where it lies, and nothing outside of the library. */
import { mkdtempSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fillLibrary } from '../../fixtures/fillLibrary.ts';
import { oldBinaries } from '../../fixtures/media.ts';
import { openTestProfile, type TestProfile } from './harness.ts';

let profile: TestProfile;

beforeEach(async () => {
  const home = mkdtempSync(path.join(os.tmpdir(), 'restage-app-'));
  const folders = { profileDir: path.join(home, 'profile'), libraryDir: path.join(home, 'library') };
  await fillLibrary({ ...folders, count: 2, ffmpeg: oldBinaries.ffmpeg });
  profile = await openTestProfile({}, home);
});
afterEach(() => profile.remove());

async function twoResults() {
  const { items } = await profile.call('library.list', {});
  const [first, second] = items;
  if (!first || !second) throw new Error('two results were made');
  return { first, second };
}

it('library drag: a result is a clip, at its own path, without a copy', async () => {
  const { first } = await twoResults();
  const asset = await profile.call('assets.ofResult', { id: first.id });
  expect(asset.facts.kind).toBe('video');
  expect(asset).toMatchObject({ name: path.basename(first.file), isPresent: true });
});

it('library drag: what is not there, or leads out of the library, is refused with its name', async () => {
  const { first, second } = await twoResults();
  rmSync(first.file);
  const reason = (name: string) => ({ data: { code: 'sourceMissing', reasons: [{ params: { name } }] } });
  await expect(profile.call('assets.ofResult', { id: first.id })).rejects.toMatchObject(reason(first.name));
  const outside = path.join(profile.profileDir, 'outside.mp4');
  renameSync(second.file, outside);
  symlinkSync(outside, second.file);
  await expect(profile.call('assets.ofResult', { id: second.id })).rejects.toMatchObject(reason(second.name));
  await expect(profile.call('assets.ofResult', { id: 'nobody' })).rejects.toMatchObject({ data: { code: 'notFound' } });
});
