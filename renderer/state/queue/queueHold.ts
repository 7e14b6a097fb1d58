/** Whether the queue is held, and holding it: for its own screen and for the sign of it on every other. */
import { useQueryClient } from '@tanstack/react-query';
import type { QueueState } from '../../../shared/contract/jobs.ts';
import { call } from '../../bridge/bridge.ts';
import { useCommand } from '../../bridge/queries.ts';
import { notifyError } from '../shell/notify.tsx';

const goesOn: QueueState = { hold: 'none', currentIds: [] };

export interface QueueHold {
  state: QueueState;
  pauseAll(isPaused: boolean): void;
  stopAfterCurrent(): void;
}

export function useQueueHold(): QueueHold {
  const client = useQueryClient();
  const state = useCommand('queue.get', {}).data ?? goesOn;
  const show = (work: Promise<QueueState>) =>
    void work
      .then((changed) => client.setQueryData(['queue.get', {}], changed))
      .catch((error: unknown) => notifyError(error));
  return {
    state,
    pauseAll: (isPaused) => show(call('queue.pauseAll', { isPaused })),
    stopAfterCurrent: () => show(call('queue.stopAfterCurrent', {})),
  };
}
