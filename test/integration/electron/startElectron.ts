/** Starts the built Electron entry under Node with the stand-in, and asks it questions. */
import { type ChildProcess, fork } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const root = path.resolve(import.meta.dirname, '..', '..', '..');
export const builtEntry = path.join(root, 'out', 'main', 'index.js');

export interface RunningElectron {
  ask<T = unknown>(question: string, input?: Record<string, unknown>): Promise<T>;
  /** stdout and stderr so far. */
  output(): string;
  ended: Promise<number | null>;
  /** Asks the app to quit, as the menu would, and waits for its end. */
  quit(): Promise<number | null>;
  kill(): void;
}

export async function startElectron(options: {
  args: string[];
  env?: Record<string, string>;
  /** False for starts that show no window. */
  waitsForPage?: boolean;
}): Promise<RunningElectron> {
  if (!fs.existsSync(builtEntry)) throw new Error('out/main/index.js is missing: build first (npm run build)');
  const register = path.join(root, 'test', 'stub', 'register.mjs');
  const child = fork(builtEntry, options.args, {
    // In the environment, so that processes which the app starts of itself find the stand-in too.
    env: {
      ...process.env,
      RESTAGE_SANDBOX_IDLE_MS: '3000',
      NODE_OPTIONS: `--import ${pathToFileURL(register).href}`,
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  child.stdout?.on('data', (data) => (output += String(data)));
  child.stderr?.on('data', (data) => (output += String(data)));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  if (options.waitsForPage ?? true) await pageLoaded(child, ended, () => output);

  const waiting = new Map<number, { resolve(value: never): void; reject(error: Error): void }>();
  child.on('message', (message: { id?: number; value?: unknown; error?: string }) => {
    const asked = message.id === undefined ? undefined : waiting.get(message.id);
    if (message.error === undefined) asked?.resolve(message.value as never);
    else asked?.reject(new Error(message.error));
  });
  let lastId = 0;
  const ask: RunningElectron['ask'] = (question, input = {}) =>
    new Promise((resolve, reject) => {
      lastId += 1;
      waiting.set(lastId, { resolve, reject });
      child.send({ id: lastId, ask: question, ...input });
    });
  return {
    ask,
    output: () => output,
    ended,
    quit: async () => {
      await ask('quit');
      return ended;
    },
    kill: () => void child.kill('SIGKILL'),
  };
}

function pageLoaded(child: ChildProcess, ended: Promise<number | null>, output: () => string): Promise<void> {
  return new Promise((resolve, reject) => {
    const hear = (message: { event?: string }) => {
      if (message.event !== 'loaded') return;
      child.off('message', hear);
      resolve();
    };
    child.on('message', hear);
    void ended.then((code) => reject(new Error(`ended with ${code} before the page was loaded:\n${output()}`)));
  });
}
