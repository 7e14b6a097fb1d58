/** The client of one account: every call of the contract, with the key sent to its two origins and nowhere else. */
import type { z } from 'zod';
import { RestageError } from '../../shared/errors.ts';
import type {
  Clock,
  EvolinkClient,
  EvolinkFailure,
  Logger,
  Quota,
  RequestDeadlines,
  TaskSnapshot,
} from '../services.ts';
import { downloadFile } from './download.ts';
import {
  EvolinkError,
  type FailedAnswer,
  failureOfAnswer,
  failureOfTransport,
  failureUnreadable,
  requestIdOf,
} from './errors.ts';
import { ensureOrigin } from './origins.ts';
import {
  batchSchema,
  creditsSchema,
  quotaSchema,
  rowIdSchema,
  type TaskAnswer,
  taskListSchema,
  taskSchema,
  uploadSchema,
} from './schemas.ts';
import { snapshotOf, unreadableSnapshot } from './snapshot.ts';
import { type Answer, type ExchangeOptions, exchange, TransportError } from './transport.ts';
import { openUploadBody } from './upload.ts';

const defaultDeadlines: RequestDeadlines = { readMs: 30_000, submitMs: 90_000, stallMs: 60_000 };

export interface EvolinkClientOptions {
  apiOrigin: string;
  filesOrigin: string;
  key: string;
  clock: Clock;
  logger: Logger;
  deadlines?: Partial<RequestDeadlines>;
}

/** Within this the two clocks agree: a Date header has whole seconds, and answers take their time. */
const clockNoiseMs = 120_000;
const batchMax = 50;
/** Single reads at once where the batch endpoint is missing. */
const singleReadsAtOnce = 4;

