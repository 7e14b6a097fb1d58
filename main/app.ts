/** createApp(): builds every service of a profile once, wires them, and answers the contract. The same app for every host. */
import path from 'node:path';
import { RestageError, type Result, toErrorData } from '../shared/errors.ts';
import { isFinal } from '../shared/jobs/jobStates.ts';
import { createAccounts, type Provider } from './accounts/accounts.ts';
import { providerOrigins } from './accounts/origins.ts';
import { createAccountPulse } from './accounts/pulse.ts';
import { createAppHandlers } from './commands/app.ts';
import { createSettingsChange } from './commands/changeSettings.ts';
import { createConforming } from './commands/conform.ts';
import { createCall } from './commands/dispatch.ts';
import { createHandoffHandlers } from './commands/handoff.ts';
import { createJobHandlers } from './commands/jobs.ts';
import { createLibraryHandlers } from './commands/library.ts';
import { createLibraryWorks } from './commands/libraryWorks.ts';
import { createMediaHandlers } from './commands/media.ts';
import { createOriginalsHandlers } from './commands/originals.ts';
import { createPerformanceHandlers } from './commands/performance.ts';
import { publicError } from './commands/publicError.ts';
import { createReadingHandlers } from './commands/reading.ts';
import { createSearchHandlers } from './commands/savedSearches.ts';
import { createSetPlaces } from './commands/setPlaces.ts';
import { createWebHookHandlers } from './commands/webHook.ts';
import { createEventHub, gather } from './events.ts';
import { createConform } from './handoff/conform/conform.ts';
import { createHookSecret } from './hooks/hookSecret.ts';
import { createWebHook } from './hooks/webHook.ts';
import type { App, AppOptions } from './hostTypes.ts';
import { createAssets } from './intake/assets.ts';
import type { JobContext } from './jobs/context.ts';
import { createJoiner } from './jobs/join/joiner.ts';
import { reconcileRestored } from './jobs/record/afterRestore.ts';
import { readSpending, rememberParted } from './jobs/record/spending.ts';
import { createJobStore } from './jobs/record/store.ts';
import { createRunner } from './jobs/runner.ts';
import { createPace } from './jobs/trouble/patience.ts';
import { watchForWake } from './jobs/trouble/wakeWatch.ts';
import { createQueue } from './jobs/turns/queue.ts';
import { defaultLibraryDir, libraryDirToKeep } from './library/folder.ts';
import { sweepImports } from './library/importFolder.ts';
import { createLibraryKeeper } from './library/keeper.ts';
import { findUnknown } from './library/originals/adopt.ts';
import { createOriginalsFinder } from './library/originals/find.ts';
import { createOriginals } from './library/originals/originals.ts';
import { createMedia } from './media/index.ts';
import { createLine } from './network/line.ts';
import { testLine } from './network/testLine.ts';
import { openIndex, openTruth, readVersion, restoredNotice, sweepStaging } from './profile/openStores.ts';
import { createSandboxLauncher } from './sandbox/launcher.ts';
import { createMediaRoutes } from './serve/mediaRoutes.ts';
import type { Notice } from './services.ts';
import { createApiKeyStore } from './settings/apiKey.ts';
import { createDraftFile } from './settings/draftFile.ts';
import { createSettings } from './settings/settings.ts';
import { createShelf } from './shelf/shelf.ts';
import { backUpDatabase, isBackupDue } from './storage/backups.ts';
import { systemClock } from './storage/clock.ts';
import { asFileError } from './storage/files.ts';
import { jobsDbFile } from './storage/jobsDb.ts';
import { createLogger } from './storage/logger.ts';
import { makeFolder } from './storage/makeFolder.ts';

const EVENT_INTERVAL_MS = 50;
const DEFAULT_WATCH_INTERVAL_MS = 8000;
const DEFAULT_RETRY_BASE_MS = 1000;

