/** Talks to the image worker process: starts it when needed, one request at a time, each with a deadline; a crash costs one request. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { RestageError, refused } from '../../../shared/errors.ts';
import { imageLimits } from '../../../shared/rules/limits.ts';
import { childEnvironment } from '../../childEnvironment.ts';
import type { Logger, SelfCommand } from '../../services.ts';
import { startTimer } from '../../storage/clock.ts';
import { type ImageAnswer, type ImageProblem, type ImageRequest, imageAnswerSchema } from './imageProtocol.ts';

type Worker = ChildProcessByStdio<Writable, Readable, null>;
type Answered = Extract<ImageAnswer, { ok: true }>;
type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;

export interface ImageClient {
  ask(request: WithoutId<ImageRequest>, signal?: AbortSignal): Promise<Answered>;
  close(): Promise<void>;
}

export interface ImageClientOptions {
  selfCommand: SelfCommand;
  env: Readonly<Record<string, string | undefined>>;
  logger: Logger;
  deadlineMs?: number;
  idleMs?: number;
}

const DEADLINE_MS = 120_000;
const IDLE_MS = 30_000;

function problemError(problem: ImageProblem, detail: string): RestageError {
  if (problem === 'format') return refused('file', 'file.pictureFormat', { found: detail.slice(0, 60) });
  if (problem === 'damaged') return refused('file', 'file.damaged', { detail: detail.slice(0, 200) });
  if (problem === 'tooComplex') return refused('file', 'file.absurd', { detail: detail.slice(0, 200) });
  if (problem === 'noSpace') return new RestageError('diskFull', { detail });
  if (problem === 'failed') return new RestageError('toolFailed', { detail });
  const maxMP = imageLimits.maxDecodePixels / 1_000_000;
  return refused('image', 'image.pixels', { found: detail.slice(0, 40), foundMP: '–', maxMP });
}

export function createImageClient(options: ImageClientOptions): ImageClient {
  let worker: Worker | null = null;
  let waiting: ((line: string | null) => void) | null = null;
  let queue: Promise<unknown> = Promise.resolve();
  let idle: NodeJS.Timeout | undefined;
  let nextId = 1;
  let isClosed = false;

  const start = (): Worker => {
    if (worker) return worker;
    const { command, args, env } = options.selfCommand;
    const child = spawn(command, [...args, 'image-worker'], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...childEnvironment(options.env, 'self'), ...env },
      windowsHide: true,
    });
    const lost = (detail: string) => {
      if (worker !== child) return;
      worker = null;
      options.logger.warn('media.imageWorkerGone', { detail });
      waiting?.(null);
    };
    child.on('error', (error) => lost(error.message));
    child.on('close', (code) => lost(`exit ${code}`));
    // A worker that died takes its pipe along: `close` answers for it.
    child.stdin.on('error', () => undefined);
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (worker === child) waiting?.(line);
    });
    worker = child;
    return child;
  };

  const stop = (): Promise<void> => {
    const child = worker;
    worker = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
    return new Promise((resolve) => {
      child.once('close', () => resolve());
      child.kill('SIGKILL');
    });
  };

  const exchange = async (request: ImageRequest, signal?: AbortSignal): Promise<Answered> => {
    if (isClosed || signal?.aborted) throw new RestageError('cancelled');
    clearTimeout(idle);
    const child = start();
    let onAbort: () => void = () => undefined;
    let timer: NodeJS.Timeout | undefined;
    const outcome = await new Promise<string | null | 'deadline' | 'cancelled'>((resolve) => {
      waiting = resolve;
      onAbort = () => resolve('cancelled');
      signal?.addEventListener('abort', onAbort, { once: true });
      timer = startTimer(() => resolve('deadline'), options.deadlineMs ?? DEADLINE_MS);
      child.stdin.write(`${JSON.stringify(request)}\n`);
    });
    waiting = null;
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
    if (outcome === 'deadline' || outcome === 'cancelled') {
      // It may be writing: it has to be gone before anybody removes its file.
      await stop();
      throw new RestageError(outcome, { detail: `image ${request.op}` });
    }
    idle = startTimer(() => void stop(), options.idleMs ?? IDLE_MS);
    idle.unref();
    if (outcome === null) throw new RestageError('toolFailed', { detail: `image worker stopped during ${request.op}` });
    const answer = imageAnswerSchema.parse(JSON.parse(outcome));
    // The thread that draws cannot be stopped: its process ends, and the next request gets a new one.
    if (!answer.ok && answer.problem === 'tooComplex') await stop();
    if (!answer.ok) throw problemError(answer.problem, answer.detail);
    return answer;
  };

  return {
    ask: (request, signal) => {
      const id = nextId;
      nextId += 1;
      const turn = queue.then(() => exchange({ ...request, id } as ImageRequest, signal));
      queue = turn.catch(() => undefined);
      return turn;
    },
    close: async () => {
      isClosed = true;
      clearTimeout(idle);
      waiting?.(null);
      await stop();
    },
  };
}
