/** The keys of the queue: they mean the rows that are chosen, or the one that has the focus. */
import type { Job } from '../../../shared/contract/jobs.ts';
import { isCancellable } from '../../../shared/jobs/jobStates.ts';
import { useCommandKeys } from '../../keys/useKeys.ts';
import { openItem } from '../../state/library/libraryStore.ts';
import { selectRow, useQueueStore } from '../../state/queue/queueStore.ts';
import { mayRetry } from './jobActions.ts';
import { focusRow, type QueueActions } from './useQueue.ts';

/** `shown`: the jobs whose rows can be seen, in their order. */
export function useQueueKeys(shown: readonly Job[], queue: QueueActions): void {
  const chosen = (): Job[] => {
    const { selected, focusedId } = useQueueStore.getState();
    const inSight = shown.filter(({ id }) => selected.includes(id));
    return inSight.length > 0 ? inSight : shown.filter(({ id }) => id === focusedId);
  };
  const step = (by: number) => {
    // An open menu has its own arrows.
    if (document.activeElement?.closest('[role="menu"]')) return false;
    const { focusedId } = useQueueStore.getState();
    const order = shown.map(({ id }) => id);
    const index = focusedId === null ? -1 : order.indexOf(focusedId);
    const next = order[index === -1 ? 0 : index + by];
    if (next === undefined) return false;
    selectRow(next, 'only', order);
    focusRow(next);
    return true;
  };
  const on = (isMeant: (job: Job) => boolean, act: (jobs: Job[]) => void) => () => {
    const jobs = chosen().filter(isMeant);
    if (jobs.length === 0) return false;
    act(jobs);
    return true;
  };
  const inLine = ({ state }: Job) => isCancellable(state);
  const ids = (jobs: readonly Job[]) => jobs.map(({ id }) => id);
  useCommandKeys({
    rowUp: () => step(-1),
    rowDown: () => step(1),
    moveUp: on(inLine, (jobs) => queue.move(ids(jobs), 'up')),
    moveDown: on(inLine, (jobs) => queue.move(ids(jobs), 'down')),
    moveTop: on(inLine, (jobs) => queue.move(ids(jobs), 'top')),
    pauseJob: on(
      (job) => inLine(job) || job.isPaused,
      // Those that are paused go on only when all of them are.
      (jobs) => queue.pause(jobs, !jobs.every(({ isPaused }) => isPaused)),
    ),
    cancelJob: on(inLine, queue.cancel),
    retryJob: on(mayRetry, queue.retry),
    openResult: on(
      ({ resultItemId }) => resultItemId !== null,
      ([job]) => openItem(job?.resultItemId ?? ''),
    ),
    pauseAll: () => queue.pauseAll(queue.state.hold === 'none'),
  });
}
