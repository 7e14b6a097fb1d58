/** One link of a result: fetched into a part of its own, and what its trouble means for the job. */
import { createHash } from 'node:crypto';
import { readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { RestageError } from '../../../shared/errors.ts';
import type { AccountClient } from '../../accounts/accounts.ts';
import { EvolinkError } from '../../evolink/errors.ts';
import { flushFile, flushFolder } from '../../storage/files.ts';
import type { JobContext, StageRun, StageWait } from '../context.ts';
import type { JobProblem, JobRecord } from '../record/record.ts';
import { type BackOff, waitForProvider } from '../trouble/trouble.ts';
import { fullUrl } from './upload.ts';

/** What a second of a result has at most in our experience, bytes [r]: 8 and 16 Mbit/s. */
const BYTES_PER_SECOND = { '720p': 1_000_000, '1080p': 2_000_000 } as const;
/** So many times more is no result of this order. */
const MOST_TIMES = 20;
const LONGEST_SECONDS = 30;

/** Why a link gave no result. `wait` null: this link is of no use as it is; else the line or the server is in the way. */
export interface LinkTrouble {
  detail: string;
  problem: JobProblem;
  /** Refused by who keeps the file: run out, or never there. */
  isGone: boolean;
  wait: ((backOff: BackOff) => StageWait) | null;
}

/** `number`: of several results of one task, from 1 on. */
export const donePathOf = ({ incomingDir }: Pick<JobContext, 'incomingDir'>, jobId: string, number = 1): string =>
  path.join(incomingDir, number === 1 ? `${jobId}.mp4` : `${jobId}.${number}.mp4`);

/** Bytes that a result of this order can have. */
export function resultMaxBytes({ recipe, plan }: Pick<JobRecord, 'recipe' | 'plan'>): number {
  const seconds = Math.min(LONGEST_SECONDS, Math.max(3, plan?.output.durationSeconds ?? LONGEST_SECONDS));
  const quality = recipe.kind === 'motion' ? recipe.quality : '1080p';
  return Math.round(seconds * BYTES_PER_SECOND[quality] * MOST_TIMES);
}

export interface LinkToFetch {
  job: JobRecord;
  url: string;
  number?: number;
  client: AccountClient;
  run: StageRun;
}

/** Leaves the whole file under `donePathOf`. Throws EvolinkError, RestageError of the disk. */
export async function fetchLink(
  context: JobContext,
  { job, url, number = 1, client, run }: LinkToFetch,
): Promise<void> {
  const partPath = partPathOf(context, job.id, url);
  const donePath = donePathOf(context, job.id, number);
  await client.download({
    ...{ url: fullUrl(url, client), partPath, maxBytes: resultMaxBytes(job) },
    ...{ signal: run.signal, onProgress: run.onProgress },
  });
  await flushFile(partPath);
  await rename(partPath, donePath);
  await flushFolder(path.dirname(donePath));
  context.store.log(job.id, 'fetched', path.basename(donePath));
}

/** Parts of links that another one made needless. */
export async function clearParts({ incomingDir }: Pick<JobContext, 'incomingDir'>, jobId: string): Promise<void> {
  for (const name of await readdir(incomingDir).catch(() => [])) {
    if (name.startsWith(`${jobId}.`) && name.endsWith('.part')) await rm(path.join(incomingDir, name), { force: true });
  }
}

/** By address without its signature: a fresh link to the same file goes on where the old one was cut off, another file's does not. */
function partPathOf({ incomingDir }: JobContext, jobId: string, url: string): string {
  const name = createHash('sha256')
    .update(url.replace(/[?#].*$/, ''))
    .digest('hex')
    .slice(0, 8);
  return path.join(incomingDir, `${jobId}.${name}.part`);
}

/** Null: not the link's fault (a full disk, a folder that is away, our own stop). */
export function linkTroubleOf(error: unknown, url: string): LinkTrouble | null {
  const host = URL.canParse(url) ? new URL(url).host : 'the account';
  const trouble = (code: string, message: string): Pick<LinkTrouble, 'detail' | 'problem'> => ({
    detail: `${host}: ${message}`,
    problem: { code, message, mayRetry: true, field: null },
  });
  if (error instanceof RestageError && (error.code === 'sourceUnreadable' || error.code === 'refused')) {
    const message = error.detail ?? 'a file that is no whole video';
    return { ...trouble('resultNotVideo', message), isGone: false, wait: null };
  }
  if (!(error instanceof EvolinkError) || error.failure.cause === 'cancelled') return null;
  const { cause, code, message } = error.failure;
  if (code?.startsWith('result')) return { ...trouble(code, message), isGone: code === 'resultGone', wait: null };
  const isPassing = cause === 'network' || cause === 'timeout' || cause === 'server' || cause === 'rateLimit';
  return {
    ...trouble('resultMissing', message),
    isGone: false,
    wait: isPassing
      ? (backOff) => waitForProvider(error, backOff) ?? { wait: 'network', delayMs: backOff(), detail: message }
      : null,
  };
}
