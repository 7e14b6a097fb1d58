/** Stage 4: one batch read per account and cycle tells how all its running tasks stand. */

import { EvolinkError } from '../../evolink/errors.ts';
import { isLoopbackHost } from '../../evolink/origins.ts';
import type { TaskSnapshot } from '../../services.ts';
import { isDiskFull } from '../../storage/files.ts';
import type { JobContext } from '../context.ts';
import { isUnconfirmed, type JobRecord } from '../record/record.ts';
import { backOffMs, rateLimitMs } from '../trouble/backOff.ts';
import { createPatience } from '../trouble/patience.ts';
import { isAbort, waitForLocal } from '../trouble/trouble.ts';
import type { TaskNewsReader } from './taskNews.ts';

/** A task that the server has not known for this long has gone for good [contract: nothing says so; a rule of ours]. */
const VANISHED_MS = 24 * 3600_000;
/** So long a task may take to be found after its order [a rule of ours], well within the time in which the same key may be sent again. */
const UNCONFIRMED_MS = 3 * 60_000;
/** The gateway asks its provider at each read [contract section 3]. */
const MIN_REAL_INTERVAL_MS = 8000;
/** Older tasks are asked about in every second cycle only: each read makes the gateway ask its provider. */
const OLD_TASK_MS = 15 * 60_000;
/** What is not done by then a person is asked about at the first look, however often the program was closed in between. */
const OVERDUE_MS = 7 * 24 * 3600_000;
const STOPPED_PAUSE_MS = 15_000;

export interface Watcher {
  /** Makes sure the account of a running job is being watched. */
  watch(accountId: string): void;
  /** Ends the pause after trouble (back on line, new key). */
  hurry(): void;
  /** A running job that asked a person is read again, with new patience. */
  tryAgain(jobId: string): void;
  close(): Promise<void>;
}

/** Against the real provider never under its eight seconds, whatever this run was told; on loopback as told. */
export function readIntervalMs({ accounts, watchIntervalMs }: JobContext, accountId: string): number {
  const { provider, apiOrigin } = accounts.get(accountId);
  const isReal = provider === 'evolink' && !isLoopbackHost(new URL(apiOrigin).hostname);
  return isReal ? Math.max(MIN_REAL_INTERVAL_MS, watchIntervalMs) : watchIntervalMs;
}

