/** Watches jobs until none of them can move by itself. */
import type { Job } from '../../../shared/contract/jobs.ts';
import { RestageError } from '../../../shared/errors.ts';
import { timerMs } from '../../storage/clock.ts';
import { type CliConnection, callOrThrow } from './context.ts';
import { isSettled } from './exitCodes.ts';

export interface FollowOptions {
  connection: Pick<CliConnection, 'call' | 'on'>;
  /** Which jobs are meant; asked for every job of the profile, also for those that appear later. */
  select: (job: Job) => boolean;
  signal: AbortSignal;
  onChange?: (jobs: readonly Job[]) => void;
  /** Events may be lost with the process that sent them; the list is read again this often. */
  rereadMs?: number;
}

/** The jobs as they stand when all are settled. Rejects `cancelled` when the signal fires; the jobs go on from disk later. */
export async function followJobs(options: FollowOptions): Promise<Job[]> {
  const { connection, select, signal, onChange } = options;
  const jobs = new Map<string, Job>();
  let finish: (() => void) | null = null;
  let fail: ((error: unknown) => void) | null = null;
  let isSeeded = false;

  const take = (changed: readonly Job[]) => {
    for (const job of changed) {
      const known = jobs.get(job.id);
      if (select(job) && !(known && known.updatedAt > job.updatedAt)) jobs.set(job.id, job);
    }
    if (!isSeeded) return;
    const standing = [...jobs.values()];
    onChange?.(standing);
    if (standing.every(isSettled)) finish?.();
  };
  const reread = async () => take(await callOrThrow(connection, 'jobs.list', {}));
  const settled = new Promise<void>((resolve, reject) => {
    finish = resolve;
    fail = reject;
  });
  // Nobody awaits it yet when an early step fails.
  settled.catch(() => undefined);
  const abort = () => fail?.(new RestageError('cancelled'));
  const unsubscribe = connection.on('jobs.changed', ({ jobs: changed }) => take(changed));
  const timer = setInterval(
    () => void reread().catch((error: unknown) => fail?.(error)),
    timerMs(options.rereadMs ?? 5000),
  );
  signal.addEventListener('abort', abort, { once: true });
  try {
    if (signal.aborted) abort();
    isSeeded = true;
    await Promise.race([reread(), settled]);
    await settled;
    return [...jobs.values()];
  } finally {
    clearInterval(timer);
    unsubscribe();
    signal.removeEventListener('abort', abort);
  }
}
