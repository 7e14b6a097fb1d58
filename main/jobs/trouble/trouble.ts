/** Trouble while a job works, as what the job does about it. The one ladder of causes for all stages. */
import { RestageError } from '../../../shared/errors.ts';
import { EvolinkError } from '../../evolink/errors.ts';
import { errnoOf } from '../../storage/files.ts';
import type { StageResult } from '../context.ts';
import type { DiskSpace, JobProblem } from '../record/record.ts';

/** So often it is looked whether a disk has room again, a folder or a source is back. */
export const LOOK_AGAIN_MS = 15_000;

/** The pause before the next try, by own measure; after a 429 that names no figure it is about a minute [contract section 8]. */
export type BackOff = (about?: 'rateLimit') => number;

/** As long as the server asked for, and never shorter than the own back-off: a server in trouble may well say 0. */
export function askedPauseMs(retryAfterMs: number | null, backOff: BackOff, about?: 'rateLimit'): number {
  return retryAfterMs === null ? backOff(about) : Math.max(retryAfterMs, backOff());
}

/** What a request that started nothing, or only reads, makes the job wait for; null: waiting will not help. */
export function waitForProvider(error: EvolinkError, backOff: BackOff): Exclude<StageResult, 'moved'> | null {
  const { cause, retryAfterMs, message, status, code } = error.failure;
  const detail = [status, code, message].filter(Boolean).join(' ');
  switch (cause) {
    case 'auth':
      return { wait: 'apiKey', delayMs: null, detail };
    case 'credits':
      return { wait: 'credits', delayMs: null, detail };
    case 'rateLimit':
      return { wait: 'rateLimit', delayMs: askedPauseMs(retryAfterMs, backOff, 'rateLimit'), detail };
    case 'quota':
      return { wait: 'quota', delayMs: backOff(), detail };
    case 'network':
    case 'timeout':
    case 'server':
    case 'unreadable':
    case 'outcomePending':
    case 'cancelled':
      return { wait: 'network', delayMs: askedPauseMs(retryAfterMs, backOff), detail };
    default:
      return null;
  }
}

/** What local trouble makes a job wait for; null: it is no matter of waiting. */
export function waitForLocal(error: unknown, backOff: BackOff): Exclude<StageResult, 'moved'> | null {
  if (error instanceof EvolinkError) return waitForProvider(error, backOff);
  if (!(error instanceof RestageError)) return null;
  const detail = error.detail ?? error.message;
  switch (error.code) {
    case 'apiKey':
      return { wait: 'apiKey', delayMs: null, detail };
    case 'network':
      return { wait: 'network', delayMs: backOff(), detail };
    case 'diskFull':
      return { wait: 'disk', delayMs: LOOK_AGAIN_MS, detail, ...spaceOf(error) };
    case 'sourceMissing':
      return { wait: 'source', delayMs: LOOK_AGAIN_MS, detail: error.message };
    case 'outputNotWritable':
      return { wait: 'folder', delayMs: LOOK_AGAIN_MS, detail };
    case 'storage':
      return error.reasons.some(({ rule }) => rule === 'library.folder')
        ? { wait: 'folder', delayMs: LOOK_AGAIN_MS, detail: error.message }
        : null;
    default:
      return null;
  }
}

export function problemOf(error: unknown): JobProblem {
  if (error instanceof EvolinkError) {
    const { code, cause, message, field } = error.failure;
    return { code: code ?? cause, message, mayRetry: false, field };
  }
  if (error instanceof RestageError) {
    const reason = error.reasons[0];
    return {
      code: reason?.rule ?? error.code,
      message: error.detail ?? '',
      mayRetry: error.code === 'deadline' || error.code === 'toolMissing' || error.code === 'toolFailed',
      field: reason?.field ?? null,
    };
  }
  return { code: 'internal', message: errnoOf(error) ?? String(error), mayRetry: true, field: null };
}

export function isAbort(error: unknown): boolean {
  if (error instanceof RestageError) return error.code === 'cancelled';
  if (error instanceof EvolinkError) return error.failure.cause === 'cancelled';
  return error instanceof Error && error.name === 'AbortError';
}

function spaceOf(error: RestageError): { space: DiskSpace } | Record<string, never> {
  const params = error.reasons.find(({ rule }) => rule === 'disk.full')?.params;
  if (!params) return {};
  const freeBytes = params.freeBytes === undefined ? null : Number(params.freeBytes);
  return { space: { neededBytes: Number(params.neededBytes), freeBytes } };
}
