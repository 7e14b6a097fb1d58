/** `restage library verify`: every master against the bytes that it had when it came. Ends with 1 when one is changed or missing. */
import type { CommandOutput } from '../../../../shared/contract/index.ts';
import { type CommandContext, callOrThrow, type Outcome } from '../context.ts';
import { exitCodes } from '../exitCodes.ts';
import { marks } from '../style.ts';
import { printable } from '../table.ts';
import { withProgress } from './libraryProgress.ts';

type Report = CommandOutput<'library.verify'>;

export async function verifyLibrary(context: CommandContext): Promise<Outcome> {
  const connection = await context.connect();
  const report = await withProgress(context, connection, () => callOrThrow(connection, 'library.verify', {}));
  const isGood = report.changed.length + report.missing.length === 0;
  const code = isGood ? exitCodes.done : exitCodes.failed;
  return { exitCode: report.isComplete ? code : exitCodes.interrupted, json: report, text: textOf(context, report) };
}

function textOf({ t, style }: CommandContext, report: Report): string {
  const list = (key: 'changed' | 'gone' | 'unhashed', items: Report['changed']) =>
    items.length === 0
      ? []
      : [
          `${style.warn(marks.warn)} ${t(`cli.library.${key}`, { count: items.length })}`,
          ...items.map(({ file }) => `  ${style.dim(printable(file))}`),
        ];
  const lines = [
    `${style.good(marks.good)} ${t('cli.library.intact', { count: report.intact })}`,
    ...list('changed', report.changed),
    ...list('gone', report.missing),
    ...list('unhashed', report.unhashed),
    ...(report.isComplete ? [] : [t('cli.library.ended')]),
  ];
  return `${lines.join('\n')}\n`;
}
