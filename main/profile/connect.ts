/** One runner per profile: whoever takes the lock runs the app; everybody else hands it their requests, or only reads. */
import { constants, existsSync } from 'node:fs';
import { access, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Call } from '../../shared/contract/index.ts';
import { RestageError } from '../../shared/errors.ts';
import { createApp } from '../app.ts';
import { createCall } from '../commands/dispatch.ts';
import { createReadingHandlers } from '../commands/reading.ts';
import type { AppOptions, ProfileConnection } from '../hostTypes.ts';
import { createAssets } from '../intake/assets.ts';
import { readSpending } from '../jobs/record/spending.ts';
import { createJobStore } from '../jobs/record/store.ts';
import { createQueue } from '../jobs/turns/queue.ts';
import { isLibraryReadable, openLibraryStore } from '../library/store.ts';
import { readSettings } from '../settings/settingsFile.ts';
import { createShelf } from '../shelf/shelf.ts';
import { pause, systemClock } from '../storage/clock.ts';
import { asFileError, errnoOf } from '../storage/files.ts';
import { isJobsDbReadable, openJobsDb } from '../storage/jobsDb.ts';
import { makeFolder } from '../storage/makeFolder.ts';
import { narrowProfile } from '../storage/ownOnly.ts';
import { tryLock } from '../storage/sqlite.ts';
import { connectToHolder } from './forward.ts';
import { serveProfile } from './serve.ts';

/** A holder needs a moment between taking the lock and answering. */
const HOLDER_PATIENCE_MS = 15_000;
const RETRY_MS = 100;

/** Throws outputNotWritable (the profile folder), diskFull, conflict (somebody holds the profile and does not answer), storage. */
export async function openProfile(options: AppOptions): Promise<ProfileConnection> {
  await makeProfile(options.profileDir);
  const until = Date.now() + HOLDER_PATIENCE_MS;
  for (;;) {
    const held = await hold(options);
    if (held) return held;
    const forwarded = await connectToHolder(options.profileDir, { isWindow: options.host !== 'cli' });
    if (forwarded) return forwarded;
    if (Date.now() > until)
      throw new RestageError('conflict', {
        reasons: [{ field: 'profile', rule: 'profile.held', params: { path: options.profileDir } }],
      });
    await pause(RETRY_MS);
  }
}

async function makeProfile(profileDir: string): Promise<void> {
  try {
    await makeFolder(profileDir, { mode: 0o700 });
    // SQLite would open what it may only read, and fail much later.
    await access(profileDir, constants.W_OK | constants.X_OK);
    for (const name of ['runner.lock', 'jobs.db']) {
      const file = path.join(profileDir, name);
      if (existsSync(file)) await access(file, constants.W_OK);
    }
  } catch (error) {
    const known = asFileError(error);
    const params = { path: profileDir, errno: errnoOf(error) ?? '' };
    const code = known instanceof RestageError ? known.code : 'outputNotWritable';
    throw new RestageError(code, { reasons: [{ field: 'profile', rule: 'profile.folder', params }], cause: error });
  }
}

async function hold(options: AppOptions): Promise<ProfileConnection | null> {
  const lock = lockProfile(options.profileDir);
  if (!lock) return null;
  try {
    await narrowProfile(options.profileDir).catch(() => {}); // what cannot be narrowed is no reason not to start
    const app = await createApp(options);
    const server = await serveProfile(app, options.profileDir);
    // For people who wonder who holds the profile; the lock itself is the operating system's.
    const holder = { pid: process.pid, host: options.host, startedAt: new Date().toISOString() };
    await writeFile(path.join(options.profileDir, 'runner.json'), `${JSON.stringify(holder)}\n`, { mode: 0o600 }).catch(
      () => {},
    );
    return {
      ...app,
      role: 'holder',
      app,
      holderLost: new Promise(() => {}), // that would be this process
      async close() {
        // A window that closes lets go of all at once; a command stays until what others handed to it is done.
        if (options.host === 'cli') await server.handedOverDone();
        await server.close();
        await app.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

function lockProfile(profileDir: string): ReturnType<typeof tryLock> {
  try {
    return tryLock(path.join(profileDir, 'runner.lock'));
  } catch (error) {
    if (error instanceof RestageError) throw error;
    throw new RestageError('outputNotWritable', {
      reasons: [
        { field: 'profile', rule: 'profile.folder', params: { path: profileDir, errno: errnoOf(error) ?? '' } },
      ],
      detail: String(error),
      cause: error,
    });
  }
}

export interface ProfileReader {
  call: Call;
  close(): void;
}

/**
 * Answers the commands of commands/reading.ts from the databases, opened read-only, whoever runs the profile. An empty profile reads as empty.
 * Null where a database is damaged or of an older version: only who opens the profile may restore or migrate it. Throws storage where it is newer.
 */
export function openReader({ profileDir }: { profileDir: string }): ProfileReader | null {
  if (!isJobsDbReadable(profileDir) || !isLibraryReadable(profileDir)) return null;
  const db = openJobsDb(profileDir, { readOnly: true });
  const library = openLibraryStore(profileDir, { readOnly: true });
  const refuseMedia = () => {
    throw new RestageError('internal', { detail: 'a reader makes no media' });
  };
  const assets = createAssets({
    db,
    media: { readFacts: refuseMedia, poster: refuseMedia, readStill: refuseMedia },
    stagingDir: '',
    clock: systemClock,
  });
  const shelf = createShelf({ db, media: null, assets, clock: systemClock, onChange: () => {} });
  const store = createJobStore(db, systemClock, () => {});
  const handlers = createReadingHandlers({
    ...{ store, queue: createQueue(db, store) },
    assets,
    shelf,
    library,
    settings: () => readSettings(profileDir),
    spending: () => readSpending(db, library.judged()),
    progressOf: () => null,
    isUsableAccount: (id) => id === 'sandbox' || readSettings(profileDir).provider === 'evolink',
  });
  return {
    call: createCall(handlers, { info: () => {}, warn: () => {}, error: () => {} }, { profileDir }),
    close() {
      db.close();
      library.close();
    },
  };
}
