/** The balance, asked for at the right moments: soon after orders and results, and every ten minutes while jobs run. */
import type { EventHub } from '../events.ts';
import { systemClock } from '../storage/clock.ts';
import type { Accounts, Provider } from './accounts.ts';

const ACCOUNT_PULSE_MS = 10 * 60_000;
const CLOSE_PATIENCE_MS = 2000;

interface PulseOptions {
  accounts: Accounts;
  events: EventHub;
  provider: () => Provider;
  /** Of unfinished jobs, also of those that wait: more credits are noticed here. */
  providersAtWork: () => Iterable<Provider>;
  release: (reasons: readonly ['network', 'credits'] | readonly ['network']) => void;
}

export function createAccountPulse({ accounts, events, provider, providersAtWork, release }: PulseOptions) {
  let soonTimer: NodeJS.Timeout | null = null;
  let isClosed = false;
  const going = new Set<Promise<unknown>>();
  const refreshNow = async (asked: Provider) => {
    const before = accounts.status(asked).remainingCredits;
    const status = await accounts.refresh(asked);
    if (isClosed) return status;
    events.emit('account.changed', accounts.status(provider()));
    if (status.connection === 'ok') release(before !== status.remainingCredits ? ['network', 'credits'] : ['network']);
    return status;
  };
  const refresh = (asked: Provider) => {
    const refreshing = refreshNow(asked).finally(() => going.delete(refreshing));
    going.add(refreshing);
    return refreshing;
  };
  const refreshQuietly = () => void refresh(provider()).catch(() => {});
  const pulse = setInterval(() => {
    for (const asked of providersAtWork()) void refresh(asked).catch(() => {});
  }, ACCOUNT_PULSE_MS);
  return {
    refresh,
    soon() {
      if (isClosed) return;
      soonTimer ??= setTimeout(() => {
        soonTimer = null;
        refreshQuietly();
      }, 1000);
    },
    /** An answer that is on its way may still be written down; one that does not come is not waited for. */
    async close() {
      isClosed = true;
      clearInterval(pulse);
      if (soonTimer) clearTimeout(soonTimer);
      const patience = new AbortController();
      const late = systemClock.sleep(CLOSE_PATIENCE_MS, patience.signal).catch(() => {});
      await Promise.race([Promise.allSettled(going), late]);
      patience.abort();
    },
  };
}
