/** What a failed request means, as one pure function from status, headers and body (or a broken transport) to EvolinkFailure. */
import { type ErrorCode, RestageError } from '../../shared/errors.ts';
import type { EvolinkFailure } from '../services.ts';
import type { TransportError } from './transport.ts';

export class EvolinkError extends Error {
  readonly failure: EvolinkFailure;

  constructor(failure: EvolinkFailure, options: { cause?: unknown } = {}) {
    super(`${failure.cause}${failure.status === null ? '' : ` (HTTP ${failure.status})`}: ${failure.message}`, options);
    this.name = 'EvolinkError';
    this.failure = failure;
  }
}

/** Null: no failure of the provider's. */
export const causeOf = (error: unknown): EvolinkFailure['cause'] | null =>
  error instanceof EvolinkError ? error.failure.cause : null;

const codeOfCause: Partial<Record<EvolinkFailure['cause'], ErrorCode>> = {
  network: 'network',
  timeout: 'deadline',
  auth: 'apiKey',
  credits: 'credits',
  rateLimit: 'rateLimit',
  notFound: 'notFound',
  cancelled: 'cancelled',
};

/** What a person is told who asked for something and got this. */
export function asRestageError(error: EvolinkError): RestageError {
  const { cause, message, requestId } = error.failure;
  const code = codeOfCause[cause] ?? 'server';
  return new RestageError(code, { detail: message, cause: error, ...(requestId === null ? {} : { requestId }) });
}

export interface FailedAnswer {
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: string;
  /** For a Retry-After that is a date and an answer without a Date header. */
  nowMs: number;
}

/** Contract section 7: these say "no credits" whatever 4xx they come with. */
const creditCodes: ReadonlySet<string> = new Set([
  'insufficient_quota',
  'insufficient_user_quota',
  'quota_not_enough',
  'insufficient_token_quota',
  'key_quota_exhausted',
  'token_daily_quota_exceeded',
]);

const requestFields = [
  'image_urls',
  'video_urls',
  'prompt',
  'quality',
  'character_orientation',
  'keep_sound',
  'element_list',
  'watermark_info',
  'callback_url',
  'element_name',
  'element_description',
  'reference_type',
  'element_video_list',
] as const;

type Kind = Pick<EvolinkFailure, 'meaning' | 'cause'>;

/** No answer came, or none that could be read to its end. */
export function failureOfTransport(error: TransportError): EvolinkFailure {
  return {
    meaning: error.wasSent ? 'unknown' : 'nothingStarted',
    cause: error.kind === 'tooLong' ? 'unreadable' : error.kind,
    status: null,
    code: null,
    message: error.message,
    field: null,
    requestId: null,
    retryAfterMs: null,
    actionUrl: null,
  };
}

/** An answer came and is an error: by its status, by `success: false`, or because nobody can read it. */
export function failureOfAnswer(answer: FailedAnswer): EvolinkFailure {
  const words = readWords(answer);
  const isSuccessStatus = answer.status >= 200 && answer.status < 300;
  // The files host says 4xx in the body of an HTTP 200.
  const numericCode = words.isRefusal && isSuccessStatus ? Number(words.code) : Number.NaN;
  const status = numericCode >= 400 && numericCode < 600 ? numericCode : answer.status;
  return {
    ...kindOf(status, words),
    status: answer.status,
    code: words.code,
    message: words.message,
    field: words.field ?? fieldIn(words.message),
    requestId: words.requestId ?? requestIdOf(answer.headers),
    retryAfterMs: retryAfterMs(answer),
    actionUrl: words.actionUrl,
  };
}

/** A 2xx whose body is not what the contract promises: a POST may well have started something. */
export function failureUnreadable(answer: FailedAnswer, detail: string): EvolinkFailure {
  return { ...failureOfAnswer(answer), meaning: 'unknown', cause: 'unreadable', message: detail };
}

