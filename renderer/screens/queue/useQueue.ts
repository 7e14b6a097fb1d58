/** The hold of the queue and the order of its line, and how both are changed. */
import { useQueryClient } from '@tanstack/react-query';
import type { Job, QueueMove, QueueState } from '../../../shared/contract/jobs.ts';
import { call } from '../../bridge/bridge.ts';
import { jobsInput, mergeJobs, useCommand } from '../../bridge/queries.ts';
import { notifyError } from '../../text/notify.tsx';

const goesOn: QueueState = { hold: 'none', currentIds: [] };

export interface QueueActions {
  state: QueueState;
  pauseAll(isPaused: boolean): void;
  stopAfterCurrent(): void;
  move(id: string, to: QueueMove): void;
  pause(id: string, isPaused: boolean): void;
}

export function useQueue(): QueueActions {
  const client = useQueryClient();
  const state = useCommand('queue.get', {}).data ?? goesOn;
  const show = (work: Promise<QueueState>) =>
    void work
      .then((changed) => client.setQueryData(['queue.get', {}], changed))
      .catch((error: unknown) => notifyError(error));
  const showJobs = (work: Promise<Job[]>) =>
    work
      .then((changed) =>
        client.setQueryData<Job[]>(['jobs.list', jobsInput], (known) => known && mergeJobs(known, changed)),
      )
      .catch((error: unknown) => notifyError(error));
  return {
    state,
    pauseAll: (isPaused) => show(call('queue.pauseAll', { isPaused })),
    stopAfterCurrent: () => show(call('queue.stopAfterCurrent', {})),
    move: (id, to) => void showJobs(call('jobs.move', { id, to })).then(() => setTimeout(() => focusRow(id))),
    pause: (id, isPaused) => void showJobs(call('jobs.pause', { id, isPaused }).then((job) => [job])),
  };
}

/** A row that changes its place loses the focus on the way. */
export function focusRow(id: string): void {
  const row = document.querySelector(`[data-job-id="${CSS.escape(id)}"]`);
  row?.querySelector<HTMLElement>('[data-row-menu]')?.focus();
  row?.scrollIntoView?.({ block: 'nearest' });
}
