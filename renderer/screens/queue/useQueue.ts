/** The hold of the queue and the order of its line, and what is done to jobs, one or many; what can be taken back says so. */
import { useQueryClient } from '@tanstack/react-query';
import type { Job, QueueState, QueueTarget } from '../../../shared/contract/jobs.ts';
import { isCancellable, isFinal } from '../../../shared/jobs/jobStates.ts';
import { call } from '../../bridge/bridge.ts';
import { jobsInput, mergeJobs } from '../../bridge/queries.ts';
import { useQueueHold } from '../../state/queue/queueHold.ts';
import { notifyError, notifyUndo } from '../../state/shell/notify.tsx';
import { blockTarget, placesOf } from './queueOrder.ts';

export interface QueueActions {
  state: QueueState;
  pauseAll(isPaused: boolean): void;
  stopAfterCurrent(): void;
  /** In the order given, each to the same target. */
  move(ids: readonly string[], to: QueueTarget): void;
  /** Of the jobs given, those that can be. */
  pause(jobs: readonly Job[], isPaused: boolean): void;
  cancel(jobs: readonly Job[]): void;
  retry(jobs: readonly Job[]): void;
  hide(jobs: readonly Job[]): void;
}

export function useQueue(): QueueActions {
  const client = useQueryClient();
  const hold = useQueueHold();
  const show = (changed: readonly Job[]) =>
    client.setQueryData<Job[]>(['jobs.list', jobsInput], (known) => known && mergeJobs(known, changed));
  const line = () => client.getQueryData<Job[]>(['jobs.list', jobsInput]) ?? [];
  /** One after the other: the server answers each with what it has changed. */
  const inTurn = async (jobs: readonly Job[], act: (job: Job) => Promise<Job>): Promise<Job[]> => {
    const changed: Job[] = [];
    try {
      for (const job of jobs) changed.push(await act(job));
    } catch (error) {
      notifyError(error);
    }
    show(changed);
    return changed;
  };
  return {
    ...hold,
    move: (ids, to) =>
      void (async () => {
        const before = ids.length > 1 && typeof to === 'string' ? blockTarget(lineOf(line()), ids, to) : undefined;
        if (ids.length > 1 && typeof to === 'string' && before === undefined) return;
        try {
          for (const id of ids) show(await call('jobs.move', { id, to: before === undefined ? to : { before } }));
        } catch (error) {
          notifyError(error);
        }
        setTimeout(() => focusRow(ids[0] ?? ''));
      })(),
    pause: (jobs, isPaused) => {
      const able = jobs.filter(
        (job) => job.isPaused !== isPaused && (isPaused ? isCancellable(job.state) : !isFinal(job.state)),
      );
      void inTurn(able, ({ id }) => call('jobs.pause', { id, isPaused }));
    },
    retry: (jobs) =>
      void inTurn(
        jobs.filter(({ state }) => state === 'failed'),
        ({ id }) => call('jobs.retry', { id }),
      ),
    cancel: (jobs) =>
      void (async () => {
        const able = jobs.filter(({ state }) => isCancellable(state));
        const behind = new Map(able.map((job) => [job.id, nextInLine(line(), able, job)]));
        const cancelled = await inTurn(able, ({ id }) => call('jobs.cancel', { id }));
        if (cancelled.length === 0) return;
        const takeBack = () => void inTurn(cancelled, (job) => bringBack(job, behind.get(job.id) ?? null));
        notifyUndo((t) => t('queue.cancelled', { number: cancelled.length }), takeBack);
      })(),
    hide: (jobs) =>
      void (async () => {
        const able = jobs.filter(({ isHidden, state }) => !isHidden && !isCancellable(state));
        const hidden = await inTurn(able, ({ id }) => call('jobs.hide', { id, isHidden: true }));
        if (hidden.length === 0) return;
        const takeBack = () => void inTurn(hidden, ({ id }) => call('jobs.hide', { id, isHidden: false }));
        notifyUndo((t) => t('queue.cleared', { number: hidden.length }), takeBack);
      })(),
  };
}

const lineOf = (jobs: readonly Job[]): string[] => [...placesOf(jobs).keys()];

/** Who stands behind a job, of those that stay. */
function nextInLine(jobs: readonly Job[], leaving: readonly Job[], { queuePosition }: Job): string | null {
  const gone = new Set(leaving.map(({ id }) => id));
  const staying = jobs.filter((job) => isCancellable(job.state) && !gone.has(job.id));
  const behind = staying.filter((job) => job.queuePosition > queuePosition);
  return behind.toSorted((a, b) => a.queuePosition - b.queuePosition)[0]?.id ?? null;
}

/** A cancelled job as a new one in its old place, paused if it was; the old one leaves the list. */
async function bringBack(job: Job, before: string | null): Promise<Job> {
  const made = await call('jobs.retry', { id: job.id, isPaused: job.isPaused });
  await call('jobs.hide', { id: job.id, isHidden: true });
  if (before !== null) await call('jobs.move', { id: made.id, to: { before } });
  return call('jobs.get', { id: made.id });
}

/** A row that changes its place loses the focus on the way. */
export function focusRow(id: string): void {
  const row = [...document.querySelectorAll<HTMLElement>('[data-job-id]')].find(({ dataset }) => dataset.jobId === id);
  row?.focus();
  row?.scrollIntoView?.({ block: 'nearest' });
}
