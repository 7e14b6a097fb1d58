/** `restage library verify`: every master, and every original, against the bytes that it had when it came. Ends with 1 when one is changed or missing. */
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
  const isGood =
    report.changed.length + report.missing.length === 0 && report.originals.every(({ state }) => state === 'intact');
  const code = isGood ? exitCodes.done : exitCodes.failed;
  return { exitCode: report.isComplete ? code : exitCodes.interrupted, json: report, text: textOf(context, report) };
}

/** Part by part: a library of any size is never one answer. */
async function verifyAll({ signal }: CommandContext, connection: CliConnection): Promise<Report> {
  const all: Report = {
    intact: 0,
    changed: [],
    missing: [],
    unhashed: [],
    originals: [],
    isComplete: true,
    next: null,
  };
  do {
    const toldOriginals = all.originals.map(({ sha256 }) => sha256);
    const part = await callOrThrow(connection, 'library.verify', { after: all.next, toldOriginals });
    all.intact += part.intact;
    for (const list of ['changed', 'missing', 'unhashed'] as const) all[list].push(...part[list]);
    all.originals.push(...part.originals);
    all.next = part.next;
    all.isComplete = part.isComplete && (part.next === null || !signal.aborted);
  } while (all.next !== null && all.isComplete);
  return all;
}

/** Nothing of originals where none is kept. */
function originalLines({ t, style }: CommandContext, { originals }: Omit<Report, 'next'>): string[] {
  const of = (wanted: Report['originals'][number]['state']) => originals.filter(({ state }) => state === wanted);
  const list = (key: 'originalsChanged' | 'originalsGone', found: Report['originals']) =>
    found.length === 0
      ? []
      : [
          `${style.warn(marks.warn)} ${t(`cli.library.${key}`, { count: found.length })}`,
          ...found.map(({ original, sha256 }) => `  ${style.dim(printable(`${original} (${sha256})`))}`),
        ];
  const intact = of('intact').length;
  return [
    ...(intact === 0 ? [] : [`${style.good(marks.good)} ${t('cli.library.originalsIntact', { count: intact })}`]),
    ...list('originalsChanged', of('changed')),
    ...list('originalsGone', of('missing')),
  ];
}

function textOf(context: CommandContext, report: Omit<Report, 'next'>): string {
  const { t, style } = context;
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
    ...originalLines(context, report),
    ...(report.isComplete ? [] : [t('cli.library.ended')]),
  ];
  return `${lines.join('\n')}\n`;
}
