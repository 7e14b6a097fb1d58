/** A query's terms as conditions on the index: each says how a row is tested, and where it can, how its rows are found without looking at others. */
import type { NameField, QueryTerm } from '../../../shared/library/query.ts';
import type { SqlValue } from '../../storage/sqlite.ts';
import { nameKey, tagKey } from './rows.ts';
import { NUMBERS_PER_MS } from './schema.ts';
import { matchOf } from './words.ts';

export interface Sql {
  sql: string;
  values: readonly SqlValue[];
}

export interface Filter {
  /** Of the row `alias`. The column is hidden from SQLite’s own choice of indexes (`+`): the order of the list decides. */
  test(alias: string): Sql;
  /**
   * Of words: the same against all that match, read once. `test` asks for each row by itself, which is dearer by a hundred times and
   * does not grow with what matches.
   */
  testMany?(alias: string): Sql;
  /** What `testMany` reads. */
  read?: Sql;
  /** `SELECT number …` of all rows that fit, off an index. */
  rows?: Sql;
}

export interface Filters {
  /** FTS5’s expression, which holds for all of them; null: no word is looked for. */
  match: string | null;
  filters: Filter[];
  /** Nothing but "not hidden" is asked. */
  isPlain: boolean;
}

export function filtersOf(terms: readonly QueryTerm[]): Filters {
  const asked = groupTerms(terms);
  const filters = asked.groups.map(filterOf);
  const wantsHidden = terms.some((term) => term.kind === 'is' && term.value === 'hidden');
  if (!wantsHidden) filters.push(shown);
  return { match: asked.match, filters, isPlain: asked.match === null && asked.groups.length === 0 && !wantsHidden };
}

/** Over all rows it is told by the few that are hidden, without a look at each. */
const shown: Filter = {
  test: (alias) => ({ sql: `+${alias}.is_hidden = 0`, values: [] }),
  testMany: (alias) => ({
    sql: `${alias}.number NOT IN (SELECT number FROM items WHERE is_hidden = 1)`,
    values: [],
  }),
};

/** Terms of which any is enough: the same field of a result that has it once, neither of them with a minus. */
type Group = readonly [QueryTerm, ...QueryTerm[]];

function groupTerms(terms: readonly QueryTerm[]): { match: string | null; groups: Group[] } {
  const required: string[] = [];
  const groups = new Map<string, [QueryTerm, ...QueryTerm[]]>();
  for (const [at, term] of terms.entries()) {
    if (term.kind === 'words' && !term.isNot) {
      const match = matchOf(term.text);
      if (match !== null) required.push(`(${match})`);
      continue;
    }
    const mayShare = (term.kind === 'choice' || term.kind === 'name') && !term.isNot;
    const key = mayShare ? term.field : String(at);
    const group = groups.get(key);
    if (group) group.push(term);
    else groups.set(key, [term]);
  }
  for (const [key, group] of groups) {
    // Parts of names are words like any other: one expression finds them all.
    const matches = group.map((term) => (term.kind === 'name' && !term.isNot ? partOf(term) : null));
    if (!matches.every((match) => match !== null)) continue;
    required.push(`(${matches.map((match) => `(${match})`).join(' OR ')})`);
    groups.delete(key);
  }
  return { match: required.length > 0 ? required.join(' AND ') : null, groups: [...groups.values()] };
}

type NameTerm = Extract<QueryTerm, { kind: 'name' }>;
const partOf = ({ field, value, isWhole }: NameTerm) =>
  isWhole || field === 'element' ? null : matchOf(value, field as Exclude<NameField, 'element'>);

function filterOf(group: Group): Filter {
  const [first] = group;
  const filter = positive(group);
  return first.isNot ? negated(filter) : filter;
}

function negated({ test, testMany, read }: Filter): Filter {
  const not = ({ sql, values }: Sql): Sql => ({ sql: `NOT (${sql})`, values });
  return {
    test: (alias) => not(test(alias)),
    ...(testMany ? { testMany: (alias: string) => not(testMany(alias)) } : {}),
    ...(read ? { read } : {}),
  };
}

