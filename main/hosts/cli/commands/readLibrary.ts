/** `restage library list` and `library search QUERY`: read beside a running app; what is wrong with a query is underlined, the rest of it holds. */

import path from 'node:path';
import type { CommandOutput } from '../../../../shared/contract/index.ts';
import type { LibraryItem } from '../../../../shared/contract/library.ts';
import { librarySorts } from '../../../../shared/contract/libraryCommands.ts';
import type { QueryProblem } from '../../../../shared/library/query.ts';
import { formatSeconds } from '../../../../shared/time/duration.ts';
import { type CommandContext, callOrThrow, type Outcome } from '../context.ts';
import { exitCodes } from '../exitCodes.ts';
import { sizeText } from '../factsText.ts';
import { marks } from '../style.ts';
import { displayWidth, printable, renderTable } from '../table.ts';
import { timeText } from '../timeText.ts';

export const listLibrary = (context: CommandContext): Promise<Outcome> => read(context, '');
export const searchLibrary = (context: CommandContext): Promise<Outcome> =>
  read(context, context.positionals.join(' '));

const pageSize = 1000;
/** A person reads the newest; a script gets all of them. */
const shownRows = 200;

type Page = CommandOutput<'library.list'>;

async function read(context: CommandContext, query: string): Promise<Outcome> {
  const reader = await context.read();
  const items: LibraryItem[] = [];
  let problems: readonly QueryProblem[] = [];
  const { flags } = context;
  const sort = librarySorts.find((name) => name === flags.one('sort')) ?? 'created';
  const order = { sort, descending: !flags.has('ascending'), stacked: flags.has('stacked') };
  let after: string | null = null;
  do {
    const page: Page = await callOrThrow(reader, 'library.list', { query, ...order, limit: pageSize, after });
    items.push(...page.items);
    problems = page.problems;
    after = page.next;
  } while (after !== null);
  const json = { items, total: items.length, problems };
  return {
    exitCode: exitCodes.done,
    json,
    text: problemsText(context, query, problems) + itemsText(context, items, query),
  };
}

/** The query, what of it is wrong underlined, and why. */
function problemsText({ t, style }: CommandContext, query: string, problems: readonly QueryProblem[]): string {
  if (problems.length === 0) return '';
  let at = 0;
  let underline = '';
  for (const character of query) {
    const isWrong = problems.some(({ from, to }) => at >= from && at < to);
    underline += (isWrong ? '~' : ' ').repeat(displayWidth(printable(character)));
    at += character.length;
  }
  const reasons = problems.map(({ rule, params }) => `${style.warn(marks.warn)} ${t(`libraryQuery.${rule}`, params)}`);
  return `${[printable(query), style.warn(underline.trimEnd()), ...reasons].join('\n')}\n`;
}

function itemsText({ t, style, io, locale }: CommandContext, items: readonly LibraryItem[], search: string): string {
  if (items.length === 0)
    return `${search === '' ? t('cli.library.none') : t('cli.library.noMatch', { text: search })}\n`;
  const shown = items.slice(0, shownRows);
  // All results usually lie in one folder: it is said once.
  const folders = new Set(shown.map((item) => path.dirname(item.file)));
  const [folder] = folders.size === 1 ? folders : [];
  const table = renderTable(
    [
      { header: t('cli.columns.file'), mayShrink: true },
      { header: t('cli.columns.size'), align: 'right' },
      { header: t('cli.columns.length'), align: 'right' },
      { header: t('cli.columns.bytes'), align: 'right' },
      { header: t('cli.columns.created') },
    ],
    shown.map((item) => {
      const file = printable(folder === undefined ? item.file : path.basename(item.file));
      return [
        item.state === 'missing' ? { text: t('cli.library.missing', { file }), paint: style.bad } : file,
        `${item.width}×${item.height}`,
        formatSeconds(item.durationSeconds, locale),
        sizeText(item.sizeBytes, locale),
        { text: timeText(item.createdAt, locale), paint: style.dim },
      ];
    }),
    { width: io.stdout.columns, paintHeader: style.dim },
  );
  const rest = items.length - shownRows;
  const notes = [
    ...(folder === undefined ? [] : [printable(folder)]),
    ...(rest > 0 ? [t('cli.library.more', { count: rest })] : []),
  ];
  return `${table}${notes.map((note) => `${style.dim(note)}\n`).join('')}`;
}
