/** The keys of the queue: they mean the row that has the focus. */
import type { Job } from '../../../shared/contract/jobs.ts';
import { isCancellable } from '../../../shared/jobStates.ts';
import { useCommandKeys } from '../../keys/useKeys.ts';
import { focusRow, useQueue } from './useQueue.ts';

function focusedId(): string | null {
  return document.activeElement?.closest<HTMLElement>('[data-job-id]')?.dataset.jobId ?? null;
}

export function useQueueKeys(shown: readonly Job[]): void {
  const { state, move, pause, pauseAll } = useQueue();
  const step = (by: number) => {
    // An open menu has its own arrows.
    if (document.activeElement?.closest('[role="menu"]')) return false;
    const index = shown.findIndex(({ id }) => id === focusedId());
    const next = shown[index === -1 ? 0 : index + by];
    if (next) focusRow(next.id);
    return next !== undefined;
  };
  const onLine = (act: (job: Job) => void) => () => {
    const job = shown.find(({ id }) => id === focusedId());
    if (!job || !isCancellable(job.state)) return false;
    act(job);
    return true;
  };
  useCommandKeys({
    rowUp: () => step(-1),
    rowDown: () => step(1),
    moveUp: onLine(({ id }) => move(id, 'up')),
    moveDown: onLine(({ id }) => move(id, 'down')),
    moveTop: onLine(({ id }) => move(id, 'top')),
    pauseJob: onLine((job) => pause(job.id, !job.isPaused)),
    pauseAll: () => pauseAll(state.hold === 'none'),
  });
}