function positive(group: Group): Filter {
  const [term] = group;
  switch (term.kind) {
    case 'words':
      return found(matchOf(term.text));
    case 'tag': {
      const values = [tagKey(term.value)];
      return {
        test: (alias) => ({ sql: `EXISTS (SELECT 1 FROM tags WHERE key = ? AND number = ${alias}.number)`, values }),
        rows: { sql: 'SELECT number FROM tags WHERE key = ?', values },
      };
    }
    case 'choice': {
      const values = group.flatMap((one) => (one.kind === 'choice' ? [one.value] : []));
      return column(term.field, `IN (${values.map(() => '?').join(', ')})`, values);
    }
    case 'name':
      return either(group.flatMap((one) => (one.kind === 'name' ? [nameFilter(one)] : [])));
    case 'number':
      return column(term.field === 'seconds' ? 'duration' : term.field, `${term.comparison} ?`, [term.value]);
    case 'made':
      return made(term.from, term.to);
    case 'is':
      return isFilter(term.value);
  }
}

function nameFilter(term: NameTerm): Filter {
  if (term.field === 'element') return column('element', '= ?', [term.value]);
  const match = partOf(term);
  if (match !== null) return found(match);
  return column(`${term.field}_key`, '= ?', [nameKey(term.value)]);
}

function either(filters: readonly Filter[]): Filter {
  const [only, ...more] = filters;
  if (only && more.length === 0) return only;
  const join = (each: (filter: Filter) => Sql): Sql => {
    const parts = filters.map(each);
    return { sql: `(${parts.map(({ sql }) => sql).join(' OR ')})`, values: parts.flatMap(({ values }) => values) };
  };
  const rows = filters.flatMap((filter) => filter.rows ?? []);
  return {
    test: (alias) => join((filter) => filter.test(alias)),
    testMany: (alias) => join((filter) => (filter.testMany ?? filter.test)(alias)),
    // UNION, not UNION ALL: a row that fits twice is one.
    ...(rows.length === filters.length
      ? { rows: { sql: rows.map(({ sql }) => sql).join(' UNION '), values: rows.flatMap(({ values }) => values) } }
      : {}),
  };
}

/** Rows whose words match; null: an expression of blanks, which every row fits. */
export function found(match: string | null): Filter {
  if (match === null) return { test: () => ({ sql: '1', values: [] }) };
  return {
    test: (alias) => ({
      sql: `EXISTS (SELECT 1 FROM found WHERE found MATCH ? AND rowid = ${alias}.number)`,
      values: [match],
    }),
    testMany: (alias) => ({
      sql: `+${alias}.number IN (SELECT rowid FROM found WHERE found MATCH ?)`,
      values: [match],
    }),
    rows: { sql: 'SELECT rowid AS number FROM found WHERE found MATCH ?', values: [match] },
    read: { sql: 'SELECT rowid FROM found WHERE found MATCH ?', values: [match] },
  };
}

function column(
  name: string,
  condition: string,
  values: readonly SqlValue[],
  { isFound = true }: { isFound?: boolean } = {},
): Filter {
  return {
    test: (alias) => ({ sql: `+${alias}.${name} ${condition}`, values }),
    ...(isFound ? { rows: { sql: `SELECT number FROM items WHERE ${name} ${condition}`, values } } : {}),
  };
}

/** Days of this machine’s calendar, both included. */
function made(from: string | null, to: string | null): Filter {
  const first = from === null ? 0 : startOf(from, 0) * NUMBERS_PER_MS;
  const after = to === null ? Number.MAX_SAFE_INTEGER : startOf(to, 1) * NUMBERS_PER_MS;
  const values = [Math.max(0, first), Math.max(0, after)];
  return {
    test: (alias) => ({ sql: `${alias}.number >= ? AND ${alias}.number < ?`, values }),
    rows: { sql: 'SELECT number FROM items WHERE number >= ? AND number < ?', values },
  };
}

function startOf(day: string, daysOn: number): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + daysOn).getTime();
}

function isFilter(word: Extract<QueryTerm, { kind: 'is' }>['value']): Filter {
  switch (word) {
    case 'missing':
      return column('is_missing', '= 1', []);
    case 'present':
      return column('is_missing', '= 0', [], { isFound: false });
    case 'hidden':
      return column('is_hidden', '= 1', []);
    case 'sandbox':
      return column('is_sandbox', '= 1', [], { isFound: false });
    case 'imported':
      return column('is_imported', '= 1', [], { isFound: false });
    case 'signed':
      return column('is_signed', '= 1', [], { isFound: false });
  }
}
