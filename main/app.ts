/** createApp(): builds every service of a profile once, wires them, and answers the contract. The same app for every host. */
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { RestageError, toErrorData } from '../shared/errors.ts';
import { isFinal } from '../shared/jobStates.ts';
import { type Accounts, createAccounts, type Provider } from './accounts/accounts.ts';
import { providerOrigins } from './accounts/origins.ts';
import { createAppHandlers } from './commands/app.ts';
import { createCall } from './commands/dispatch.ts';
import { createJobHandlers } from './commands/jobs.ts';
import { createMediaHandlers } from './commands/media.ts';
import { createReadingHandlers } from './commands/reading.ts';
import { createEventHub, type EventHub, gather } from './events.ts';
import type { App, AppOptions } from './hostTypes.ts';
import { createAssets } from './intake/assets.ts';
import type { JobContext } from './jobs/context.ts';
import { createRunner } from './jobs/runner.ts';
import { createJobStore } from './jobs/store.ts';
import { defaultLibraryDir } from './library/folder.ts';
import { type LibraryStore, openLibraryStore } from './library/store.ts';
import { createMedia } from './media/index.ts';
import { createSandboxLauncher } from './sandbox/launcher.ts';
import { createMediaRoutes } from './serve/mediaRoutes.ts';
import type { Logger } from './services.ts';
import { createApiKeyStore } from './settings/apiKey.ts';
import { createSettings } from './settings/settings.ts';
import { createShelf } from './shelf/shelf.ts';
import { systemClock } from './storage/clock.ts';
import { asFileError, sweepFolder } from './storage/files.ts';
import { openJobsDb } from './storage/jobsDb.ts';
import { createLogger } from './storage/logger.ts';

const EVENT_INTERVAL_MS = 50;
const CLOSE_PATIENCE_MS = 2000;
const ACCOUNT_PULSE_MS = 10 * 60_000;
const DEFAULT_WATCH_INTERVAL_MS = 8000;

/** Only the holder of the profile's lock may call this: see profile/connect.ts. */
export async function createApp(options: AppOptions): Promise<App> {
  const { profileDir, env } = options;
  const clock = systemClock;
  await mkdir(profileDir, { recursive: true, mode: 0o700 });
  const logger = createLogger(path.join(profileDir, 'logs'), 'restage');
  const settings = createSettings({ profileDir, logger });
  const events = createEventHub((error) => logger.error('listener', { error: String(error) }));
  const db = openJobsDb(profileDir);
  const { library, isNew: isIndexNew } = await openIndex(profileDir, logger);
  const media = createMedia({
    cacheDir: path.join(profileDir, 'cache'),
    ffmpegPath: () => settings.get().ffmpegPath,
    ffprobePath: () => settings.get().ffprobePath,
    selfCommand: options.selfCommand,
    logger,
    env,
  });
  const stagingDir = path.join(profileDir, 'staging');
  const assets = createAssets({ db, media, stagingDir, clock });
  const shelf = createShelf({ db, media, assets, clock, onChange: () => events.emit('prepared.changed', {}) });
  const keys = createApiKeyStore({ profileDir, secretBox: options.secretBox, env, hostKind: options.host });
  const sandbox = createSandboxLauncher({
    profileDir,
    selfCommand: options.selfCommand,
    logger,
    tools: async () => {
      const { ffmpeg, ffprobe } = await media.tools();
      if (!ffmpeg || !ffprobe) throw new RestageError('toolMissing', { detail: ffmpeg ? 'ffprobe' : 'ffmpeg' });
      return { ffmpeg: ffmpeg.path, ffprobe: ffprobe.path };
    },
    env,
  });
  const accounts = createAccounts({ db, keys, sandbox, origins: providerOrigins(env, keys), clock, logger });
  const provider = (): Provider => options.provider ?? settings.get().provider;
  const libraryDir = () => options.libraryDir || settings.get().libraryDir || defaultLibraryDir(env);

  const changed = gather(EVENT_INTERVAL_MS, (ids) =>
    events.emit('jobs.changed', { jobs: ids.map((id) => store.snapshot(store.get(id), runner.progressOf(id))) }),
  );
  const store = createJobStore(db, clock, (id) => {
    changed.add(id);
    if (isFinal(store.get(id).state)) account.soon();
  });
  const context: JobContext = {
    store,
    assets,
    shelf,
    media,
    accounts,
    library: {
      ...library,
      put(item) {
        library.put(item);
        events.emit('library.changed', {});
      },
    },
    clock,
    logger,
    settings: () => settings.get(),
    libraryDir,
    incomingDir: path.join(profileDir, 'incoming'),
    watchIntervalMs: options.watchIntervalMs ?? DEFAULT_WATCH_INTERVAL_MS,
  };
  const runner = createRunner(context, (id) => changed.add(id));
  const account = createAccountPulse({
    accounts,
    events,
    provider,
    isBusy: () => runner.isBusy(),
    release: (reasons) => runner.release(reasons),
  });

  const isUsableAccount = (id: string) => accounts.status(accounts.get(id).provider).accountId === id;
  const handlers = {
    ...createReadingHandlers({
      store,
      assets,
      shelf,
      library,
      settings: () => settings.get(),
      progressOf: (id) => runner.progressOf(id),
      isUsableAccount,
    }),
    ...createJobHandlers({ context, runner, accounts, provider, onOrdered: () => account.soon() }),
    ...createMediaHandlers({ media, assets, shelf, events }),
    ...createAppHandlers({
      options,
      version: readVersion(),
      settings,
      accounts,
      assets,
      media,
      library,
      runner,
      events,
      provider,
      libraryDir,
      refreshAccount: account.refresh,
    }),
  };

  await sweepStaging(stagingDir, db);
  await mkdir(libraryDir(), { recursive: true }).catch((error: unknown) =>
    logger.warn('library.folder', { error: String(error) }),
  );
  if (isIndexNew) library.rebuild(libraryDir());
  runner.start();
  if (options.host !== 'cli') account.soon();
  void media
    .trimCache(settings.get().cacheMaxBytes, shelf.neededPaths())
    .catch((error: unknown) => logger.warn('cache', { error: String(error) }));

  const intake = async (work: () => ReturnType<typeof assets.addPath>) => {
    try {
      return { ok: true as const, value: await work() };
    } catch (error) {
      return { ok: false as const, error: toErrorData(asFileError(error)) };
    }
  };
  let closing: Promise<void> | null = null;
  return {
    call: createCall(handlers, logger),
    on: events.on,
    fetch: createMediaRoutes({ assets, shelf, media, library }),
    intakePaths: (paths) => Promise.all(paths.map((file) => intake(() => assets.addPath(file)))),
    intakeStream: (name, body) => intake(() => assets.addStream(name, body)),
    async copyPrepared(id, toPath) {
      try {
        return { ok: true, value: await shelf.copyTo(id, path.resolve(toPath)) };
      } catch (error) {
        return { ok: false, error: toErrorData(error) };
      }
    },
    close() {
      closing ??= (async () => {
        await runner.close();
        await account.close();
        await media.close();
        changed.close();
        settings.close();
        library.close();
        db.close();
      })();
      return closing;
    },
  };
}

