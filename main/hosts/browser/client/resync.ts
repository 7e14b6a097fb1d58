/** After a break in the connection events were missed: this asks for what they would have told. */
import type { Connection } from './connection.ts';

export function resync({ call, emit }: Connection): void {
  void call('jobs.list', {}).then((jobs) => jobs.ok && emit('jobs.changed', { jobs: jobs.value }));
  void call('settings.get', {}).then((settings) => settings.ok && emit('settings.changed', settings.value));
  void call('account.status', {}).then((account) => account.ok && emit('account.changed', account.value));
  emit('library.changed', {});
  emit('prepared.changed', {});
}
