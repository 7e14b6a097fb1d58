/** The account that the page orders on: its status, and asking the server again. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { AccountStatus } from '../../../shared/contract/app.ts';
import { isFinal } from '../../../shared/jobs/jobStates.ts';
import { call } from '../../bridge/bridge.ts';
import { useCommand, useJobs } from '../../bridge/queries.ts';

export function useAccount(): { status: AccountStatus | undefined; refresh: () => void; isRefreshing: boolean } {
  const client = useQueryClient();
  const status = useCommand('account.status', {});
  const asking = useMutation({
    mutationFn: () => call('account.refresh', {}),
    onSuccess: (fresh) => client.setQueryData(['account.status', {}], fresh),
  });
  return { status: status.data, refresh: () => asking.mutate(), isRefreshing: asking.isPending };
}

/** Asks for the balance at start, after a change of account, whenever a job ends, and every minute while there is no good answer. */
export function useBalanceKeeper(): void {
  const { status, refresh } = useAccount();
  const ended = (useJobs().data ?? []).filter((job) => isFinal(job.state)).length;
  const ask = useRef(refresh);
  ask.current = refresh;
  const accountId = status?.accountId;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the two are what makes the balance stale
  useEffect(() => {
    if (accountId !== undefined) ask.current();
  }, [accountId, ended]);

  const isAway = status?.connection === 'offline' || status?.connection === 'trouble';
  useEffect(() => {
    if (!isAway) return;
    const timer = setInterval(() => ask.current(), 60_000);
    return () => clearInterval(timer);
  }, [isAway]);

  useEffect(() => {
    const onOnline = () => {
      void call('app.wake', {});
      ask.current();
    };
    window.addEventListener('online', onOnline);
    return () => window.removeEventListener('online', onOnline);
  }, []);
}
