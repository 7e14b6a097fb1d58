/** Stage 4: one batch read per account and cycle tells how all its running tasks stand. */
import { taskErrorAdvice } from '../../shared/taskErrors.ts';
import { isLoopbackHost } from '../evolink/origins.ts';
import type { TaskSnapshot } from '../services.ts';
import { isDiskFull } from '../storage/files.ts';
import { backOffMs } from './backOff.ts';
import type { JobContext } from './context.ts';
import type { JobRecord } from './record.ts';
import { storedUrl } from './stages/upload.ts';
import { isAbort, waitForLocal } from './trouble.ts';

/** A task that the server has not known for this long has gone for good [contract: nothing says so; a rule of ours]. */
const VANISHED_MS = 24 * 3600_000;
/** The gateway asks its provider at each read [contract section 3]. */
const MIN_REAL_INTERVAL_MS = 8000;
/** Older tasks are asked about in every second cycle only: each read makes the gateway ask its provider. */
const OLD_TASK_MS = 15 * 60_000;
const STOPPED_PAUSE_MS = 15_000;

export interface Watcher {
  /** Makes sure the account of a running job is being watched. */
  watch(accountId: string): void;
  /** Ends the pause after trouble (back on line, new key). */
  hurry(): void;
  close(): Promise<void>;
}

export function createWatcher(context: JobContext, onMoved: (jobId: string) => void): Watcher {
  const { store, clock, logger, accounts } = context;
  const loops = new Map<string, Promise<void>>();
  const closing = new AbortController();
  let pause = new AbortController();

  async function rest(ms: number): Promise<void> {
    await clock.sleep(ms, closing.signal).catch(() => {});
  }

  /** Only a pause after trouble may be cut short: between good reads the provider is owed its interval. */
  async function restUnlessHurried(ms: number): Promise<void> {
    await clock.sleep(ms, AbortSignal.any([closing.signal, pause.signal])).catch(() => {});
    if (pause.signal.aborted) pause = new AbortController();
  }

  /** Against the real provider never under its eight seconds, whatever this run was told; on loopback as told. */
  function intervalOf(accountId: string): number {
    const { provider, apiOrigin } = accounts.get(accountId);
    const isReal = provider === 'evolink' && !isLoopbackHost(new URL(apiOrigin).hostname);
    return isReal ? Math.max(MIN_REAL_INTERVAL_MS, context.watchIntervalMs) : context.watchIntervalMs;
  }

  async function loop(accountId: string): Promise<void> {
    const intervalMs = intervalOf(accountId);
    for (let cycle = 0, misses = 0; !closing.signal.aborted; cycle += 1) {
      const jobs = runningOn(accountId);
      if (jobs.length === 0) return;
      try {
        await cycleOnce(context, accountId, due(jobs, cycle, clock.now()), { signal: closing.signal, onMoved });
        misses = 0;
        await rest(intervalMs);
      } catch (error) {
        if (closing.signal.aborted) return;
        misses += 1;
        const backOff = () => backOffMs(misses, { baseMs: intervalMs, capMs: 60_000 });
        const known = waitForLocal(error, backOff);
        // Reading costs nothing: whatever "no credits" means here, nobody has to top up for it.
        const wait = known?.wait === 'credits' ? { ...known, wait: 'network' as const, delayMs: backOff() } : known;
        const delayMs = Math.max(intervalMs, wait?.delayMs ?? 60_000);
        if (!isAbort(error)) logger.warn('watch', { account: accountId, error: String(error) });
        store.together(() => {
          for (const job of jobs)
            store.wait(job.id, wait?.wait ?? 'network', clock.now() + delayMs, wait?.detail ?? String(error));
        });
        await restUnlessHurried(delayMs);
      }
    }
  }

  const runningOn = (accountId: string) =>
    store.unfinished().filter((job) => job.accountId === accountId && job.state === 'running' && job.taskId !== null);

  function sayDisk(accountId: string): void {
    for (const { id } of runningOn(accountId)) store.wait(id, 'disk', clock.now() + STOPPED_PAUSE_MS);
  }

  return {
    watch(accountId) {
      if (loops.has(accountId) || closing.signal.aborted) return;
      const going = loop(accountId)
        .catch(async (error: unknown) => {
          // What was read cannot be kept (a full disk under the database): asking again at once would be no better.
          logger.error('watch.stopped', { error: String(error) });
          if (isDiskFull(error)) sayDisk(accountId);
          await restUnlessHurried(STOPPED_PAUSE_MS);
        })
        .finally(() => {
          loops.delete(accountId);
          // A job may have begun to run between the last look and the end of the loop.
          if (runningOn(accountId).length > 0 && !closing.signal.aborted) this.watch(accountId);
        });
      loops.set(accountId, going);
    },
    hurry: () => pause.abort(),
    async close() {
      closing.abort();
      await Promise.all(loops.values());
    },
  };
}