export function createWatcher(context: JobContext, news: TaskNewsReader, onMoved: (jobId: string) => void): Watcher {
  const { store, clock, logger } = context;
  const loops = new Map<string, Promise<void>>();
  const closing = new AbortController();
  const patience = createPatience(clock);
  let pause = new AbortController();

  async function rest(ms: number): Promise<void> {
    await clock.sleep(ms, closing.signal).catch(() => {});
  }

  /** Only a pause after trouble may be cut short, and not under the interval: between two reads the provider is owed that much. */
  async function restUnlessHurried(ms: number, leastMs: number): Promise<void> {
    const began = clock.now();
    await clock.sleep(ms, AbortSignal.any([closing.signal, pause.signal])).catch(() => {});
    if (!pause.signal.aborted) return;
    pause = new AbortController();
    const owedMs = Math.min(ms, leastMs) - Math.max(0, clock.now() - began);
    if (owedMs > 0) await rest(owedMs);
  }

  async function loop(accountId: string): Promise<void> {
    const intervalMs = readIntervalMs(context, accountId);
    for (let cycle = 0, misses = 0; !closing.signal.aborted; cycle += 1) {
      const jobs = runningOn(accountId);
      if (jobs.length === 0) return;
      try {
        // Not those that were ordered, or read by a download, in this very second: their turn comes in the next cycle.
        const ready = jobs.filter(({ taskId }) => context.taskPace.isReady(taskId ?? '', leastGapMs(intervalMs)));
        await cycleOnce(accountId, due(ready, cycle, clock.now()), intervalMs);
        misses = 0;
        await rest(ready.length > 0 ? intervalMs : leastGapMs(intervalMs));
      } catch (error) {
        if (closing.signal.aborted) return;
        misses += 1;
        await restUnlessHurried(missed(accountId, error, { jobs, misses, intervalMs }), intervalMs);
      }
    }
  }

  /** A cycle that told nothing: every job says so, and after a day of it asks a person. Answers the pause. */
  function missed(
    accountId: string,
    error: unknown,
    { jobs, misses, intervalMs }: { jobs: JobRecord[]; misses: number; intervalMs: number },
  ): number {
    const backOff = (about?: 'rateLimit') =>
      about === 'rateLimit'
        ? rateLimitMs({ baseMs: context.retryBaseMs })
        : backOffMs(misses, { baseMs: intervalMs, capMs: 60_000 });
    const known = waitForLocal(error, backOff);
    // Reading costs nothing: whatever "no credits" means here, nobody has to top up for it.
    const wait = known?.wait === 'credits' ? { ...known, wait: 'network' as const, delayMs: backOff() } : known;
    const delayMs = Math.max(intervalMs, wait?.delayMs ?? 60_000);
    if (!isAbort(error)) logger.warn('watch', { account: accountId, error: String(error) });
    const reason = wait?.wait ?? 'network';
    store.together(() => {
      for (const { id } of jobs) {
        if (patience.isOver(id, reason)) store.wait(id, 'stuck', null, wait?.detail ?? String(error));
        else store.wait(id, reason, clock.now() + delayMs, wait?.detail ?? String(error));
      }
    });
    return delayMs;
  }

  async function cycleOnce(accountId: string, jobs: JobRecord[], intervalMs: number): Promise<void> {
    if (jobs.length === 0) return;
    const client = await context.accounts.client(accountId);
    const ids = jobs.flatMap((job) => job.taskId ?? []);
    for (const id of ids) context.taskPace.asked(id);
    const tasks = await client.tasks(ids, closing.signal);
    for (const id of ids) context.taskPace.asked(id);
    const moved = store.together(() =>
      jobs.filter((job) => {
        const task = tasks.get(job.taskId ?? '');
        return task ? applyTask(job, task, client, intervalMs) : applyUnknown(job);
      }),
    );
    // Nothing acts on what is not on disk yet.
    for (const job of moved) onMoved(job.id);
    for (const job of jobs) if (!tasks.has(job.taskId ?? '')) await confirmVanished(job, client, intervalMs);
  }

  function applyTask(
    job: JobRecord,
    task: TaskSnapshot,
    client: Parameters<TaskNewsReader['apply']>[2],
    intervalMs: number,
  ): boolean {
    const told = news.apply(job, task, client);
    if (told === 'moved') {
      patience.renew(job.id);
      return true;
    }
    const isOverdue = clock.now() - Date.parse(job.submittedAt ?? job.createdAt) > OVERDUE_MS;
    if (patience.isOver(job.id, 'answer') || isOverdue) {
      const detail = told === 'unfinished' ? 'unfinished for a day' : told.unusable;
      store.wait(job.id, 'stuck', null, detail, told === 'unfinished' ? {} : { problem: told.problem });
      return true;
    }
    if (told !== 'unfinished') {
      store.wait(job.id, 'answer', clock.now() + intervalMs, told.unusable, { problem: told.problem });
    }
    return false;
  }

  function applyUnknown(job: JobRecord): boolean {
    news.forget(job.id);
    if (job.vanishedSince !== null) return false;
    store.update(job.id, { vanishedSince: clock.now() }, 'vanished', 'the server does not know the task; watched on');
    // Its place at the provider is free.
    return true;
  }

  /** Unknown for a day, or from its order on: asked for by itself once more, for a list that leaves it out is not yet a word about it. */
  async function confirmVanished(
    job: JobRecord,
    client: Awaited<ReturnType<JobContext['accounts']['client']>>,
    intervalMs: number,
  ): Promise<void> {
    const { id, taskId, vanishedSince, ...now } = store.get(job.id);
    if (vanishedSince === null || taskId === null) return;
    const wasNeverKnown = isUnconfirmed({ ...now, vanishedSince });
    if (clock.now() - vanishedSince < (wasNeverKnown ? UNCONFIRMED_MS : VANISHED_MS)) return;
    await context.taskPace.turn(taskId, intervalMs, closing.signal);
    const found = await client.task(taskId, closing.signal).catch((error: unknown) => {
      if (error instanceof EvolinkError && error.failure.cause === 'notFound') return null;
      throw error;
    });
    if (found !== null) {
      if (applyTask(store.get(id), found, client, intervalMs)) onMoved(id);
      return;
    }
    if (wasNeverKnown) {
      // The answer to the order named nobody's task: what became of the order is as open as if no answer had come.
      const fields = { taskId: null, taskRaw: null, submittedAt: null, vanishedSince: null };
      const detail = `the server has never known ${taskId}`;
      const moved = store.transition(id, 'disowned', { ...fields, outcomeUnknownSince: clock.now() }, detail);
      if (moved !== null) onMoved(id);
      return;
    }
    store.charge(id, 'unknown', null);
    const problem = { code: 'vanished', message: '', mayRetry: false, field: null };
    if (store.transition(id, 'vanished', { problem }) !== null) onMoved(id);
  }

  const runningOn = (accountId: string) =>
    store
      .unfinished()
      .filter(
        (job) =>
          job.accountId === accountId && job.state === 'running' && job.taskId !== null && job.waitingFor !== 'stuck',
      );

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
          await restUnlessHurried(STOPPED_PAUSE_MS, Math.min(STOPPED_PAUSE_MS, readIntervalMs(context, accountId)));
        })
        .finally(() => {
          loops.delete(accountId);
          // A job may have begun to run between the last look and the end of the loop.
          if (runningOn(accountId).length > 0 && !closing.signal.aborted) this.watch(accountId);
        });
      loops.set(accountId, going);
    },
    hurry: () => pause.abort(),
    tryAgain(jobId) {
      pause.abort();
      const job = store.get(jobId);
      if (job.state !== 'running') return;
      patience.renew(jobId);
      if (job.waitingFor === 'stuck') store.update(jobId, { waitingFor: null, nextTryAt: null });
      this.watch(job.accountId);
    },
    async close() {
      closing.abort();
      await Promise.all(loops.values());
    },
  };
}

/** No task is asked about twice in a second, nor in an interval that is shorter (tests have such). */
const leastGapMs = (intervalMs: number) => Math.min(1000, intervalMs);

function due(jobs: JobRecord[], cycle: number, nowMs: number): JobRecord[] {
  return jobs.filter((job) => cycle % 2 === 0 || nowMs - Date.parse(job.submittedAt ?? job.createdAt) < OLD_TASK_MS);
}
