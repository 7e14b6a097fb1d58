/** Long work on the library, as one line of progress; an interrupt ends it in the app, which answers with what was done. */
import { type CliConnection, type CommandContext, callOrThrow } from '../context.ts';

export async function withProgress<Answer>(
  { progress, signal, t }: CommandContext,
  connection: CliConnection,
  work: () => Promise<Answer>,
): Promise<Answer> {
  const label = t('cli.library.masters');
  const off = connection.on('library.progress', ({ done, total }) => {
    const ratio = total === 0 ? 1 : done / total;
    progress.show([{ id: 'library', label, stage: t('cli.progress.summary', { done, total }), ratio, tone: 'busy' }]);
  });
  const stop = () => void callOrThrow(connection, 'library.cancel', {}).catch(() => undefined);
  signal.addEventListener('abort', stop);
  try {
    return await work();
  } finally {
    signal.removeEventListener('abort', stop);
    off();
    progress.end();
  }
}
