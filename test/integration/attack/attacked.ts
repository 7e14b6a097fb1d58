/** Programs under attack: started with a heartbeat inside, and judged by what they answered, logged and left. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { longestText } from '../../../main/commands/publicError.ts';
import { errorCodes } from '../../../shared/errors.ts';

export const root = path.resolve(import.meta.dirname, '..', '..', '..');
export const heartbeat = pathToFileURL(path.join(root, 'test', 'fixtures', 'heartbeatMain.mjs')).href;

export interface Beat {
  /** The longest time the event loop stood still, in milliseconds, without the waits for a processor. */
  longestMs: number;
  /** Of it, the longest that was spent computing. */
  longestComputingMs: number;
  exceptions: number;
  beats: number;
}

export interface Ground {
  home: string;
  profileDir: string;
  heartbeatFile: string;
  env: Record<string, string>;
  remove(): void;
}

export function makeGround(): Ground {
  const home = mkdtempSync(path.join(os.tmpdir(), 'restage-attack-'));
  const { DISPLAY: _x, WAYLAND_DISPLAY: _wayland, EVOLINK_API_KEY: _key, ...env } = process.env;
  const heartbeatFile = path.join(home, 'heartbeat.json');
  return {
    home,
    profileDir: path.join(home, 'profile'),
    heartbeatFile,
    env: {
      ...(env as Record<string, string>),
      ...{ HOME: home, LC_ALL: 'C.UTF-8', RESTAGE_HEARTBEAT_FILE: heartbeatFile, RESTAGE_SANDBOX_IDLE_MS: '3000' },
      // A port on which nothing listens: a key that the attack sets leads nowhere.
      ...{ RESTAGE_API_URL: 'http://127.0.0.1:9', RESTAGE_FILES_URL: 'http://127.0.0.1:9' },
    },
    remove: () => rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }),
  };
}

export interface AttackedHost {
  child: ChildProcess;
  /** What it printed first. */
  address: string;
  stop(): Promise<number | null>;
}

/** The built browser host, at a printed address. */
export async function startHost(ground: Ground): Promise<AttackedHost> {
  const entry = path.join(root, 'out', 'node', 'browser.js');
  if (!existsSync(entry)) throw new Error('out/node/browser.js is missing: build first (npm run build)');
  const args = [
    '--import',
    heartbeat,
    entry,
    '--print',
    '--profile',
    ground.profileDir,
    '--library',
    path.join(ground.home, 'library'),
  ];
  const child = spawn(process.execPath, args, { env: ground.env, stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const address = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (data: Buffer) => resolve(String(data).trim()));
    void ended.then((code) => reject(new Error(`the host ended with ${code}`)));
  });
  return {
    child,
    address,
    stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

export const readBeat = (ground: Ground): Beat => JSON.parse(readFileSync(ground.heartbeatFile, 'utf8')) as Beat;

/** What no guard caught, and what was answered as "internal", as the program's own log tells it. */
export function loggedFaults({ profileDir }: Ground): string[] {
  const file = path.join(profileDir, 'logs', 'restage.log');
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.filter((line) => {
    const { event } = JSON.parse(line) as { event: string };
    return [
      'uncaughtException',
      'unhandledRejection',
      'guard',
      'command',
      'intake',
      'copyPrepared',
      'setPlaces',
      'importFolder',
    ].includes(event);
  });
}

/** Why an answer is not one that may be given; null: it is fine. */
export function faultOf(result: unknown, { profileDir }: Ground): string | null {
  if (result === null || typeof result !== 'object' || !('ok' in result)) return 'no result';
  if (result.ok === true) return null;
  const { error } = result as { error?: { code?: string } };
  if (!errorCodes.some((code) => code === error?.code)) return `no code of the contract: ${error?.code}`;
  if (error?.code === 'internal') return 'internal';
  for (const text of textsOf(error)) {
    if (text.length > longestText) return `${text.length} characters`;
    if (text.includes(profileDir)) return 'a path of the profile';
  }
  return null;
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, inner]) => [name, ...textsOf(inner)]);
}
