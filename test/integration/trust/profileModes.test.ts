/** Everything in a profile is its owner's alone, and so is what an earlier version left wider. */
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { narrowProfile } from '../../../main/storage/ownOnly.ts';
import { addSources, isOver, motion, openTestProfile, order, type TestProfile } from '../app/harness.ts';

let profile: TestProfile | null = null;
afterEach(async () => {
  await profile?.remove();
  profile = null;
});

/** What others could open below `folder`, as `name mode`. */
function widerThanOwn(folder: string): string[] {
  const found = lstatSync(folder);
  if (found.isSymbolicLink() || found.isSocket()) return [];
  const own = (found.mode & 0o077) === 0 ? [] : [`${folder} ${(found.mode & 0o777).toString(8)}`];
  if (!found.isDirectory()) return own;
  return [...own, ...readdirSync(folder).flatMap((name) => widerThanOwn(path.join(folder, name)))];
}

describe.skipIf(process.platform === 'win32')('trust 14', () => {
  it('trust 14: after a whole job nothing in the profile can be read by others; the result can', async () => {
    profile = await openTestProfile({ isNew: true });
    const sources = await addSources(profile);
    const upload = new Blob(['no media at all']).stream() as ReadableStream<Uint8Array>;
    await profile.connection.app?.intakeStream('x.mp4', upload);
    const job = await profile.until((await order(profile, motion(sources))).id, isOver);
    expect(job.state).toBe('completed');
    await profile.call('media.proxy', { id: sources.videoId });
    await profile.call('draft.keep', { text: '{}' });
    expect(widerThanOwn(profile.profileDir)).toEqual([]);
    const umask = process.umask();
    expect(statSync(job.file ?? '').mode & 0o777).toBe(0o666 & ~umask);
    await profile.restart();
    expect(widerThanOwn(profile.profileDir)).toEqual([]);
    expect(existsSync(path.join(profile.profileDir, 'backups'))).toBe(true);
  });

  it('trust 14: a profile that was wider is narrowed at the next start', async () => {
    const home = mkdtempSync(path.join(os.tmpdir(), 'restage-wide-'));
    const profileDir = path.join(home, 'profile');
    for (const folder of ['logs', 'staging', 'backups', 'sandbox/files', 'cache/posters']) {
      mkdirSync(path.join(profileDir, folder), { recursive: true, mode: 0o755 });
    }
    for (const file of ['settings.json', 'logs/restage.log', 'backups/jobs.db.1', 'cache/posters/a.jpg']) {
      writeFileSync(path.join(profileDir, file), '{}', { mode: 0o644 });
    }
    chmodSync(profileDir, 0o777);
    profile = await openTestProfile({}, home);
    expect(widerThanOwn(profileDir)).toEqual([]);
  });

  it('trust 14: a folder that holds other things too keeps its own mode, and so do those', async () => {
    const home = mkdtempSync(path.join(os.tmpdir(), 'restage-home-'));
    onTestFinished(() => rmSync(home, { recursive: true, force: true }));
    for (const name of ['jobs.db', 'thesis.txt']) writeFileSync(path.join(home, name), '', { mode: 0o644 });
    mkdirSync(path.join(home, 'Pictures'), { mode: 0o755 });
    chmodSync(home, 0o755);
    await narrowProfile(home);
    const wide = widerThanOwn(home).map((line) => path.relative(home, line.split(' ')[0] ?? ''));
    expect(wide.sort()).toEqual(['', 'Pictures', 'thesis.txt']);
  });
});
