/** The results that a command line means: by their ids, or by a search. */
import { conformLimits } from '../../../shared/contract/conform.ts';
import type { LibraryItem } from '../../../shared/contract/library.ts';
import { type Reason, RestageError } from '../../../shared/errors.ts';
import { type CliRule, cliReason } from './cliReason.ts';
import { type CliConnection, type CommandContext, callOrThrow } from './context.ts';

function refuse(field: string, rule: CliRule, params: Reason['params']): RestageError {
  return new RestageError('refused', { reasons: [cliReason(field, rule, params)] });
}

/** Words that are all ids name results; else they are a search, as `library search` has it. Throws refused: none, too many. */
export async function findResults(context: CommandContext, connection: CliConnection): Promise<LibraryItem[]> {
  const words = context.positionals.flatMap((word) => word.split(/\s+/)).filter((word) => word !== '');
  const named: LibraryItem[] = [];
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
