/** What a host gives the app, and what it gets back: the border between main/hosts and everything else. */

import type { Capabilities, Settings } from '../shared/contract/app.ts';
import type { ConformAnswer, ConformInput } from '../shared/contract/conform.ts';
import type { Call, Subscribe } from '../shared/contract/index.ts';
import type { ImportReport } from '../shared/contract/libraryCommands.ts';
import type { Asset } from '../shared/contract/media.ts';
import type { Result } from '../shared/errors.ts';
import type { SelfStart } from './processes/helper.ts';
import type { Places } from './profile/wire.ts';
import type { Clock, Notice, RequestDeadlines, SecretBox } from './services.ts';

export type HostKind = 'electron' | 'browser' | 'cli';

export interface AppOptions {
  profileDir: string;
  /** Overrides the setting for this run (CLI `--library`). */
  libraryDir?: string;
  /** The system's folder for videos, where the host knows it; else it is guessed from the environment. */
  videosDir?: string;
  host: HostKind;
  capabilities: Capabilities;
  secretBox: SecretBox;
  /** Starts a further process of this program: `sandbox …`, `image-worker`. */
  selfCommand: SelfStart;
  env: Readonly<Record<string, string | undefined>>;
  /** BCP 47, of the system. */
  locale: string;
  /** Where the built page lies (`out/renderer`), for hosts that have one. */
  samplesDir: string;
  /** Default 8 s, never faster against the real provider; tests 100 ms. */
  watchIntervalMs?: number;
  /** First pause after trouble (default 1 s), the longest times of requests, and the time itself: for tests. */
  retryBaseMs?: number;
  requestDeadlines?: Partial<RequestDeadlines>;
  clock?: Clock;
  /** What was found damaged at start, for hosts whose page does not ask. */
  onNotice?: (notice: Notice) => void;
  /** Provider for this run (CLI `--provider`); undefined: the stored choice. */
  provider?: 'sandbox' | 'evolink';
  /** Capability `chooseFolder`: the system's dialog; null when the person closed it. */
  chooseFolder?: (startPath: string) => Promise<string | null>;
  /** The system's proxy for an address, in Chromium's words ('PROXY host:3128; DIRECT'); hosts without it have the environment's. */
  systemProxy?: (url: string) => Promise<string>;
  reveal?: (path: string) => void;
  openExternal?: (url: string) => void;
}

/** Everything that a host can do with the app, in process or over the profile's socket. */
export interface AppConnection {
  call: Call;
  on: Subscribe;
  /** Host only, never reachable from a page: one result per path, in order. */
  intakePaths(paths: readonly string[]): Promise<Result<Asset>[]>;
  /** Host only: a prepared take's bytes under a path of the person's choosing, complete or not at all (temporary name beside it, flush, rename). */
  copyPrepared(preparedId: string, toPath: string): Promise<Result<{ sizeBytes: number; sha256: string }>>;
  /** Host only: where results go and which ffmpeg runs. A page names neither: it would name a program to start. */
  setPlaces(places: Places): Promise<Result<Settings>>;
  /** Host only: `handoff.conform` into a folder of the person's choosing, which must be absolute. */
  conformInto(folder: string, input: ConformInput): Promise<Result<ConformAnswer>>;
  /** Host only: videos below a folder become results, where they are or as copies in the library folder. */
  importFolder(folder: string, options: { copy: boolean }): Promise<Result<ImportReport>>;
  close(): Promise<void>;
}

export interface App extends AppConnection {
  /** Media by id with Range, for the page's origin: path `/media/<kind>/<id>[/<n>]`. */
  fetch(request: Request): Promise<Response>;
  /** Streamed bytes (browser host, pasted pictures) become an asset. */
  intakeStream(name: string, body: ReadableStream<Uint8Array>): Promise<Result<Asset>>;
}

/**
 * main/profile/connect.ts: `openProfile(options): Promise<ProfileConnection>` takes the profile's lock and runs the app in this process,
 * or, when another process holds it, forwards every call to it over the profile's local socket.
 * `openReader({ profileDir })` answers the commands of commands/reading.ts from the databases opened read-only, whoever holds the lock.
 */
export interface ProfileConnection extends AppConnection {
  role: 'holder' | 'forwarded';
  /** The app itself when `role` is holder. */
  app: App | null;
  /** Resolves when the process that runs the profile has gone; never for the holder itself. */
  holderLost: Promise<void>;
}
