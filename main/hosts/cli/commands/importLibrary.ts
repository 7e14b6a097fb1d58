/** `restage library import FOLDER [--copy]`: videos without a recipe become results, where they are or as copies in the library folder. */
import path from 'node:path';
import { type CommandContext, type Outcome, unwrap } from '../context.ts';
import { exitCodes } from '../exitCodes.ts';
import { marks } from '../style.ts';
import { printable } from '../table.ts';
import { withProgress } from './libraryProgress.ts';

export async function importLibrary(context: CommandContext): Promise<Outcome> {
  const { io, t, style, flags, positionals } = context;
  const folder = path.resolve(io.cwd, positionals[0] ?? '');
  const connection = await context.connect();
  const report = await withProgress(context, connection, async () =>
    unwrap(await connection.importFolder(folder, { copy: flags.has('copy') })),
  );
  const { ids, known, unreadable, isComplete } = report;
  const lines = [
    `${style.good(marks.good)} ${t('cli.library.imported', { count: ids.length })}`,
    ...(known.length > 0 ? [t('cli.library.known', { count: known.length })] : []),
    ...(unreadable.length > 0
      ? [`${style.warn(marks.warn)} ${t('cli.library.unreadable', { count: unreadable.length })}`]
      : []),
    ...unreadable.map((file) => `  ${style.dim(printable(file))}`),
    ...(isComplete ? [] : [t('cli.library.ended')]),
  ];
  return {
    exitCode: isComplete ? exitCodes.done : exitCodes.interrupted,
    json: report,
    text: `${lines.join('\n')}\n`,
  };
}
