/** What of the jobs is seen outside the window: its title, progress on dock and taskbar, results not seen yet, and sleep put off while bytes move. */
import { app, BrowserWindow, powerSaveBlocker } from 'electron';
import type { Job } from '../../../shared/contract/jobs.ts';
import { isFinal, personReasons } from '../../../shared/jobs/jobStates.ts';
import type { PageBackend } from '../pageBackend.ts';
import type { HostSettings } from './hostSettings.ts';

/** As `setProgressBar` takes it: below 0 none, above 1 unknown. */
interface Progress {
  value: number;
  mode: 'none' | 'normal' | 'indeterminate' | 'error';
}

export interface Outside {
  running: number;
  progress: Progress;
  isMovingBytes: boolean;
}

/** Pure. Jobs that wait for a person count as no work, and show as the error state where nothing else runs. */
export function outsideOf(jobs: readonly Job[]): Outside {
  const open = jobs.filter(({ state, isHidden }) => !isFinal(state) && !isHidden);
  const asks = (job: Job) => job.waitingFor !== null && personReasons.includes(job.waitingFor);
  const running = open.filter((job) => !asks(job));
  const known = running.flatMap(({ stageProgress }) => stageProgress ?? []);
  const isAsked = open.some((job) => asks(job) && job.waitingFor !== 'paused');
  return {
    running: running.length,
    progress: progressOf({ running: running.length, known, isAsked }),
    isMovingBytes: running.some(({ state, waitingFor }) => waitingFor === null && movesBytes(state)),
  };
}

const movesBytes = (state: Job['state']) => state === 'uploading' || state === 'downloading';

function progressOf({ running, known, isAsked }: { running: number; known: number[]; isAsked: boolean }): Progress {
  if (running === 0) return isAsked ? { value: 1, mode: 'error' } : { value: -1, mode: 'none' };
  if (known.length === 0) return { value: 2, mode: 'indeterminate' };
  return { value: known.reduce((sum, part) => sum + part, 0) / known.length, mode: 'normal' };
}

export async function showOutside(backend: Pick<PageBackend, 'call' | 'on'>, settings: HostSettings): Promise<void> {
  const jobs = new Map<string, Job>();
  let blocker: number | null = null;
  let unseen = 0;

  function show(): void {
    const { running, progress, isMovingBytes } = outsideOf([...jobs.values()]);
    const title = running === 0 ? app.name : settings.t()('host.title', { number: running });
    for (const window of BrowserWindow.getAllWindows()) {
      window.setTitle(title);
      window.setProgressBar(progress.value, { mode: progress.mode });
    }
    if (isMovingBytes && blocker === null) blocker = powerSaveBlocker.start('prevent-app-suspension');
    if (!isMovingBytes && blocker !== null) {
      powerSaveBlocker.stop(blocker);
      blocker = null;
    }
  }
  function badge(count: number): void {
    if (count === unseen) return;
    unseen = count;
    app.setBadgeCount(count);
  }

  app.on('browser-window-focus', () => badge(0));
  app.on('browser-window-created', show);
  settings.onChange(show);
  backend.on('jobs.changed', (change) => {
    const isWatched = BrowserWindow.getFocusedWindow() !== null;
    for (const job of change.jobs) {
      const isNew = job.state === 'completed' && jobs.get(job.id)?.state !== 'completed';
      if (isNew && !isWatched) badge(unseen + 1);
      jobs.set(job.id, job);
    }
    show();
  });
  const listed = await backend.call('jobs.list', {});
  if (listed.ok) for (const job of listed.value) if (!jobs.has(job.id)) jobs.set(job.id, job);
  show();
}
