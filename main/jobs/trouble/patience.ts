/** How long a job tries by itself: so that none is asked about for ever, and none is asked about in a hurry. */
import type { WaitingReason } from '../../../shared/jobs/jobStates.ts';
import type { Clock } from '../../services.ts';

/** After a day of the same trouble a person is asked [r]: no task of the provider takes longer, and no link lives longer. */
export const PATIENCE_MS = 24 * 3600_000;
/** The rest of a day, for what may be held up by a night, a weekend, a server that is away. */
const ownTrouble: ReadonlySet<WaitingReason> = new Set(['network', 'answer', 'rateLimit', 'quota']);

export interface Patience {
  /** True when the job has now waited for so long for such a reason that a person is asked. */
  isOver(jobId: string, reason: WaitingReason): boolean;
  /** It has moved, or somebody wants it tried: from now on. */
  renew(jobId: string): void;
}

/** Time that passed while nothing of ours ran does not count: what a closed program did not try is no trouble. */
export function createPatience(clock: Clock): Patience {
  const since = new Map<string, number>();
  return {
    isOver(jobId, reason) {
      if (!ownTrouble.has(reason)) {
        since.delete(jobId);
        return false;
      }
      const began = since.get(jobId);
      if (began === undefined) since.set(jobId, clock.now());
      return began !== undefined && clock.now() - began >= PATIENCE_MS;
    },
    renew: (jobId) => void since.delete(jobId),
  };
}

/** Keeps two questions about the same thing apart. */
export interface Pace {
  /** Resolves when so much time has passed since it was last asked about, and counts as asking now. Rejects when the signal fires. */
  turn(name: string, gapMs: number, signal?: AbortSignal): Promise<void>;
  /** Whether so much time has passed. */
  isReady(name: string, gapMs: number): boolean;
  /** It was asked about now. */
  asked(name: string): void;
  /** The next question is another one. */
  forget(name: string): void;
}

export function createPace(clock: Clock): Pace {
  const last = new Map<string, number>();
  const sinceMs = (name: string) => clock.now() - (last.get(name) ?? Number.NEGATIVE_INFINITY);
  // A clock that was set back says nothing of how long ago it was.
  const isReady = (name: string, gapMs: number) => sinceMs(name) < 0 || sinceMs(name) >= gapMs;
  return {
    isReady,
    asked(name) {
      last.set(name, clock.now());
    },
    forget: (name) => void last.delete(name),
    async turn(name, gapMs, signal) {
      while (!isReady(name, gapMs)) await clock.sleep(Math.max(1, gapMs - sinceMs(name)), signal);
      last.set(name, clock.now());
    },
  };
}
