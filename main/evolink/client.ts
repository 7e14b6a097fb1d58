/** The client of one account: every call of the contract, with the key sent to its two origins and nowhere else. */
import type { z } from 'zod';
import { RestageError } from '../../shared/errors.ts';
import { directLine, type Line } from '../network/line.ts';
import type {
  Clock,
  EvolinkClient,
  EvolinkFailure,
  Logger,
  Quota,
  RequestDeadlines,
  TaskSnapshot,
} from '../services.ts';
import { type Resolve, systemResolve } from './addresses.ts';
import { downloadFile } from './download.ts';
import {
  causeOf,
  EvolinkError,
  type FailedAnswer,
  failureOfAnswer,
  failureOfTransport,
  failureUnreadable,
  requestIdOf,
} from './errors.ts';
import { ensureOrigin, isLoopbackHost } from './origins.ts';
import { parseAnswer } from './parseAnswer.ts';
import { routeOf } from './routeOf.ts';
import {
  creditsSchema,
  quotaSchema,
  rowIdSchema,
  rowsOf,
  type TaskAnswer,
  taskOf,
  taskRowSchema,
  taskSchema,
  uploadSchema,
} from './schemas.ts';
import { snapshotOf, unreadableSnapshot } from './snapshot.ts';
import { createTaskReads } from './taskReads.ts';
import { type Answer, type ExchangeOptions, exchange, TransportError } from './transport.ts';
import { openUploadBody } from './upload.ts';

const defaultDeadlines: RequestDeadlines = {
  readMs: 30_000,
  submitMs: 90_000,
  stallMs: 60_000,
  downloadMs: 30 * 60_000,
};
/** No result is larger [r], whatever was ordered. */
const resultMaxBytes = 2_000_000_000;

export interface EvolinkClientOptions {
  apiOrigin: string;
  filesOrigin: string;
  key: string;
  clock: Clock;
  logger: Logger;
  deadlines?: Partial<RequestDeadlines>;
  /** In place of the system's names. */
  resolve?: Resolve;
  /** Through a studio's network; default: straight. */
  line?: Line | undefined;
}

/** Within this the two clocks agree: a Date header has whole seconds, and answers take their time. */
const clockNoiseMs = 120_000;

