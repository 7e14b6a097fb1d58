/** Starts a real sandbox process in a folder of its own, with real clips to send, and gives tests its admin endpoint. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { createEvolinkClient, type EvolinkClientOptions } from '../../../main/evolink/client.ts';
import { createSandboxLauncher } from '../../../main/sandbox/launcher.ts';
import { readSecrets } from '../../../main/sandbox/place.ts';
import type { EvolinkClient, Logger, SandboxLauncher, TaskSnapshot } from '../../../main/services.ts';
import { systemClock } from '../../../main/storage/clock.ts';
import { errnoOf } from '../../../main/storage/files.ts';
import { draw } from '../../fixtures/drawn.ts';

export const run = promisify(execFile);

export const silentLogger: Logger = { info() {}, warn() {}, error() {} };

/** ffmpeg of the PATH, else the installer package: whatever this machine has. */
export function toolPaths(): { ffmpeg: string; ffprobe: string } {
  return { ffmpeg: findTool('ffmpeg'), ffprobe: findTool('ffprobe') };
}

function findTool(name: 'ffmpeg' | 'ffprobe'): string {
  for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
    const file = path.join(folder, name);
    if (existsSync(file)) return file;
  }
  return oldTool(name);
}

/** The 2018 build (and its ffprobe) of the installer packages. */
export function oldTool(name: 'ffmpeg' | 'ffprobe'): string {
  return (createRequire(import.meta.url)(`@${name}-installer/${name}`) as { path: string }).path;
}

export interface TestSandbox {
  profileDir: string;
  dir: string;
  origin: string;
  key: string;
  launcher: SandboxLauncher;
  client: EvolinkClient;
  clientWith(options: Partial<EvolinkClientOptions>): EvolinkClient;
  admin(method: 'GET' | 'POST' | 'DELETE', what: string, body?: unknown): Promise<unknown>;
  pid(): Promise<number>;
  /** Kills without a word, as a crash would. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

export async function startSandbox(env: Record<string, string> = {}, tools = toolPaths()): Promise<TestSandbox> {
  const profileDir = await mkdtemp(path.join(os.tmpdir(), 'restage-sandbox-'));
  const dir = path.join(profileDir, 'sandbox');
  const launcher = launcherIn(profileDir, env, tools);
  const { apiOrigin: origin, key } = await launcher.ensure();
  const clientWith = (options: Partial<EvolinkClientOptions>) =>
    createEvolinkClient({
      apiOrigin: origin,
      filesOrigin: origin,
      key,
      clock: systemClock,
      logger: silentLogger,
      ...options,
    });
  const admin: TestSandbox['admin'] = async (method, what, body) => {
    const response = await fetch(`${origin}/__sandbox/${what}`, {
      method,
      headers: { authorization: `Bearer ${key}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${what}: ${response.status} ${await response.text()}`);
    return await response.json();
  };
  const pid = async () => ((await (await fetch(origin)).json()) as { pid: number }).pid;
  const end = async (signal: NodeJS.Signals) => {
    const id = await pid().catch(() => null);
    if (id === null) return;
    process.kill(id, signal);
    // A dying process lets go of its connections before its port: only a refusal says that it is gone.
    while (
      await pid().then(
        (now) => now === id,
        (error: unknown) => !isRefusal(error),
      )
    )
      await systemClock.sleep(5);
  };
  return {
    profileDir,
    dir,
    origin,
    key,
    launcher,
    client: clientWith({}),
    clientWith,
    admin,
    pid,
    kill: () => end('SIGKILL'),
    async stop() {
      await end('SIGTERM');
      await rm(profileDir, { recursive: true, force: true });
    },
  };
}

export function launcherIn(profileDir: string, env: Record<string, string> = {}, tools = toolPaths()): SandboxLauncher {
  return createSandboxLauncher({
    profileDir,
    selfCommand: { command: process.execPath, args: [path.join(import.meta.dirname, 'entry.ts')] },
    logger: silentLogger,
    tools: async () => tools,
    env: { ...process.env, RESTAGE_SANDBOX_FAULTS: '1', RESTAGE_SANDBOX_TASK_SECONDS: '0.2', ...env },
  });
}

function isRefusal(error: unknown): boolean {
  return error instanceof Error && errnoOf(error.cause) === 'ECONNREFUSED';
}

export const identityIn = (dir: string): string => readSecrets(dir).identity;

export interface ClipOptions {
  seconds: number;
  size?: string;
  hasSound?: boolean;
  /** At 10 the app makes it 20; a clip of 20 goes as it is. */
  rate?: number;
  extension?: 'mp4' | 'mov' | 'webm';
}

export async function makeClip(folder: string, name: string, options: ClipOptions): Promise<string> {
  const { seconds, size = '352x640', hasSound = true, rate = 10, extension = 'mp4' } = options;
  const file = path.join(folder, `${name}.${extension}`);
  const codec = extension === 'webm' ? ['-c:v', 'libvpx', '-c:a', 'libopus'] : ['-c:v', 'libx264', '-c:a', 'aac'];
  const args = [
    ...['-v', 'error', '-y', '-f', 'lavfi', '-i', `testsrc=size=${size}:rate=${rate}:duration=${seconds}`],
    ...(hasSound ? ['-f', 'lavfi', '-i', `sine=frequency=440:duration=${seconds}`] : []),
    ...codec,
    ...['-pix_fmt', 'yuv420p', '-preset', 'ultrafast', '-t', String(seconds)],
  ];
  return await draw(toolPaths().ffmpeg, args, file);
}

export async function makeImage(folder: string, name: string, size: string, color = 'magenta'): Promise<string> {
  const file = path.join(folder, name);
  const args = ['-v', 'error', '-y', '-f', 'lavfi', '-i', `color=c=${color}:size=${size}`, '-frames:v', '1'];
  return await draw(toolPaths().ffmpeg, args, file);
}

export async function untilDone(client: EvolinkClient, id: string): Promise<TaskSnapshot> {
  const deadline = Date.now() + 100_000;
  while (Date.now() < deadline) {
    const snapshot = await client.task(id);
    if (snapshot.status !== 'pending' && snapshot.status !== 'running') return snapshot;
    await systemClock.sleep(50);
  }
  throw new Error(`task ${id} did not end`);
}