function due(jobs: JobRecord[], cycle: number, nowMs: number): JobRecord[] {
  return jobs.filter((job) => cycle % 2 === 0 || nowMs - Date.parse(job.submittedAt ?? job.createdAt) < OLD_TASK_MS);
}

async function cycleOnce(
  context: JobContext,
  accountId: string,
  jobs: JobRecord[],
  options: { signal: AbortSignal; onMoved: (jobId: string) => void },
): Promise<void> {
  if (jobs.length === 0) return;
  const client = await context.accounts.client(accountId);
  const tasks = await client.tasks(
    jobs.flatMap((job) => job.taskId ?? []),
    options.signal,
  );
  const moved = context.store.together(() =>
    jobs.filter((job) => {
      const task = tasks.get(job.taskId ?? '');
      return task ? applyTask(context, job, task, (url) => storedUrl(url, client)) : applyVanished(context, job);
    }),
  );
  // Nothing acts on what is not on disk yet.
  for (const job of moved) options.onMoved(job.id);
}

/** What a reading of the task means for the job. True when its state changed. */
export function applyTask(
  context: JobContext,
  job: JobRecord,
  task: TaskSnapshot,
  toStored: (url: string) => string,
): boolean {
  const { store, clock } = context;
  const raw = JSON.stringify(task.raw);
  const completedAt = task.completedAt ?? new Date(clock.now()).toISOString();
  if (task.chargeState === 'charged' || task.chargeState === 'released')
    store.charge(job.id, task.chargeState, task.creditsUsed ?? job.chargeCredits);
  switch (task.status) {
    case 'completed': {
      if (task.chargeState === 'unknown' || task.chargeState === 'hold') {
        store.charge(job.id, task.creditsUsed === null ? 'unknown' : 'charged', task.creditsUsed);
      }
      if (job.recipe.kind === 'element') return completeElement(context, job, task, completedAt);
      const fields = {
        taskRaw: raw,
        serverCompletedAt: completedAt,
        resultUrls: task.resultUrls.map(toStored),
        vanishedSince: null,
        serverProgress: 1,
      };
      return store.transition(job.id, 'serverCompleted', fields) !== null;
    }
    case 'failed':
    case 'cancelled': {
      // Elements are promised a refund [p]; for motion control only the bill can say so.
      if (task.chargeState === 'unknown' || task.chargeState === 'hold') {
        store.charge(
          job.id,
          job.recipe.kind === 'element' && task.status === 'failed' ? 'released' : 'unknown',
          task.creditsUsed,
        );
      }
      const code = task.error?.code ?? (task.status === 'cancelled' ? 'request_cancelled' : 'unknown_error');
      const { mayRetry } = taskErrorAdvice(code);
      const problem = { code, message: task.error?.message ?? '', mayRetry, field: null };
      const event = task.status === 'failed' ? 'serverFailed' : 'serverCancelled';
      return (
        store.transition(
          job.id,
          event,
          { taskRaw: raw, problem, serverCompletedAt: completedAt },
          `${problem.code}: ${problem.message}`,
        ) !== null
      );
    }
    default: {
      // Progress never runs backwards on the screen, whatever the server says.
      const serverProgress = Math.max(job.serverProgress ?? 0, (task.progress ?? 0) / 100);
      const isNews = serverProgress !== job.serverProgress || job.waitingFor !== null || job.vanishedSince !== null;
      if (isNews) {
        store.update(job.id, {
          serverProgress,
          taskRaw: raw,
          waitingFor: null,
          nextTryAt: null,
          vanishedSince: null,
          estimatedSeconds: task.estimatedSeconds ?? job.estimatedSeconds,
        });
      }
      return false;
    }
  }
}

function completeElement(context: JobContext, job: JobRecord, task: TaskSnapshot, completedAt: string): boolean {
  if (task.elementId === null) {
    context.store.log(job.id, 'element without id', JSON.stringify(task.raw));
    return false;
  }
  context.store.addElement(job, task.elementId);
  const fields = {
    resultElementId: task.elementId,
    taskRaw: JSON.stringify(task.raw),
    serverCompletedAt: completedAt,
    serverProgress: 1,
  };
  return context.store.transition(job.id, 'fetched', fields, task.elementId) !== null;
}

function applyVanished(context: JobContext, job: JobRecord): boolean {
  const { store, clock } = context;
  if (job.vanishedSince === null) {
    store.update(job.id, { vanishedSince: clock.now() }, 'vanished', 'the server does not know the task; watched on');
    // Its place at the provider is free.
    return true;
  }
  if (clock.now() - job.vanishedSince < VANISHED_MS) return false;
  store.charge(job.id, 'unknown', null);
  const problem = { code: 'vanished', message: '', mayRetry: false, field: null };
  return store.transition(job.id, 'vanished', { problem }) !== null;
}
