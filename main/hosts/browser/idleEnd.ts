/** Ends a browser host that printed its address when nobody has come, or all have gone, for long, and no job is at work. */

import type { Job } from '../../../shared/contract/jobs.ts';
import { isFinal, personReasons } from '../../../shared/jobs/jobStates.ts';
import { startTimer } from '../../storage/clock.ts';
import type { PageBackend } from '../pageBackend.ts';

const defaultIdleMs = 60 * 60_000;

export interface IdleWatch {
  /** From now on; a host with a window ends with its window instead. */
  start(): void;
  /** How many pages are connected. */
  changed(count: number): void;
  close(): void;
}

/** `RESTAGE_HOST_IDLE_MS` shortens the time, for tests. */
export function watchIdle(options: {
  backend: Pick<PageBackend, 'call'>;
  env: Readonly<Record<string, string | undefined>>;
  onIdle: () => void;
}): IdleWatch {
  const asked = Number(options.env.RESTAGE_HOST_IDLE_MS);
  const idleMs = asked >= 100 && asked <= defaultIdleMs ? asked : defaultIdleMs;
  let timer: NodeJS.Timeout | undefined;
  let pageCount = 0;
  let isStarted = false;

  function wait(): void {
    clearTimeout(timer);
    if (isStarted && pageCount === 0) timer = startTimer(() => void look(), idleMs);
  }

  async function look(): Promise<void> {
    const jobs = await options.backend.call('jobs.list', {});
    // What waits for a person waits on disk as well.
    const isAtWork = ({ state, waitingFor }: Job) =>
      !isFinal(state) && !(waitingFor !== null && personReasons.includes(waitingFor));
    if (!isStarted || pageCount > 0) return;
    if (jobs.ok && jobs.value.some(isAtWork)) wait();
    else options.onIdle();
  }

  return {
    start() {
      isStarted = true;
      wait();
    },
    changed(count) {
      pageCount = count;
      wait();
    },
    close() {
      isStarted = false;
      clearTimeout(timer);
    },
  };
}
