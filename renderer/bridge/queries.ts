/** Contract calls as TanStack queries: one key per command and input, kept fresh by the app's events. */
import { QueryClient, queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { CommandInput, CommandName, CommandOutput } from '../../shared/contract/index.ts';
import type { Job } from '../../shared/contract/jobs.ts';
import { call } from './bridge.ts';

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // Events tell of changes; a local call that failed does not get better by asking again.
      queries: {
        retry: false,
        staleTime: Number.POSITIVE_INFINITY,
        refetchOnWindowFocus: false,
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  });
}

export function commandQuery<C extends CommandName>(command: C, input: CommandInput<C>) {
  return queryOptions<CommandOutput<C>>({
    queryKey: [command, input],
    queryFn: () => call(command, input),
  });
}

export function useCommand<C extends CommandName>(command: C, input: CommandInput<C>, isEnabled = true) {
  return useQuery({ ...commandQuery(command, input), enabled: isEnabled });
}

export function useCommandMutation<C extends CommandName>(command: C) {
  return useMutation({ mutationFn: (input: CommandInput<C>) => call(command, input) });
}

export const jobsInput = {} as const;

/** Changed jobs replace their older selves; new ones join. Newest first. */
export function mergeJobs(known: readonly Job[], changed: readonly Job[]): Job[] {
  const byId = new Map(known.map((job) => [job.id, job]));
  for (const job of changed) byId.set(job.id, job);
  return [...byId.values()].sort((a, b) => b.createdAt.localeCompare(a.createdAt));
}

export function useJobs() {
  return useQuery({
    ...commandQuery('jobs.list', jobsInput),
    select: (jobs) => mergeJobs([], jobs),
  });
}

export function useSettings() {
  return useCommand('settings.get', {});
}

/** Changes settings and shows the answer at once, whether or not an event follows. */
export function useSettingsMutation() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (patch: CommandInput<'settings.set'>) => call('settings.set', patch),
    onSuccess: (settings) => client.setQueryData(['settings.get', {}], settings),
  });
}
