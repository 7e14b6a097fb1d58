/** Helpers of Node hosts: the program once more, spoken to over its stdin and stdout, or serving by itself after this process has gone. */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { childEnvironment } from '../childEnvironment.ts';
import type { SelfCommand } from '../services.ts';
import type { HelperRequest, StartHelper } from './helper.ts';

export function nodeHelpers(self: SelfCommand): StartHelper {
  return (request) => {
    const child = spawnHelper(self, request);
    let isOver = false;
    const over = (code: number | null, detail: string) => {
      if (isOver) return;
      isOver = true;
      request.onEnd({ code, detail });
    };
    child.on('error', (error) => over(null, error.message));
    child.on('close', (code) => over(code, `exit ${code}`));
    // A helper that died takes its pipe along: `close` answers for it.
    child.stdin?.on('error', () => undefined);
    if (child.stdout) createInterface({ input: child.stdout }).on('line', (line) => request.onLine?.(line));
    return {
      pid: () => child.pid ?? null,
      say: (line) => void child.stdin?.write(`${line}\n`),
      end: () => endChild(child),
    };
  };
}

function spawnHelper(self: SelfCommand, { command, args, env, serving }: HelperRequest): ChildProcess {
  const words = [...self.args, command, ...args];
  const options = { env: { ...childEnvironment(env, 'self'), ...self.env }, windowsHide: true };
  if (!serving) return spawn(self.command, words, { ...options, stdio: ['pipe', 'pipe', 'inherit'] });
  const log = openSync(serving.logFile, 'w', 0o600);
  try {
    // Its own folder: the one it was started from may be unmounted or deleted while it lives.
    const where = { detached: true, cwd: serving.folder } as const;
    const child = spawn(self.command, words, { ...options, ...where, stdio: ['ignore', log, log] });
    child.unref();
    return child;
  } finally {
    closeSync(log);
  }
}

function endChild(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('close', () => resolve());
    child.kill('SIGKILL');
  });
}
