/** The keys of the queue: they mean the row that has the focus. */
import { useHotkeys } from '@mantine/hooks';
import type { Job } from '../../../shared/contract/jobs.ts';
import { isCancellable } from '../../../shared/jobStates.ts';
import { focusRow, useQueue } from './useQueue.ts';

/** As they are printed. */
export const queueKeys = { up: 'alt+↑', down: 'alt+↓', top: 'alt+home', pause: 'p' } as const;

/** An open menu has its own keys, and takes the focus out of its row. */
function focusedId(): string | null {
  return document.activeElement?.closest<HTMLElement>('[data-job-id]')?.dataset.jobId ?? null;
}

export function useQueueKeys(shown: readonly Job[]): void {
  const { state, move, pause, pauseAll } = useQueue();
  const focused = () => shown.find(({ id }) => id === focusedId());
  const step = (by: number) => {
    const index = shown.findIndex(({ id }) => id === focusedId());
    const next = shown[index === -1 ? 0 : index + by];
    if (next && document.activeElement?.closest('[role="menu"]') === null) focusRow(next.id);
  };
  const onLine = (act: (job: Job) => void) => () => {
    const job = focused();
    if (job && isCancellable(job.state)) act(job);
  };
  useHotkeys([
    ['ArrowUp', () => step(-1)],
    ['ArrowDown', () => step(1)],
    ['alt+ArrowUp', onLine(({ id }) => move(id, 'up'))],
    ['alt+ArrowDown', onLine(({ id }) => move(id, 'down'))],
    ['alt+Home', onLine(({ id }) => move(id, 'top'))],
    ['P', onLine((job) => pause(job.id, !job.isPaused))],
    ['shift+P', () => pauseAll(state.hold === 'none')],
  ]);
}
