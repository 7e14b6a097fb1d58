/** One 401 or 402 stops the submissions of its account: the other jobs wait without asking, until one of them gets through or somebody acts. */
import type { JobState, WaitingReason } from '../../../shared/jobs/jobStates.ts';

type GateReason = Extract<WaitingReason, 'apiKey' | 'credits'>;

export interface SubmitGate {
  /** What keeps a job of this account from asking in this state. */
  reasonFor(accountId: string, state: JobState): GateReason | null;
  shut(accountId: string, reason: GateReason): void;
  /** A request of this account got through. True when the gate had been shut: its jobs may be tried again. */
  passed(accountId: string): boolean;
  /** A new key, more credits, a person's "try now": the next job finds out. */
  open(accountId: string): void;
  openAll(): void;
}

export function createSubmitGate(): SubmitGate {
  const shut = new Map<string, GateReason>();
  /** Opened to try, and not known to be passable yet. */
  const onTrial = new Set<string>();

  function open(accountId: string): void {
    if (shut.delete(accountId)) onTrial.add(accountId);
  }

  return {
    open,
    reasonFor(accountId, state) {
      const reason = shut.get(accountId) ?? null;
      // Uploads need a key too, and no credits.
      if (state === 'submitting') return reason;
      return state === 'uploading' && reason === 'apiKey' ? reason : null;
    },
    shut(accountId, reason) {
      onTrial.delete(accountId);
      shut.set(accountId, reason);
    },
    passed(accountId) {
      const wasShut = shut.delete(accountId);
      return onTrial.delete(accountId) || wasShut;
    },
    openAll() {
      for (const accountId of [...shut.keys()]) open(accountId);
    },
  };
}