export function createEvolinkClient(options: EvolinkClientOptions): EvolinkClient {
  const { clock, logger } = options;
  const deadlines = { ...defaultDeadlines, ...options.deadlines };
  const api = ensureOrigin(options.apiOrigin, 'apiUrl');
  const files = ensureOrigin(options.filesOrigin, 'filesUrl');
  const key = options.key.trim();
  if (!/^[\x21-\x7e]+$/.test(key)) {
    throw new RestageError('apiKey', { detail: 'the key has characters that no header can carry' });
  }
  let hasBatch = true;

  type Call = Pick<ExchangeOptions, 'method' | 'body' | 'signal'> & {
    headers?: Record<string, string>;
    deadlineMs?: number | null;
  };

  /** One exchange with the key. Any 2xx comes back as it is; everything else throws EvolinkError. */
  async function ask(origin: URL, pathAndQuery: string, call: Call): Promise<Answer> {
    const url = new URL(pathAndQuery, origin);
    const startedMs = clock.now();
    const log = (detail: Record<string, unknown>) => ({
      method: call.method,
      path: url.pathname,
      tookMs: clock.now() - startedMs,
      ...detail,
    });
    try {
      const deadlineMs = call.deadlineMs === undefined ? deadlines.readMs : call.deadlineMs;
      const answer = await exchange({
        url,
        method: call.method,
        headers: { accept: 'application/json', authorization: `Bearer ${key}`, ...call.headers },
        ...(call.body === undefined ? {} : { body: call.body }),
        deadlineMs,
        stallMs: Math.max(deadlines.stallMs, deadlineMs ?? 0),
        signal: call.signal,
      });
      const isSuccess = answer.status >= 200 && answer.status < 300 && !saysFailure(answer.body);
      if (!isSuccess) throw new EvolinkError(withoutKey(failureOfAnswer(failed(answer))));
      logger.info('evolink.answer', log({ status: answer.status, requestId: requestIdOf(answer.headers) }));
      return answer;
    } catch (error) {
      const known =
        error instanceof TransportError
          ? new EvolinkError(withoutKey(failureOfTransport(error)), { cause: error })
          : error;
      logger.warn('evolink.failure', log(known instanceof EvolinkError ? { ...known.failure } : { error: `${known}` }));
      throw known;
    }
  }

  const failed = (answer: Answer): FailedAnswer => ({ ...answer, nowMs: clock.now() });
  const withoutKey = (failure: EvolinkFailure): EvolinkFailure => ({
    ...failure,
    message: failure.message.replaceAll(key, 'sk-…'),
  });

  function read<S extends z.ZodType>(answer: Answer, schema: S): { value: z.infer<S>; raw: unknown } {
    let raw: unknown;
    try {
      raw = JSON.parse(answer.body);
    } catch {
      throw new EvolinkError(withoutKey(failureUnreadable(failed(answer), 'an answer that is not JSON')));
    }
    const parsed = schema.safeParse(raw);
    if (parsed.success) return { value: parsed.data, raw };
    const where = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
    throw new EvolinkError(
      withoutKey(failureUnreadable(failed(answer), `an answer without what was promised (${where})`)),
    );
  }

  /** A moment that the server names, by our clock: what either has wrong, the Date of the same answer tells. */
  function byOurClock(iso: string, answer: Answer): string {
    const aheadMs = Date.parse(answer.headers.date ?? '') - clock.now();
    return Math.abs(aheadMs) > clockNoiseMs ? new Date(Date.parse(iso) - aheadMs).toISOString() : iso;
  }

  function snapshotFrom(answer: Answer, value: TaskAnswer, raw: unknown): TaskSnapshot {
    const { createdAt, completedAt, ...rest } = snapshotOf(value, raw);
    return {
      ...rest,
      createdAt: createdAt && byOurClock(createdAt, answer),
      completedAt: completedAt && byOurClock(completedAt, answer),
    };
  }

  const get = (origin: URL, path: string, signal: AbortSignal | undefined) =>
    ask(origin, path, { method: 'GET', signal });

  async function task(id: string, signal?: AbortSignal): Promise<TaskSnapshot> {
    const answer = await get(api, `/v1/tasks/${encodeURIComponent(id)}`, signal);
    const { value, raw } = read(answer, taskSchema);
    return snapshotFrom(answer, value, raw);
  }

  async function batch(ids: readonly string[], signal: AbortSignal | undefined): Promise<TaskSnapshot[]> {
    const answer = await ask(api, '/v1/tasks/batch', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ task_ids: ids }),
      signal,
    });
    return read(answer, batchSchema).value.data.flatMap((raw) => {
      const parsed = taskSchema.safeParse(raw);
      if (parsed.success) return [snapshotFrom(answer, parsed.data, raw)];
      const named = rowIdSchema.safeParse(raw);
      logger.warn('evolink.unreadableRow', { id: named.data?.id ?? null });
      return named.success ? [unreadableSnapshot(named.data.id, raw)] : [];
    });
  }

  async function single(ids: readonly string[], signal: AbortSignal | undefined): Promise<TaskSnapshot[]> {
    const found: TaskSnapshot[] = [];
    const open = [...ids];
    const worker = async () => {
      for (let id = open.shift(); id !== undefined; id = open.shift()) {
        try {
          found.push(await task(id, signal));
        } catch (error) {
          if (!(error instanceof EvolinkError && error.failure.cause === 'notFound')) throw error;
        }
      }
    };
    await Promise.all(Array.from({ length: singleReadsAtOnce }, worker));
    return found;
  }

  async function tasks(ids: readonly string[], signal?: AbortSignal): Promise<Map<string, TaskSnapshot>> {
    const wanted = [...new Set(ids)];
    const found = new Map<string, TaskSnapshot>();
    for (let from = 0; from < wanted.length; from += batchMax) {
      const part = wanted.slice(from, from + batchMax);
      const snapshots = hasBatch
        ? await batch(part, signal).catch((error: unknown) => {
            const status = error instanceof EvolinkError ? error.failure.status : null;
            if (status !== 404 && status !== 405) throw error;
            hasBatch = false;
            return single(part, signal);
          })
        : await single(part, signal);
      for (const snapshot of snapshots) found.set(snapshot.id, snapshot);
    }
    return found;
  }

  async function quota(signal?: AbortSignal): Promise<Quota> {
    const { data } = read(await get(files, '/api/v1/files/quota', signal), quotaSchema).value;
    return { usedFiles: data.used_files, maxFiles: data.max_files, remainFiles: data.remain_files };
  }

  /** No code for "quota full" is documented: when an upload is refused, the quota itself is asked. */
  async function refusedUpload(error: unknown, signal: AbortSignal | undefined): Promise<unknown> {
    const wasAnswered = error instanceof EvolinkError && error.failure.status !== null && error.failure.status < 500;
    if (!wasAnswered || !['invalid', 'forbidden', 'server'].includes(error.failure.cause)) return error;
    const left = await quota(signal)
      .catch((cause: unknown) => (causeOf(cause) === 'unreadable' ? quota(signal) : Promise.reject(cause)))
      .catch((cause: unknown) => cause);
    // Whether it is the quota cannot be told now: nothing is concluded, the upload is tried again.
    if (passingCauses.has(causeOf(left))) return left;
    if (!isQuota(left) || left.remainFiles > 0) return error;
    return new EvolinkError({ ...error.failure, meaning: 'nothingStarted', cause: 'quota' }, { cause: error });
  }

  return {
    task,
    tasks,
    quota,
    async uploadFile({ path, fileName, mimeType, signal, onProgress }) {
      const body = await openUploadBody({ path, fileName, mimeType, onProgress });
      try {
        const answer = await ask(files, '/api/v1/files/upload/stream', {
          method: 'POST',
          headers: { 'content-type': body.contentType },
          body,
          deadlineMs: null,
          signal,
        });
        const { data } = read(answer, uploadSchema).value;
        return {
          fileId: data.file_id,
          fileUrl: data.file_url,
          expiresAt: byOurClock(data.expires_at, answer),
          sizeBytes: data.file_size,
        };
      } catch (error) {
        throw await refusedUpload(error, signal);
      } finally {
        await body.close();
      }
    },
    async submit({ body, idempotencyKey, signal }) {
      const answer = await ask(api, '/v1/videos/generations', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': idempotencyKey },
        body,
        deadlineMs: deadlines.submitMs,
        signal,
      });
      const { value, raw } = read(answer, taskSchema);
      return { task: snapshotFrom(answer, value, raw), isReplayed: answer.headers['idempotency-replayed'] === 'true' };
    },
    async listTasks({ model, pageSize, page, signal }) {
      const query = new URLSearchParams();
      if (model !== undefined) query.set('model', model);
      query.set('page', String(page ?? 1));
      query.set('page_size', String(pageSize ?? 50));
      const answer = await get(api, `/v1/tasks?${query}`, signal);
      return read(answer, taskListSchema).value.data.map((row) => ({
        taskId: row.id,
        model: row.model,
        status: row.status,
        createdAt: byOurClock(row.created_at, answer),
      }));
    },
    async credits(signal) {
      const { data } = read(await get(api, '/v1/credits', signal), creditsSchema).value;
      return { remaining: data.user.remaining_credits, used: data.user.used_credits };
    },
    async deleteFile(fileId, signal) {
      await ask(files, `/api/v1/files/${encodeURIComponent(fileId)}`, { method: 'DELETE', signal });
    },
    download: ({ url, partPath, signal, onProgress }) =>
      downloadFile({ url, partPath, signal, onProgress, stallMs: deadlines.stallMs, nowMs: clock.now() }),
  };
}

/** Reasons not to have an answer that go away. */
const passingCauses: ReadonlySet<unknown> = new Set<EvolinkFailure['cause']>([
  ...(['network', 'timeout', 'server', 'rateLimit', 'auth', 'credits', 'cancelled'] as const),
]);
const causeOf = (error: unknown) => (error instanceof EvolinkError ? error.failure.cause : null);
const isQuota = (value: unknown): value is Quota =>
  typeof value === 'object' && value !== null && 'remainFiles' in value;

/** `success: false` under HTTP 200 is an error (files and credits speak so). */
function saysFailure(body: string): boolean {
  if (!body.includes('"success"')) return false;
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && 'success' in value && value.success === false;
  } catch {
    return false;
  }
}
