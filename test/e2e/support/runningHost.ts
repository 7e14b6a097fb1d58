/** Starts the built browser host on a profile of its own, as a person would, and ends it again. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { cleanEnv } from '../../../scripts/cleanEnv.mjs';

export const root = path.resolve(import.meta.dirname, '../../..');
const startDeadlineMs = 30_000;
const endDeadlineMs = 15_000;

export interface Folders {
  profileDir: string;
  libraryDir: string;
}

export type Environment = Readonly<Record<string, string>>;

export interface RunningHost {
  /** What the page is opened at. */
  address: string;
  pid: number;
  /** Everything on stdout and stderr so far. */
  output(): string;
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/** Quick for tests: the sandbox renders soon, is asked often and leaves when its test is over; tools that have shown that they work are believed. */
export function testEnv(folders: Folders, taskSeconds: number, more: Environment = {}): NodeJS.ProcessEnv {
  return cleanEnv({
    HOME: folders.profileDir,
    LANG: 'en_US.UTF-8',
    LC_ALL: 'en_US.UTF-8',
    // A port on which nothing listens: what would go to the provider ends here, on this machine.
    RESTAGE_API_URL: 'http://127.0.0.1:9',
    RESTAGE_FILES_URL: 'http://127.0.0.1:9',
    RESTAGE_SANDBOX_TASK_SECONDS: String(taskSeconds),
    RESTAGE_SANDBOX_IDLE_MS: '30000',
    RESTAGE_WATCH_INTERVAL_MS: '200',
    RESTAGE_SANDBOX_MEMORY: path.join(root, 'node_modules/.cache/results'),
    RESTAGE_TOOLS_MEMORY: path.join(root, 'node_modules/.cache/tools'),
    // The same program is started for each of them.
    NODE_COMPILE_CACHE: path.join(root, 'node_modules/.cache/compiled'),
    ...more,
  });
}

export async function startBrowserHost(
  folders: Folders,
  taskSeconds = 1,
  more: Environment = {},
): Promise<RunningHost> {
  const entry = path.join(root, 'out/node/browser.js');
  const args = [entry, '--print', '--profile', folders.profileDir, '--library', folders.libraryDir];
  const child = spawn(process.execPath, args, {
    env: testEnv(folders, taskSeconds, more),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => lines.push(line));
  const stdout = createInterface({ input: child.stdout });
  stdout.on('line', (line) => lines.push(line));
  const address = await firstLine(stdout, child, lines);
  return {
    address,
    pid: child.pid ?? 0,
    output: () => lines.join('\n'),
    stop: (signal = 'SIGTERM') => stop(child, signal),
  };
}

async function firstLine(stdout: NodeJS.EventEmitter, child: ChildProcess, lines: string[]): Promise<string> {
  const timeout = AbortSignal.timeout(startDeadlineMs);
  const ended = once(child, 'exit', { signal: timeout }).then(([code]) => {
    throw new Error(`the browser host ended with ${code}:\n${lines.join('\n')}`);
  });
  const [line] = await Promise.race([once(stdout, 'line', { signal: timeout }), ended]);
  ended.catch(() => undefined); // It ends some day; only a start that failed is of interest.
  return String(line);
}

async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  const forced = setTimeout(() => child.kill('SIGKILL'), endDeadlineMs);
  await exited;
  clearTimeout(forced);
}
