/** After a break events were missed: this asks for what they would have told. Pure: pages and hosts use it alike. */
import type { Call, EventName, EventPayload } from '../../shared/contract/index.ts';

export type Emit = <E extends EventName>(event: E, payload: EventPayload<E>) => void;

export async function resync({ call, emit }: { call: Call; emit: Emit }): Promise<void> {
  emit('library.changed', {});
  emit('prepared.changed', {});
  const jobs = await call('jobs.list', {});
  if (jobs.ok) emit('jobs.changed', { jobs: jobs.value });
  const settings = await call('settings.get', {});
  if (settings.ok) emit('settings.changed', settings.value);
  const account = await call('account.status', {});
  if (account.ok) emit('account.changed', account.value);
}