export function createEvolinkClient(options: EvolinkClientOptions): EvolinkClient {
  const { clock, logger, line = directLine } = options;
  const deadlines = { ...defaultDeadlines, ...options.deadlines };
  const api = ensureOrigin(options.apiOrigin, 'apiUrl');
  const files = ensureOrigin(options.filesOrigin, 'filesUrl');
  const key = options.key.trim();
  if (!/^[\x21-\x7e]+$/.test(key)) {
    throw new RestageError('apiKey', { detail: 'the key has characters that no header can carry' });
  }

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
      const { agent } = await routeOf(line, url);
      const answer = await exchange({
        url,
        agent,
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

  const unreadable = (answer: Answer, detail: string) =>
    new EvolinkError(withoutKey(failureUnreadable(failed(answer), detail)));

  function parse(answer: Answer): unknown {
    try {
      return parseAnswer(answer.body);
    } catch {
      throw unreadable(answer, 'an answer that is not JSON');
    }
  }

  function read<S extends z.ZodType>(
    answer: Answer,
    schema: S,
    raw = parse(answer),
  ): { value: z.infer<S>; raw: unknown } {
    const parsed = schema.safeParse(raw);
    if (parsed.success) return { value: parsed.data, raw };
    const where = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
    throw unreadable(answer, `an answer without what was promised (${where.slice(0, 500)})`);
  }

  function readRows(answer: Answer): unknown[] {
    const rows = rowsOf(parse(answer));
    if (rows === null) throw unreadable(answer, 'an answer without a list');
    return rows;
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
    const raw = taskOf(parse(answer));
    const parsed = taskSchema.safeParse(raw);
    // It was asked for by its id: an answer without one is about it all the same, one with another id is not.
    if (!parsed.success) return unreadableSnapshot(id, raw);
    if (parsed.data.id !== id) throw unreadable(answer, `an answer about another task (${parsed.data.id})`);
    return snapshotFrom(answer, parsed.data, raw);
  }

  async function batch(ids: readonly string[], signal: AbortSignal | undefined): Promise<TaskSnapshot[]> {
    const answer = await ask(api, '/v1/tasks/batch', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ task_ids: ids }),
      signal,
    });
    return readRows(answer).flatMap((raw) => {
      const parsed = taskSchema.safeParse(raw);
      if (parsed.success) return [snapshotFrom(answer, parsed.data, raw)];
      const named = rowIdSchema.safeParse(raw);
      logger.warn('evolink.unreadableRow', { id: named.data?.id ?? null });
      return named.success ? [unreadableSnapshot(named.data.id, raw)] : [];
    });
  }

  async function quota(signal?: AbortSignal): Promise<Quota> {
    const { data } = read(await get(files, '/api/v1/files/quota', signal), quotaSchema).value;
    return { usedFiles: data.used, maxFiles: data.max, remainFiles: data.remaining };
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
    tasks: createTaskReads({ task, batch, clock }),
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
          fileUrl: data.file_url ?? data.download_url ?? '',
          // Not said: as good as dead, which counts as fresh for a while and no longer.
          expiresAt: data.expires_at ? byOurClock(data.expires_at, answer) : new Date(clock.now()).toISOString(),
          sizeBytes: data.file_size ?? body.fileBytes,
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
      const { value, raw } = read(answer, taskSchema, taskOf(parse(answer)));
      const isReplayed = /^\s*true\s*$/i.test(String(answer.headers['idempotency-replayed'] ?? ''));
      return { task: snapshotFrom(answer, value, raw), isReplayed };
    },
    async listTasks({ model, pageSize, page, signal }) {
      const query = new URLSearchParams();
      if (model !== undefined) query.set('model', model);
      query.set('page', String(page ?? 1));
      query.set('page_size', String(pageSize ?? 50));
      const answer = await get(api, `/v1/tasks?${query}`, signal);
      return readRows(answer).flatMap((raw) => {
        const row = taskRowSchema.safeParse(raw).data;
        if (!row) return [];
        const createdAt = row.created_at ? byOurClock(row.created_at, answer) : '';
        return [{ taskId: row.id, model: row.model ?? '', status: row.status ?? '', createdAt }];
      });
    },
    async credits(signal) {
      const { data } = read(await get(api, '/v1/credits', signal), creditsSchema).value;
      return { remaining: data.user.remaining_credits, used: data.user.used_credits ?? null };
    },
    async deleteFile(fileId, signal) {
      await ask(files, `/api/v1/files/${encodeURIComponent(fileId)}`, { method: 'DELETE', signal });
    },
    download: ({ url, partPath, maxBytes, signal, onProgress }) =>
      downloadFile({
        ...{ url, partPath, signal, onProgress, nowMs: clock.now() },
        ...{ stallMs: deadlines.stallMs, totalMs: deadlines.downloadMs },
        maxBytes: Math.min(maxBytes ?? resultMaxBytes, resultMaxBytes),
        allowsLoopback: isLoopbackHost(api.hostname),
        resolve: options.resolve ?? systemResolve,
        line,
      }),
  };
}

/** Reasons not to have an answer that go away. */
const passingCauses: ReadonlySet<unknown> = new Set<EvolinkFailure['cause']>([
  ...(['network', 'timeout', 'server', 'rateLimit', 'auth', 'credits', 'cancelled'] as const),
]);
const isQuota = (value: unknown): value is Quota =>
  typeof value === 'object' && value !== null && 'remainFiles' in value;

/** `success: false` under HTTP 200 is an error (files and credits speak so). */
function saysFailure(body: string): boolean {
  if (!body.includes('"success"')) return false;
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && 'success' in value && /^false$/i.test(String(value.success));
  } catch {
    return false;
  }
}
