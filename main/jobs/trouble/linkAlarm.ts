/** Says once, in good time, that a paid result has not been fetched and its link will die. */
import { LINK_ALARM_MS } from '../../../shared/jobs/linkLife.ts';
import type { Clock } from '../../services.ts';

export interface LinkAlarm {
  /** The result of this job waits to be fetched. */
  watch(jobId: string, linkExpiresAt: string): void;
  close(): void;
}

/** `onDue` is asked whether it still waits by then. */
export function createLinkAlarm(clock: Clock, onDue: (jobId: string) => void): LinkAlarm {
  const closing = new AbortController();
  const watched = new Set<string>();
  return {
    watch(jobId, linkExpiresAt) {
      if (watched.has(jobId)) return;
      watched.add(jobId);
      const inMs = Date.parse(linkExpiresAt) - LINK_ALARM_MS - clock.now();
      if (inMs <= 0) return onDue(jobId);
      void clock.sleep(inMs, closing.signal).then(
        () => onDue(jobId),
        () => {},
      );
    },
    close: () => closing.abort(),
  };
}
