/** What a page needs of the app, also when the app runs in another process: calls go there, files do not pass. */
import { RestageError } from '../../shared/errors.ts';
import type { App, ProfileConnection } from '../hostTypes.ts';
import { plain } from './pageFiles.ts';

export type PageBackend = Pick<App, 'call' | 'on' | 'fetch' | 'intakeStream' | 'intakePaths'>;

export function pageBackendOf(connection: ProfileConnection): PageBackend {
  if (connection.app) return connection.app;
  const busy = new RestageError('conflict', {
    detail: 'Another Restage works in this profile; it takes no streamed files.',
  });
  return {
    call: connection.call,
    on: connection.on,
    intakePaths: connection.intakePaths,
    fetch: () => Promise.resolve(plain(503, 'Another Restage works in this profile', { 'retry-after': '5' })),
    intakeStream: () => Promise.resolve({ ok: false, error: busy.toData() }),
  };
}
