/** `restage library verify`: every master against the bytes that it had when it came. Ends with 1 when one is changed or missing. */
import type { CommandOutput } from '../../../../shared/contract/index.ts';
import { type CliConnection, type CommandContext, callOrThrow, type Outcome } from '../context.ts';
import { exitCodes } from '../exitCodes.ts';
import { marks } from '../style.ts';
import { printable } from '../table.ts';
import { withProgress } from './libraryProgress.ts';

type Report = CommandOutput<'library.verify'>;

export async function verifyLibrary(context: CommandContext): Promise<Outcome> {
  const connection = await context.connect();
  const { next: _next, ...report } = await withProgress(context, connection, () => verifyAll(context, connection));
  const isGood = report.changed.length + report.missing.length === 0;
  const code = isGood ? exitCodes.done : exitCodes.failed;
  return { exitCode: report.isComplete ? code : exitCodes.interrupted, json: report, text: textOf(context, report) };
}

/** Part by part: a library of any size is never one answer. */
async function verifyAll({ signal }: CommandContext, connection: CliConnection): Promise<Report> {
  const all: Report = { intact: 0, changed: [], missing: [], unhashed: [], isComplete: true, next: null };
  do {
    const part = await callOrThrow(connection, 'library.verify', { after: all.next });
    all.intact += part.intact;
    for (const list of ['changed', 'missing', 'unhashed'] as const) all[list].push(...part[list]);
    all.next = part.next;
    all.isComplete = part.isComplete && (part.next === null || !signal.aborted);
  } while (all.next !== null && all.isComplete);
  return all;
}

function textOf({ t, style }: CommandContext, report: Omit<Report, 'next'>): string {
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
