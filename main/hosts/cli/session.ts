/** The one connection of a run: opened when a command first needs it, taken up again when the process that held the profile is gone. */
import path from 'node:path';
import type { Call, CommandName, EventName, Subscribe } from '../../../shared/contract/index.ts';
import type { Result } from '../../../shared/errors.ts';
import type { AppOptions, ProfileConnection } from '../../hostTypes.ts';
import type { Notice, SecretBox } from '../../services.ts';
import { readDocument } from '../../settings/settingsFile.ts';
import { makeFolder } from '../../storage/makeFolder.ts';
import type { CliIo } from './cliIo.ts';
import type { CliConnection, CommandContext } from './context.ts';
import type { Flags } from './flags.ts';
import { ensureWritableFolder } from './inputs.ts';
import { cliSettings } from './language.ts';

export interface Session {
  connect: CommandContext['connect'];
  read: CommandContext['read'];
  /** Stays until what other processes handed to this one is done, unless a person interrupted. */
  close(options: { isInterrupted: boolean }): Promise<void>;
}

interface SessionOptions {
  io: CliIo;
  flags: Flags;
  profileDir: string;
  libraryDir: string | undefined;
  locale: string;
  /** What was found damaged: said to the person, whatever the command answers. */
  say: (notice: Notice, standing: 'repaired' | 'unrepaired') => void;
}

export function createSession(options: SessionOptions): Session {
  let connection: Promise<ReturnType<typeof takeover>> | null = null;
  let closeReader: (() => void) | null = null;
  const { profileDir, libraryDir } = options;

  const connect: Session['connect'] = () => {
    connection ??= (async () => {
      await ensureWritableFolder(profileDir, 'profile');
      if (libraryDir !== undefined) await ensureWritableFolder(libraryDir, 'library');
      // Only commands that act pay for loading the whole app.
      const { openProfile } = await import('../../profile/connect.ts');
      const { noSecretBox } = await import('../../settings/apiKey.ts');
      const appOptions = appOptionsOf(options, noSecretBox);
      return takeover(await openProfile(appOptions), () => openProfile(appOptions));
    })();
    return connection.then((opened) => opened.connection);
  };

  return {
    connect,
    async read() {
      await makeFolder(profileDir, { mode: 0o700 }).catch(() => ensureWritableFolder(profileDir, 'profile'));
      const { openReader } = await import('../../profile/connect.ts');
      const reader = openReader({ profileDir });
      // What cannot be read as it lies is brought in order as every start does it, and said.
      if (reader === null) return connect();
      closeReader = () => reader.close();
      const { notices } = readDocument(path.join(profileDir, 'settings.json'));
      for (const notice of notices) options.say(notice, 'unrepaired');
      return reader;
    },
    async close({ isInterrupted }) {
      closeReader?.();
      const opened = await connection?.catch(() => null);
      await opened?.close({ isInterrupted });
    },
  };
}

function appOptionsOf(
  { io, flags, profileDir, libraryDir, locale, say }: SessionOptions,
  noSecretBox: SecretBox,
): AppOptions {
  const provider = flags.one('provider');
  const interval = Number(io.env.RESTAGE_WATCH_INTERVAL_MS);
  const isRealProvider = (provider ?? cliSettings(profileDir)?.provider) === 'evolink';
  return {
    profileDir,
    host: io.program.host,
    capabilities: { nativeDragOut: false, reveal: false, keychain: false, chooseFolder: false, notifications: false },
    secretBox: io.program.secretBox ?? noSecretBox,
    selfCommand: io.program.selfCommand,
    env: io.env,
    locale,
    samplesDir: io.program.samplesDir,
    onNotice: (notice) => say(notice, 'repaired'),
    ...(libraryDir === undefined ? {} : { libraryDir }),
    ...(provider === 'sandbox' || provider === 'evolink' ? { provider } : {}),
    // A real provider is never asked faster than its contract allows: for tries against the sandbox alone.
    ...(Number.isInteger(interval) && interval >= 50 && !isRealProvider ? { watchIntervalMs: interval } : {}),
  };
}

/** Doing these twice would be two decisions of a person. Everything else answers the same the second time. */
const notRepeatable: readonly CommandName[] = ['jobs.retry', 'jobs.resolveOutcome'];

/**
 * A connection that outlives the process behind it: when the holder of the profile is gone, this process opens the profile again
 * (and holds it now), repeats the question and goes on listening.
 */
function takeover(first: ProfileConnection, reopen: () => Promise<ProfileConnection>) {
  let current = first;
  let reopening: Promise<ProfileConnection> | null = null;
  const subscriptions = new Set<{ attach: (to: ProfileConnection) => void; detach: () => void }>();

  const again = (lost: ProfileConnection): Promise<ProfileConnection> => {
    if (lost !== current) return Promise.resolve(current);
    reopening ??= (async () => {
      await lost.close().catch(() => undefined);
      current = await reopen();
      for (const subscription of subscriptions) subscription.attach(current);
      return current;
    })().finally(() => {
      reopening = null;
    });
    return reopening;
  };
  const asking = async <T>(ask: (of: ProfileConnection) => Promise<T>, isLost: (answer: T) => boolean): Promise<T> => {
    const used = current;
    const answer = await ask(used);
    return isLost(answer) ? ask(await again(used)) : answer;
  };

  const call: Call = (command, input) =>
    asking(
      (of) => of.call(command, input),
      (answer) => isHolderLost(answer) && !notRepeatable.includes(command),
    );
  const on: Subscribe = (event, listener) => {
    let off = current.on(event, listener);
    const subscription = {
      attach: (to: ProfileConnection) => {
        off = to.on<EventName>(event, listener as Parameters<Subscribe>[1]);
      },
      detach: () => off(),
    };
    subscriptions.add(subscription);
    return () => {
      subscriptions.delete(subscription);
      subscription.detach();
    };
  };
  const connection: CliConnection = {
    call,
    on,
    intakePaths: (paths) =>
      asking(
        (of) => of.intakePaths(paths),
        (answers) => answers.some(isHolderLost),
      ),
    copyPrepared: (id, toPath) => asking((of) => of.copyPrepared(id, toPath), isHolderLost),
    conformInto: (folder, input) => asking((of) => of.conformInto(folder, input), isHolderLost),
    setPlaces: (places) => asking((of) => of.setPlaces(places), isHolderLost),
    importFolder: (folder, options) => asking((of) => of.importFolder(folder, options), isHolderLost),
  };
  return {
    connection,
    async close({ isInterrupted }: { isInterrupted: boolean }) {
      await reopening?.catch(() => undefined);
      // Closing as holder waits for what others handed over; a person who interrupts waits for nobody: their jobs are on disk.
      if (isInterrupted && current.app) await current.app.close();
      else await current.close();
    },
  };
}

function isHolderLost(result: Result<unknown>): boolean {
  return !result.ok && result.error.reasons.some(({ rule }) => rule === 'profile.holderLost');
}
