/** The order of a list, and places in it: paging goes on behind a key, however far down, and never counts rows to skip. */
import type { LibraryGroup, LibrarySort } from '../../../shared/contract/libraryCommands.ts';
import { refused } from '../../../shared/errors.ts';
import type { Row, SqlValue } from '../../storage/sqlite.ts';
import type { Sql } from './filters.ts';

interface OrderColumn {
  name: string;
  isDescending: boolean;
}

export interface Order {
  /** The last is always the row’s number: no two rows are equal. */
  columns: readonly OrderColumn[];
  /** By the number alone: as the table, the words and the tags lie. */
  isNatural: boolean;
  groupColumns: { key: string; label: string } | null;
  isGroupDescending: boolean;
}

export type Key = readonly (string | number)[];

const sortColumns: Record<LibrarySort, string> = {
  ...{ created: 'number', name: 'name_key', duration: 'duration', rating: 'rating', charge: 'charge', size: 'size' },
  ...{ clip: 'clip_key', character: 'character_key' },
};
const groupColumns: Record<Exclude<LibraryGroup, 'none'>, { key: string; label: string }> = {
  day: { key: 'day', label: 'day' },
  project: { key: 'project_key', label: 'project' },
  character: { key: 'character_key', label: 'character' },
  clip: { key: 'clip_key', label: 'clip' },
};

export function orderOf(query: { sort: LibrarySort; descending: boolean; group: LibraryGroup }): Order {
  const { descending: isDescending } = query;
  const sorted = sortColumns[query.sort];
  const group = query.group === 'none' ? null : groupColumns[query.group];
  const isDay = query.group === 'day';
  const columns: OrderColumn[] = [];
  // Days follow each other as the numbers do.
  if (group && !(isDay && sorted === 'number')) columns.push({ name: group.key, isDescending: isDay && isDescending });
  if (sorted !== 'number' && sorted !== group?.key) columns.push({ name: sorted, isDescending });
  columns.push({ name: 'number', isDescending });
  return { columns, isNatural: columns.length === 1, groupColumns: group, isGroupDescending: isDay && isDescending };
}

/** How a column of the order is called in the query’s own FROM. */
export type Called = (column: string) => string;

export function orderBy({ columns }: Order, called: Called): string {
  return columns.map(({ name, isDescending }) => `${called(name)} ${isDescending ? 'DESC' : 'ASC'}`).join(', ');
}

/** Rows behind a key. Columns of one direction are compared as one value, which SQLite finds by an index. */
export function behind({ columns }: Pick<Order, 'columns'>, key: Key, called: Called): Sql {
  const [first, ...others] = columns;
  if (!first) return { sql: '1', values: [] };
  const mark = first.isDescending ? '<' : '>';
  if (others.every(({ isDescending }) => isDescending === first.isDescending)) {
    const names = columns.map(({ name }) => called(name)).join(', ');
    const values = columns.map((_, at) => key[at] ?? 0);
    const sql =
      columns.length === 1 ? `${names} ${mark} ?` : `(${names}) ${mark} (${values.map(() => '?').join(', ')})`;
    return { sql, values };
  }
  const rest = behind({ columns: others }, key.slice(1), called);
  const start: SqlValue = key[0] ?? 0;
  const name = called(first.name);
  return {
    sql: `${name} ${mark}= ? AND (${name} ${mark} ? OR (${name} = ? AND ${rest.sql}))`,
    values: [start, start, start, ...rest.values],
  };
}

export function keyOf({ columns }: Order, row: Row): Key {
  return columns.map(({ name }) => row[name] as string | number);
}

export function cursorOf(key: Key): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** Throws refused: a cursor of another query, or none of ours. */
export function readCursor(order: Order, cursor: string): Key {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    const isKey =
      Array.isArray(key) &&
      key.length === order.columns.length &&
      key.every((value) => typeof value === 'string' || Number.isFinite(value));
    if (isKey) return key as Key;
  } catch {
    // told below
  }
  throw refused('after', 'input.form', { message: 'a place in another list' });
}