function kindOf(status: number, words: Words): Kind {
  if (words.code === 'idempotency_conflict') return { meaning: 'unknown', cause: 'idempotencyConflict' };
  if (words.code === 'paid_outcome_unknown') return { meaning: 'unknown', cause: 'outcomePending' };
  const isClientStatus = status >= 400 && status < 500;
  // Under 400 too [p]: what the server does not take for an id it does not know.
  if (isClientStatus && words.code === 'invalid_task_id') return { meaning: 'unknown', cause: 'notFound' };
  if (isClientStatus && words.code !== null && creditCodes.has(words.code)) {
    return { meaning: 'nothingStarted', cause: 'credits' };
  }
  switch (status) {
    case 400:
      return { meaning: 'refused', cause: 'invalid' };
    case 401:
      return { meaning: 'nothingStarted', cause: 'auth' };
    case 402:
      return { meaning: 'nothingStarted', cause: 'credits' };
    case 403:
      return { meaning: 'refused', cause: 'forbidden' };
    case 404:
      return { meaning: 'unknown', cause: 'notFound' };
    case 408:
      return { meaning: 'unknown', cause: 'timeout' };
    case 413:
      return { meaning: 'refused', cause: 'tooLarge' };
    case 429:
      return { meaning: 'nothingStarted', cause: 'rateLimit' };
    default:
      // Statuses that the contract does not list may hide anything: nothing is concluded about money.
      if (isClientStatus) return { meaning: 'unknown', cause: 'invalid' };
      if (status >= 500 || (status < 300 && words.isRefusal)) return { meaning: 'unknown', cause: 'server' };
      return { meaning: 'unknown', cause: 'unreadable' };
  }
}

interface Words {
  code: string | null;
  message: string;
  field: string | null;
  requestId: string | null;
  actionUrl: string | null;
  /** The body says itself that this is an error. */
  isRefusal: boolean;
}

function readWords(answer: FailedAnswer): Words {
  const json = parseObject(answer.body);
  const nested = json && isObject(json.error) ? json.error : null;
  const source = nested ?? json;
  const plain = typeof json?.error === 'string' ? json.error : null;
  const isRefusal = nested !== null || plain !== null || json?.success === false;
  const message = textOf(source?.message) ?? textOf(source?.msg) ?? plain ?? fallbackMessage(answer, json !== null);
  const suggestion = textOf(source?.fallback_suggestion);
  return {
    code: isRefusal ? (textOf(source?.code) ?? null) : null,
    message: suggestion === null ? message : `${message} (${suggestion})`,
    field: textOf(source?.param),
    requestId: textOf(source?.request_id),
    actionUrl: textOf(source?.action_url),
    isRefusal,
  };
}

function fallbackMessage(answer: FailedAnswer, isJson: boolean): string {
  if (answer.status >= 300 && answer.status < 400) return `HTTP ${answer.status}: a redirect, which is not followed`;
  if (answer.body.trim() === '') return `HTTP ${answer.status}, empty answer`;
  if (isJson) return `HTTP ${answer.status}`;
  const title = /<title>([^<]{1,120})<\/title>/i.exec(answer.body)?.[1]?.trim();
  return title ? `HTTP ${answer.status}: ${title}` : `HTTP ${answer.status}, an answer that is not JSON`;
}

export function requestIdOf(headers: FailedAnswer['headers']): string | null {
  return firstOf(headers['x-request-id']) ?? firstOf(headers['x-oneapi-request-id']);
}

/** Longer than this nobody is believed to mean it [r]: one more question every quarter of an hour harms no server. */
export const RETRY_AFTER_MAX_MS = 15 * 60_000;

/**
 * Seconds or a date; a date is compared with the server's own clock where it says it, for ours may be wrong. Whole milliseconds, at most the
 * quarter of an hour: whatever stands in the header, it can be slept and stored.
 */
function retryAfterMs(answer: FailedAnswer): number | null {
  const wantedMs = wantedPauseMs(answer);
  return wantedMs === null ? null : Math.ceil(Math.min(RETRY_AFTER_MAX_MS, Math.max(0, wantedMs)));
}

function wantedPauseMs(answer: FailedAnswer): number | null {
  const text = firstOf(answer.headers['retry-after'])?.trim();
  if (!text) return null;
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  const at = Date.parse(text);
  if (Number.isNaN(at)) return null;
  const serverNow = Date.parse(firstOf(answer.headers.date) ?? '');
  return at - (Number.isNaN(serverNow) ? answer.nowMs : serverNow);
}

/** Servers name the field in their words; the longest name first would not matter, none contains another. */
function fieldIn(message: string): string | null {
  return requestFields.find((field) => new RegExp(`\\b${field}\\b`).test(message)) ?? null;
}

function parseObject(body: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(body);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function textOf(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : null;
}

function firstOf(value: string | string[] | undefined): string | null {
  return (Array.isArray(value) ? value[0] : value) ?? null;
}
