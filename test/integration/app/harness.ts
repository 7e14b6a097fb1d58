/** A real profile on disk, run by the real app in this process; its sandbox serves from here too, or is a process of its own where that matters. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { AppOptions, ProfileConnection } from '../../../main/hostTypes.ts';
import { openProfile } from '../../../main/profile/connect.ts';
import { readPort, readSecrets } from '../../../main/sandbox/place.ts';
import type { Sandbox } from '../../../main/sandbox/server.ts';
import { noSecretBox } from '../../../main/settings/apiKey.ts';
import type { CommandInput, CommandName, CommandOutput } from '../../../shared/contract/index.ts';
import type { Job, MotionRecipe } from '../../../shared/contract/jobs.ts';
import { isFinal, personReasons, type WaitingReason } from '../../../shared/jobs/jobStates.ts';
import { serveSandboxHere } from '../../fixtures/sandboxHere.ts';
import { copyKnownSources, knownSources, type Sources } from './knownSources.ts';

export type { Sources } from './knownSources.ts';

export interface LedgerTask {
  taskId: string;
  idempotencyKey: string | null;
  bodySha256: string;
  status: string;
  charged: string;
}

export interface TestProfile {
  profileDir: string;
  libraryDir: string;
  options: AppOptions;
  connection: ProfileConnection;
  call<C extends CommandName>(command: C, input: CommandInput<C>): Promise<CommandOutput<C>>;
  /** Adds a file and answers its asset id. */
  add(file: string): Promise<string>;
  until(id: string, isReached: (job: Job) => boolean): Promise<Job>;
  admin(method: 'GET' | 'POST' | 'DELETE', what: string, body?: unknown): Promise<unknown>;
  ledger(): Promise<LedgerTask[]>;
  /** Closes the app and opens it again on the same profile. */
  restart(): Promise<void>;
  remove(): Promise<void>;
}

export interface ProfileStart extends Partial<AppOptions> {
  /** As on a person's first day: nothing was taken in or prepared, and the app starts its sandbox by itself. Also where `at` names a folder. */
  isNew?: boolean;
}

/**
 * A profile that knows the clip and the picture of `addSources` already, with its sandbox at work. What a first intake and a sandbox of
 * its own cost (three processes, half of a short test) is paid where they are what is looked at. `at`: the folder that everything lies in.
 */
export async function openTestProfile({ isNew, ...more }: ProfileStart = {}, at?: string): Promise<TestProfile> {
  const home = at ?? (await mkdtemp(path.join(tmpdir(), 'restage-app-')));
  const profileDir = path.join(home, 'profile');
  const libraryDir = path.join(home, 'library');
  const { EVOLINK_API_KEY: _key, RESTAGE_API_URL: _api, RESTAGE_FILES_URL: _files, ...env } = process.env;
  const options: AppOptions = {
    profileDir,
    libraryDir,
    host: 'browser',
    capabilities: { nativeDragOut: false, reveal: false, keychain: false, chooseFolder: false, notifications: false },
    secretBox: noSecretBox,
    selfCommand: { command: process.execPath, args: [path.join(import.meta.dirname, 'entry.ts')] },
    env: { ...env, RESTAGE_SANDBOX_FAULTS: '1', RESTAGE_SANDBOX_TASK_SECONDS: '0.3', RESTAGE_SANDBOX_IDLE_MS: '60000' },
    locale: 'en',
    samplesDir: path.resolve('samples'),
    watchIntervalMs: 100,
    ...more,
  };
  let sandbox: Sandbox | null = null;
  if (!isNew && at === undefined) {
    await mkdir(profileDir, { mode: 0o700 });
    await copyKnownSources(options);
    sandbox = await serveSandboxHere(profileDir, options.env);
  }
  let connection = await openProfile(options);

  const call: TestProfile['call'] = async (command, input) => {
    const result = await connection.call(command, input);
    if (!result.ok) throw Object.assign(new Error(JSON.stringify(result.error)), { data: result.error });
    return result.value;
  };
  const admin: TestProfile['admin'] = async (method, what, body) => {
    await call('account.refresh', {}); // starts the sandbox if it is not there
    const dir = path.join(profileDir, 'sandbox');
    const response = await fetch(`http://127.0.0.1:${readPort(dir)?.port}/__sandbox/${what}`, {
      method,
      headers: { authorization: `Bearer ${readSecrets(dir).key}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${what}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  const profile: TestProfile = {
    profileDir,
    libraryDir,
    options,
    connection,
    call,
    admin,
    async add(file) {
      const [result] = await connection.intakePaths([file]);
      if (!result?.ok) throw new Error(JSON.stringify(result));
      return result.value.id;
    },
    async until(id, isReached) {
      const end = Date.now() + 60_000;
      for (;;) {
        const job = await call('jobs.get', { id });
        if (isReached(job)) return job;
        if (Date.now() > end)
          throw new Error(
            `job stays ${job.state} ${job.waitingFor ?? ''}: ${JSON.stringify(await call('jobs.log', { id }), null, 1)}`,
          );
        await new Promise((resolve) => setTimeout(resolve, 30));
      }
    },
    ledger: async () => ((await admin('GET', 'ledger')) as { tasks: LedgerTask[] }).tasks,
    async restart() {
      await connection.close();
      connection = await openProfile(options);
      profile.connection = connection;
    },
    async remove() {
      const pid = await sandboxPid(path.join(profileDir, 'sandbox'));
      await connection.close();
      await sandbox?.close();
      if (pid !== null && pid !== process.pid) process.kill(pid, 'SIGKILL');
      await rm(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  return profile;
}

async function sandboxPid(dir: string): Promise<number | null> {
  try {
    const response = await fetch(`http://127.0.0.1:${readPort(dir)?.port}/`);
    return ((await response.json()) as { pid: number }).pid;
  } catch {
    return null;
  }
}

export const isOver = (job: Job) => isFinal(job.state);
/** It ended, or only a person can go on with it. */
export const isSettled = ({ state, waitingFor }: Job) =>
  isFinal(state) || (waitingFor !== null && personReasons.includes(waitingFor));
export const waitsFor = (reason: WaitingReason) => (job: Job) => job.waitingFor === reason;

/** One small legal clip and one picture: known from the start, or taken in now where the profile is new. */
export async function addSources(profile: TestProfile): Promise<Sources> {
  const { video, image, ids } = await knownSources(profile.options);
  const asset = await profile.connection.call('assets.get', { id: ids.videoId });
  if (asset.ok) return ids;
  return { videoId: await profile.add(video), imageId: await profile.add(image) };
}

export function motion(sources: Sources, more: Partial<MotionRecipe> = {}): MotionRecipe {
  return {
    kind: 'motion',
    ...sources,
    orientation: 'video',
    quality: '720p',
    preset: 'fast',
    keepSound: true,
    prompt: '',
    watermark: false,
    ...more,
  };
}

let orderNumber = 0;
export const newOrderId = () => `test-order-${process.pid}-${++orderNumber}`;

export async function order(profile: TestProfile, recipe: MotionRecipe, orderId = newOrderId()): Promise<Job> {
  const [job] = await profile.call('jobs.order', { cells: [{ orderId, recipe }] });
  if (!job) throw new Error('no job');
  return job;
}