/** The index can be thrown away: one that cannot be opened is set aside, and the sidecars tell it anew. */
async function openIndex(profileDir: string, logger: Logger): Promise<{ library: LibraryStore; isNew: boolean }> {
  const file = path.join(profileDir, 'library.db');
  const isNew = !existsSync(file);
  try {
    return { library: openLibraryStore(profileDir), isNew };
  } catch (error) {
    logger.warn('library.index', { error: String(error) });
    for (const suffix of ['', '-wal', '-shm']) await rm(`${file}${suffix}`, { force: true });
    return { library: openLibraryStore(profileDir), isNew: true };
  }
}

interface PulseOptions {
  accounts: Accounts;
  events: EventHub;
  provider: () => Provider;
  isBusy: () => boolean;
  release: (reasons: readonly ['network', 'credits'] | readonly ['network']) => void;
}

/** Keeps the balance true: soon after orders and results, and every ten minutes while jobs run. */
function createAccountPulse({ accounts, events, provider, isBusy, release }: PulseOptions) {
  let soonTimer: NodeJS.Timeout | null = null;
  let isClosed = false;
  const going = new Set<Promise<unknown>>();
  const refreshNow = async (asked: Provider) => {
    const before = accounts.status(asked).remainingCredits;
    const status = await accounts.refresh(asked);
    if (isClosed) return status;
    events.emit('account.changed', accounts.status(provider()));
    if (status.connection === 'ok') release(before !== status.remainingCredits ? ['network', 'credits'] : ['network']);
    return status;
  };
  const refresh = (asked: Provider) => {
    const refreshing = refreshNow(asked).finally(() => going.delete(refreshing));
    going.add(refreshing);
    return refreshing;
  };
  const refreshQuietly = () => void refresh(provider()).catch(() => {});
  const pulse = setInterval(() => {
    if (isBusy()) refreshQuietly();
  }, ACCOUNT_PULSE_MS);
  return {
    refresh,
    soon() {
      if (isClosed) return;
      soonTimer ??= setTimeout(() => {
        soonTimer = null;
        refreshQuietly();
      }, 1000);
    },
    /** An answer that is on its way may still be written down; one that does not come is not waited for. */
    async close() {
      isClosed = true;
      clearInterval(pulse);
      if (soonTimer) clearTimeout(soonTimer);
      const patience = new AbortController();
      const late = systemClock.sleep(CLOSE_PATIENCE_MS, patience.signal).catch(() => {});
      await Promise.race([Promise.allSettled(going), late]);
      patience.abort();
    },
  };
}

/** Staged bytes that no asset names (a tab closed in mid-upload) go at start. */
async function sweepStaging(stagingDir: string, db: ReturnType<typeof openJobsDb>): Promise<void> {
  const named = new Set(
    db.all('SELECT path FROM assets WHERE is_staged = 1').map((row) => path.basename(String(row.path))),
  );
  await sweepFolder(stagingDir, (name) => !named.has(name));
}

function readVersion(): string {
  // Beside out/ in a checkout, at the root of the archive in a package.
  for (const up of ['..', '../..', '../../..']) {
    const file = path.join(import.meta.dirname, up, 'package.json');
    if (existsSync(file)) return String(JSON.parse(readFileSync(file, 'utf8')).version);
  }
  return '0.0.0';
}
