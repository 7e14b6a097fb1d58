/** `restage library conform IDS|TEXT`: copies of results for a timeline, each said with what a person has to know about it. */
import { conformLimits } from '../../../../shared/contract/conform.ts';
import { type Reason, RestageError } from '../../../../shared/errors.ts';
import { type CliRule, cliReason } from '../cliReason.ts';
import { type CliConnection, type CommandContext, callOrThrow, type Outcome } from '../context.ts';
import { copyLines, exitCodeOfCopies, makeCopies, readCopyOptions, type Wanted } from '../copies.ts';

export async function conformLibrary(context: CommandContext): Promise<Outcome> {
  const options = readCopyOptions(context, 'preset');
  const connection = await context.connect();
  const wanted = await findResults(context, connection);
  const folder = context.flags.one('out');
  const { answer } = await makeCopies(context, connection, { options, wanted, folder });
  const text = `${copyLines(context, answer, wanted).join('\n')}\n`;
  return { exitCode: exitCodeOfCopies(answer), json: answer, text };
}

function refuse(field: string, rule: CliRule, params: Reason['params']): RestageError {
  return new RestageError('refused', { reasons: [cliReason(field, rule, params)] });
}

/** Words that are all ids name results; else they are a search, as `library search` has it. */
async function findResults(context: CommandContext, connection: CliConnection): Promise<Wanted[]> {
  const words = context.positionals.flatMap((word) => word.split(/\s+/)).filter((word) => word !== '');
  const named: Wanted[] = [];
  for (const id of [...new Set(words)]) {
    const found = await connection.call('library.get', { id });
    if (!found.ok) break;
    named.push(found.value);
  }
  if (named.length > 0 && named.length === new Set(words).size) return named;
  const search = context.positionals.join(' ');
  const limit = conformLimits.items;
  const { items, next } = await callOrThrow(connection, 'library.list', { query: search, limit });
  if (items.length === 0) throw refuse('results', 'noResults', { value: search });
  if (next !== null) throw refuse('results', 'tooManyResults', { value: search, max: limit });
  return items;
}
