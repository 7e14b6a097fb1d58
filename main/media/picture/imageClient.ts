/** Talks to the image worker process: starts it when needed, one request at a time, each with a deadline; a crash costs one request. */
import { RestageError, refused } from '../../../shared/errors.ts';
import { imageLimits } from '../../../shared/rules/limits.ts';
import { type Helper, type SelfStart, startHelper } from '../../processes/helper.ts';
import type { Logger } from '../../services.ts';
import { startTimer } from '../../storage/clock.ts';
import { type ImageAnswer, type ImageProblem, type ImageRequest, imageAnswerSchema } from './imageProtocol.ts';

type Answered = Extract<ImageAnswer, { ok: true }>;
type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;

export interface ImageClient {
  ask(request: WithoutId<ImageRequest>, signal?: AbortSignal): Promise<Answered>;
  close(): Promise<void>;
}

export interface ImageClientOptions {
  selfCommand: SelfStart;
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
  let worker: Helper | null = null;
  let waiting: ((line: string | null) => void) | null = null;
  let queue: Promise<unknown> = Promise.resolve();
  let idle: NodeJS.Timeout | undefined;
  let nextId = 1;
  let isClosed = false;

  const start = (): Helper => {
    if (worker) return worker;
    const started = startHelper(options.selfCommand, {
      command: 'image-worker',
      args: [],
      env: options.env,
      onLine: (line) => {
        if (worker === started) waiting?.(line);
      },
      onEnd: ({ detail }) => {
        if (worker !== started) return;
        worker = null;
        options.logger.warn('media.imageWorkerGone', { detail });
        waiting?.(null);
      },
    });
    worker = started;
    return started;
  };

  const stop = async (): Promise<void> => {
    const ending = worker;
    worker = null;
    await ending?.end();
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
      child.say(JSON.stringify(request));
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