/** Only the holder of the profile's lock may call this: see profile/connect.ts. */
export async function createApp(options: AppOptions): Promise<App> {
  const { profileDir, env } = options;
  const clock = options.clock ?? systemClock;
  await makeFolder(profileDir, { mode: 0o700 });
  const logger = createLogger(path.join(profileDir, 'logs'), 'restage');
  const settings = createSettings({ profileDir, logger });
  const draft = createDraftFile(profileDir, 'draft.json');
  const matrix = createDraftFile(profileDir, 'matrix.json');
  const events = createEventHub((error) => logger.error('listener', { error: String(error) }));
  const { db, restored } = await openTruth(profileDir, { clock, logger });
  const { library, isNew: isIndexNew } = await openIndex(profileDir, logger);
  const media = createMedia({
    cacheDir: path.join(profileDir, 'cache'),
    ffmpegPath: () => settings.get().ffmpegPath,
    ffprobePath: () => settings.get().ffprobePath,
    limitOverrides: () => settings.get().limitOverrides,
    selfCommand: options.selfCommand,
    logger,
    env,
  });
  const stagingDir = path.join(profileDir, 'staging');
  const finder = createOriginalsFinder({ now: () => clock.now() });
  const assets = createAssets({
    ...{ db, media, stagingDir, clock },
    keptOriginal: async (wanted) => (await finder.find(wanted, originalsRoots()))?.file ?? null,
    unknownOriginal: (id) => findUnknown(id, { library, finder, roots: originalsRoots() }),
  });
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
  const line = createLine({ settings: () => settings.get(), env, systemProxy: options.systemProxy });
  const origins = providerOrigins(env, keys);
  const accounts = createAccounts({
    ...{ db, keys, sandbox, clock, logger, line, origins },
    deadlines: options.requestDeadlines,
  });
  const provider = (): Provider => options.provider ?? settings.get().provider;
  const folderToKeep = libraryDirToKeep(options.videosDir, defaultLibraryDir(env), settings.get().libraryDir);
  if (folderToKeep !== null) settings.set({ libraryDir: folderToKeep });
  const libraryDir = () => options.libraryDir || settings.get().libraryDir || defaultLibraryDir(env);

  const changed = gather(EVENT_INTERVAL_MS, (ids) =>
    events.emit('jobs.changed', { jobs: store.snapshots(ids.map(store.get), runner.progressOf) }),
  );
  const notices: Notice[] = [];
  const onChanged = (id: string) => {
    changed.add(id);
    const { state, recipe } = store.get(id);
    if (!isFinal(state)) return;
    account.soon();
    if (recipe.kind === 'motion' && recipe.part) joiner.look();
  };
  const store = createJobStore(db, clock, onChanged, (params) => {
    notices.push({ id: 'creditsUnclear', params });
    events.emit('notices.changed', {});
  });
  const queue = createQueue(db, store);
  const originals = createOriginals({
    ...{ db, assets, library, finder, libraryDir, logger, isAwaited: options.host === 'cli' },
    isKeeping: (folder) => settings.get().originalsIn.includes(folder),
    exclusively: (work) => keeper.exclusively(work),
    filled: () => keeper.filled(),
    onChanged: () => {
      events.emit('originals.changed', {});
      events.emit('notices.changed', {});
    },
  });
  const context: JobContext = {
    store,
    originals,
    queue,
    assets,
    shelf,
    media,
    accounts,
    library: {
      ...library,
      put(item, content) {
        library.put(item, content);
        events.emit('library.changed', {});
        // Its still is there before anybody scrolls to it, and stays when the drive is away.
        void media.stillOf(item.id, async () => item.file).catch(() => undefined);
      },
    },
    askBalance: (id) => account.refresh(accounts.get(id).provider),
    clock,
    logger,
    settings: () => settings.get(),
    limitsLoss: settings,
    libraryDir,
    incomingDir: path.join(profileDir, 'incoming'),
    watchIntervalMs: options.watchIntervalMs ?? askedIntervalMs(env) ?? DEFAULT_WATCH_INTERVAL_MS,
    retryBaseMs: options.retryBaseMs ?? DEFAULT_RETRY_BASE_MS,
    taskPace: createPace(clock),
  };
  const libraryFolders = () => new Set([libraryDir(), ...settings.get().libraryFolders, ...store.resultFolders()]);
  /** A result may lie in the folder of its project: its library is the folder above. */
  const originalsRoots = () =>
    new Set([...libraryFolders(), ...settings.get().originalsIn, ...store.resultFolders().map(path.dirname)]);
  const keeper = createLibraryKeeper({
    ...{ library, clock, logger, isWatching: options.host !== 'cli' },
    folders: libraryFolders,
    onMoved: ({ jobId, file, sidecar }) => {
      if (jobId !== null) store.resultMoved(jobId, file, sidecar);
    },
    onChanged: () => events.emit('library.changed', {}),
    onParting: ({ jobId, tags, project }) => {
      if (jobId !== null) rememberParted(db, { jobId, tags, project });
    },
  });
  const runner = createRunner(context, {
    progress: (id) => changed.add(id),
    linkAlarm: (id, linkExpiresAt) => events.emit('jobs.linkAlarm', { id, linkExpiresAt }),
  });
  const joiner = createJoiner(context, () => events.emit('performances.changed', {}));
  const account = createAccountPulse({
    accounts,
    events,
    provider,
    providersAtWork: () => new Set(store.unfinished().map((job) => accounts.get(job.accountId).provider)),
    release: (reasons) => runner.release(reasons),
  });
  /** The line is back, or the machine woke up: what waited for either is tried at once. */
  const wake = () => {
    runner.release(['network', 'answer', 'stuck', 'quota', 'disk', 'folder', 'source']);
    account.soon();
    joiner.tryAgain();
  };
  const hookSecret = createHookSecret({ profileDir, box: options.secretBox });
  const webHook = createWebHook({ settings: () => settings.get(), secret: hookSecret, clock, logger });
  webHook.know(store.snapshots(store.unfinished(), () => null));
  events.on('jobs.changed', ({ jobs }) => webHook.changed(jobs));
  const wakeWatch = watchForWake(clock, wake);

  const conform = createConform({
    ...{ library, libraryFolders, assets, shelf, media, jobs: store, profileDir, logger },
  });
  const conforming = createConforming({ conform, events, libraryDir, profileDir });

  const isUsableAccount = (id: string) => accounts.status(accounts.get(id).provider).accountId === id;
  const changeSettings = createSettingsChange({ settings, accounts, runner, events, provider });
  const setPlaces = createSetPlaces(changeSettings);
  const works = createLibraryWorks({
    ...{ options, library, media, keeper, events, libraryDir, originalsRoots },
    settings: () => settings.get(),
    change: changeSettings,
  });
  const handlers = {
    ...createReadingHandlers({
      store,
      queue,
      assets,
      shelf,
      library,
      settings: () => settings.get(),
      spending: async () => {
        await keeper.filled();
        return readSpending(db, library.judged());
      },
      progressOf: (id) => runner.progressOf(id),
      isUsableAccount,
    }),
    ...createJobHandlers({
      ...{ context, runner, accounts, provider, onOrdered: () => account.soon() },
      onQueueChanged: (state) => events.emit('queue.changed', state),
    }),
    ...createMediaHandlers({ media, assets, shelf, events, library, libraryFolders, settings: () => settings.get() }),
    ...createPerformanceHandlers({ assets, media, settings: () => settings.get(), joiner }),
    ...createWebHookHandlers({ change: changeSettings, secret: hookSecret, teller: webHook }),
    ...createAppHandlers({
      options,
      version: readVersion(),
      changeSettings,
      settings,
      draft,
      matrix,
      accounts,
      assets,
      media,
      runner,
      events,
      provider,
      libraryDir,
      refreshAccount: account.refresh,
      testLine: () => testLine(line, [...new Set([origins.api, origins.files])]),
      wake,
      notices: () => [...settings.notices(), ...notices, ...originals.notices()],
    }),
    ...createLibraryHandlers({ options, library, keeper, events }),
    ...createOriginalsHandlers({
      ...{ originals, finder, libraryDir, settings: () => settings.get(), change: changeSettings },
    }),
    ...works.handlers,
    ...createSearchHandlers({ settings: () => settings.get(), change: changeSettings }),
    ...createHandoffHandlers({ library, assets, media, libraryFolders, stagingDir, copyOf: conforming.copyOf }),
    ...conforming.handlers,
  };

  await sweepStaging(stagingDir, db);
  await makeFolder(libraryDir()).catch((error: unknown) => logger.warn('library.folder', { error: String(error) }));
  void sweepImports(libraryDir());
  // Strangers' recipes are looked at when the app is there, unless they have to tell what was paid before anything is sent.
  if (restored) await keeper.rebuild();
  else if (isIndexNew) keeper.fill();
  else if (options.host !== 'cli') keeper.lookSoon();
  if (restored) {
    const { backupMs } = restored;
    notices.push(restoredNotice(restored, await reconcileRestored(db, store, { library, assets, clock, backupMs })));
  }
  for (const notice of [...settings.notices(), ...notices]) options.onNotice?.(notice);
  if (isBackupDue(jobsDbFile(profileDir), clock.now())) backUpDatabase(db, jobsDbFile(profileDir), clock.now());
  runner.start();
  joiner.look();
  void originals.start().catch((error: unknown) => logger.warn('originals', { error: String(error) }));
  if (options.host !== 'cli') account.soon();
  void media
    .trimCache(settings.get().cacheMaxBytes, shelf.neededPaths())
    .catch((error: unknown) => logger.warn('cache', { error: String(error) }));

  /** What a host may hand on; the words of what nobody expected stay in the log. */
  const failed = (event: string, error: unknown) => {
    const data = toErrorData(asFileError(error));
    if (data.code === 'internal') logger.error(event, { error: error instanceof Error ? error.stack : String(error) });
    return publicError(data, { profileDir });
  };
  const answered = async <T>(event: string, work: () => Promise<T>): Promise<Result<T>> => {
    try {
      return { ok: true, value: await work() };
    } catch (error) {
      return { ok: false, error: failed(event, error) };
    }
  };
  const intake = async (work: () => ReturnType<typeof assets.addPath>) => {
    const answer = await answered('intake', work);
    if (!answer.ok) return answer;
    // It may be the source that a job waits for, found again.
    runner.release(['source']);
    joiner.tryAgain();
    return answer;
  };
  let closing: Promise<void> | null = null;
  return {
    call: createCall(handlers, logger, { profileDir }),
    on: events.on,
    fetch: createMediaRoutes({ assets, shelf, media, library, libraryFolders }),
    intakePaths: (paths) => Promise.all(paths.map((file) => intake(() => assets.addPath(file)))),
    intakeStream: (name, body) => intake(() => assets.addStream(name, body)),
    copyPrepared: (id, toPath) => answered('copyPrepared', () => shelf.copyTo(id, path.resolve(toPath))),
    setPlaces: (places) => answered('setPlaces', () => setPlaces(places)),
    conformInto: (folder, input) => answered('conformInto', () => conforming.into(folder, input)),
    importFolder: (folder, how) => answered('importFolder', () => works.importFolder(folder, how)),
    close() {
      closing ??= (async () => {
        wakeWatch.close();
        await conform.close();
        works.cancel();
        await runner.close();
        await joiner.close();
        await originals.close();
        await webHook.close();
        await account.close();
        await media.close();
        await keeper.close();
        changed.close();
        await Promise.all([draft.settled(), matrix.settled()]);
        settings.close();
        library.close();
        backUpDatabase(db, jobsDbFile(profileDir), clock.now());
        db.close();
      })();
      return closing;
    },
  };
}

/** RESTAGE_WATCH_INTERVAL_MS, for tests: the watcher asks a real provider no faster for it. */
function askedIntervalMs(env: AppOptions['env']): number | undefined {
  const asked = Number(env.RESTAGE_WATCH_INTERVAL_MS);
  return Number.isInteger(asked) && asked >= 50 ? asked : undefined;
}
