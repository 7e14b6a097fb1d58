/** A clip and a picture, and a profile that they were taken into before: made once per test process, copied for every test that begins with them. */
import { cpSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { AppOptions } from '../../../main/hostTypes.ts';
import { createMedia } from '../../../main/media/index.ts';
import { openProfile } from '../../../main/profile/connect.ts';
import { openJobsDb } from '../../../main/storage/jobsDb.ts';
import { silentLogger } from '../../fixtures/media.ts';
import { makeClip, makeImage } from '../sandbox/harness.ts';

export interface Sources {
  videoId: string;
  imageId: string;
}

interface KnownSources {
  video: string;
  image: string;
  ids: Sources;
  profileDir: string;
}

let known: Promise<KnownSources> | null = null;

/** One small legal clip and one picture, and where the profile lies that knows them. `options`: of any profile; its places are not used. */
export function knownSources(options: AppOptions): Promise<KnownSources> {
  known ??= takeIn(options);
  return known;
}

/** What was known and made of the two, without anything that a run leaves (logs, backups, settings, a sandbox). */
export async function copyKnownSources(options: AppOptions): Promise<void> {
  const { profileDir } = await knownSources(options);
  for (const name of ['jobs.db', 'cache'])
    cpSync(path.join(profileDir, name), path.join(options.profileDir, name), { recursive: true });
}

/** In usual time, whatever the test has that asks first. */
async function takeIn({ clock: _clock, ...options }: AppOptions): Promise<KnownSources> {
  const home = await mkdtemp(path.join(tmpdir(), 'restage-sources-'));
  process.once('exit', () => rmSync(home, { recursive: true, force: true }));
  const video = await makeClip(home, 'motion', { seconds: 3.2, rate: 20 });
  const image = await makeImage(home, 'hero.png', '400x500');
  const profileDir = path.join(home, 'profile');
  // As a command takes files in: no account is looked at, no sandbox started.
  const own: AppOptions = { ...options, profileDir, libraryDir: path.join(home, 'library'), host: 'cli' };
  const connection = await openProfile(own);
  const taken = await connection.intakePaths([video, image]);
  const [videoId, imageId] = taken.map((result) => (result.ok ? result.value.id : ''));
  if (!videoId || !imageId) throw new Error(JSON.stringify(taken));
  for (const id of [videoId, imageId]) {
    const poster = await connection.app?.fetch(new Request(`http://page.invalid/media/poster/${id}`));
    if (!poster?.ok) throw new Error(`no poster: ${poster?.status}`);
  }
  const made = await connection.call('prepared.make', { assetId: videoId, target: 'motion-video' });
  const asset = await connection.call('assets.get', { id: imageId });
  await connection.close();
  if (!made.ok || !asset.ok || asset.value.facts.kind !== 'image') throw new Error(JSON.stringify([made, asset]));
  await prepareImage(own, image, asset.value.facts);
  const db = openJobsDb(profileDir);
  // A take on the shelf is a person's wish; what was made of it stays in the cache.
  db.run('DELETE FROM prepared');
  db.close();
  return { video, image, ids: { videoId, imageId }, profileDir };
}

async function prepareImage(
  { profileDir, selfCommand, env }: AppOptions,
  source: string,
  facts: Parameters<ReturnType<typeof createMedia>['prepareImage']>[0]['facts'],
): Promise<void> {
  const media = createMedia({ cacheDir: path.join(profileDir, 'cache'), selfCommand, env, logger: silentLogger });
  try {
    await media.prepareImage({ source, facts });
  } finally {
    await media.close();
  }
}
