/** Starts a program with a deadline and answers how it ended; it never throws and leaves no process behind. */
import { spawn } from 'node:child_process';

/**
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: object, deadlineMs?: number, output?: 'collect' | 'stderr', shell?: boolean, signal?: AbortSignal }} options
 * @returns {Promise<{ code: number | null, out: string, failure: string | null }>} `failure` is null exactly when the program ended with 0
 */
export function run(command, args, options = {}) {
  const { cwd, env = process.env, deadlineMs = 60_000, output = 'collect', shell = false } = options;
  return new Promise((resolve) => {
    const target = output === 'stderr' ? 2 : 'pipe';
    // A group of its own: the deadline must also end what the program started (downloaders, shells).
    const isGroup = process.platform !== 'win32' && output === 'collect';
    const child = spawn(command, args, { cwd, env, shell, detached: isGroup, stdio: ['ignore', target, target] });
    const chunks = [];
    const collect = (chunk) => chunks.push(chunk);
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    let failure = null;
    const timer = setTimeout(() => {
      failure = `no answer in ${Math.round(deadlineMs / 1000)} s`;
      kill(child, isGroup);
    }, deadlineMs);
    const finish = (code, why) => {
      clearTimeout(timer);
      resolve({ code, out: Buffer.concat(chunks).toString('utf8'), failure: failure ?? why });
    };
    child.on('error', (error) => finish(null, error.message));
    child.on('close', (code, signal) => finish(code, code === 0 ? null : `ended with ${code ?? signal}`));
  });
}

function kill(child, isGroup) {
  try {
    if (isGroup && child.pid) process.kill(-child.pid, 'SIGKILL');
    else child.kill('SIGKILL');
  } catch {
    // It ended between the deadline and this line.
  }
}

/** The last non-empty line: what tools say about why they gave up. */
export function lastLine(text) {
  return text.trim().split('\n').at(-1)?.trim() ?? '';
}
