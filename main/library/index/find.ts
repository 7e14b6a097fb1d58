/** Answers queries from the index: pages by key, and what a whole query looks like, counted in slices so that nothing else waits. */
import type { LibraryQuery, ListedItem } from '../../../shared/contract/libraryCommands.ts';
import { parseQuery, type QueryProblem } from '../../../shared/library/query.ts';
import type { Database, Row, SqlValue } from '../../storage/sqlite.ts';
import { type Filter, type Filters, filtersOf, found, type Sql } from './filters.ts';
import { behind, type Called, cursorOf, type Key, keyOf, type Order, orderBy, orderOf, readCursor } from './order.ts';
import { itemOf, recordColumns } from './rows.ts';

/** So many rows are looked at before everything else has its turn. */
const SLICE_ROWS = 4000;
/** The same for rows that are only counted. */
const COUNTED_ROWS = 20_000;

export interface Page {
  items: ListedItem[];
  next: string | null;
  problems: QueryProblem[];
}

export interface Outline {
  total: number;
  cursors: (string | null)[];
  pageSize: number;
  groups: { key: string; label: string; count: number }[];
}

type Asked = Pick<LibraryQuery, 'query' | 'sort' | 'descending' | 'group' | 'stacked'>;

interface Plan {
  order: Order;
  filters: Filters;
  isStacked: boolean;
}

function planOf(asked: Asked): Plan & { problems: QueryProblem[] } {
  const { terms, problems } = parseQuery(asked.query);
  return { order: orderOf(asked), filters: filtersOf(terms), isStacked: asked.stacked, problems };
}

export function findPage(db: Database, asked: Asked & { after: string | null; limit: number }): Page {
  const { problems, ...plan } = planOf(asked);
  const after = asked.after === null ? null : readCursor(plan.order, asked.after);
  const source = sourceOf(db, plan, { isWhole: false });
  const { sql, values } = selectOf({ plan, source, after, limit: asked.limit + 1 });
  const keys = db.all(sql, ...values);
  const page = keys.slice(0, asked.limit);
  const last = page.at(-1);
  const next = keys.length > page.length && last ? cursorOf(keyOf(plan.order, last)) : null;
  return { items: listed(db, page, plan.order), next, problems };
}

function listed(db: Database, rows: readonly Row[], order: Order): ListedItem[] {
  const numbers = JSON.stringify(rows.map(({ number }) => number));
  const records = db.all(
    `SELECT ${recordColumns}, coalesce((SELECT v.take FROM items v WHERE v.shot_id = i.shot_id ORDER BY v.number DESC LIMIT 1), 1) AS versions
     FROM json_each(?) AS page CROSS JOIN items i ON i.number = page.value
       JOIN records r ON r.number = i.number ORDER BY page.key`,
    numbers,
  );
  return records.map((record, at) => {
    const item = itemOf(record);
    const groupKey = order.groupColumns ? String(rows[at]?.[order.groupColumns.key]) : '';
    return { ...item, versions: Number(record.versions), groupKey };
  });
}

/** Total, places of pages, and groups, in the order of the list. */
export async function outlineOf(db: Database, asked: Asked & { pageSize: number }): Promise<Outline> {
  const plan = planOf(asked);
  const { pageSize } = asked;
  const source = sourceOf(db, plan, { isWhole: true });
  const groups = groupsOf(db, plan, source);
  // Whole pages in each slice: places are counted from its first row.
  const limit = pageSize * Math.ceil(COUNTED_ROWS / pageSize);
  const cursors: (string | null)[] = [null];
  let total = 0;
  for (let after: Key | null = null; ; ) {
    const { sql, values } = selectOf({ plan, source, after, limit });
    const ends = db.all(
      `SELECT * FROM (SELECT slice.*, row_number() OVER () AS place, count(*) OVER () AS length FROM (${sql}) AS slice)
       WHERE place % ? = 0 OR place = length`,
      ...values,
      pageSize,
    );
    const last = ends.at(-1);
    if (!last) break;
    for (const row of ends) if (Number(row.place) % pageSize === 0) cursors.push(cursorOf(keyOf(plan.order, row)));
    total += Number(last.length);
    if (Number(last.length) < limit) break;
    after = keyOf(plan.order, last);
    await aTurn();
  }
  // The last page is a whole one: nothing follows it.
  if (total > 0 && total % pageSize === 0) cursors.pop();
  return { total, cursors, pageSize, groups };
}

function groupsOf(db: Database, { order }: Plan, source: Source): Outline['groups'] {
  if (!order.groupColumns) return [];
  const { key, label } = order.groupColumns;
  const rows = db.all(
    `SELECT i.${key} AS key, i.${label} AS label, count(*) AS count, max(i.number) AS newest FROM ${fromOf(source)}
     GROUP BY i.${key} ORDER BY i.${key} ${order.isGroupDescending ? 'DESC' : 'ASC'}`,
    ...valuesOf(source),
  );
  return rows.map((row) => ({ key: String(row.key), label: String(row.label), count: Number(row.count) }));
}

export async function idsOf(db: Database, asked: Asked & { limit: number }): Promise<string[]> {
  const ids: string[] = [];
  for await (const rows of slices(db, planOf(asked), ['id'])) {
    for (const row of rows) ids.push(String(row.id));
    if (ids.length >= asked.limit) break;
  }
  return ids.slice(0, asked.limit);
}

/**
 * A condition on `i.number` that holds for the rows that a query finds, and whether they are few. Their numbers are put into the table
 * `matches` of this connection’s own; for all that is not hidden none is needed. One at a time.
 */
export async function conditionOf(db: Database, query: string): Promise<{ sql: string; areFew: boolean }> {
  const plan = planOf({ query, sort: 'created', descending: true, group: 'none', stacked: false });
  const [only] = plan.filters.filters;
  if (plan.filters.isPlain && only?.testMany) return { sql: only.testMany('i').sql, areFew: false };
  db.exec('CREATE TEMP TABLE IF NOT EXISTS matches (number INTEGER PRIMARY KEY); DELETE FROM temp.matches');
  await collect(db, plan);
  const count = Number(db.get('SELECT count(*) AS n FROM temp.matches')?.n ?? 0);
  return { sql: 'i.number IN temp.matches', areFew: count * 8 < sizeOf(db) };
}

async function collect(db: Database, plan: Plan): Promise<void> {
  const source = sourceOf(db, plan, { isWhole: true });
  for (let after: Key | null = null; ; ) {
    const { sql, values } = selectOf({ plan, source, after, limit: COUNTED_ROWS });
    const added = db.run(`INSERT INTO temp.matches ${sql}`, ...values);
    if (added < COUNTED_ROWS) return;
    after = [Number(db.get('SELECT min(number) AS n FROM temp.matches')?.n)];
    await aTurn();
  }
}

async function* slices(db: Database, plan: Plan, columns: readonly string[] = []): AsyncGenerator<Row[]> {
  const source = sourceOf(db, plan, { isWhole: true });
  let after: Key | null = null;
  for (;;) {
    const { sql, values }: Sql = selectOf({ plan, source, after, limit: SLICE_ROWS, columns });
    const rows = db.all(sql, ...values);
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (rows.length < SLICE_ROWS || !last) return;
    after = keyOf(plan.order, last);
    await aTurn();
  }
}

/** Everything else that waits goes first. */
const aTurn = () => new Promise((resolve) => setImmediate(resolve));

interface Wanted {
  plan: Plan;
  source: Source;
  after: Key | null;
  limit: number;
  columns?: readonly string[];
}

/** The next rows in the order of the list: its columns, those of its groups, and `columns`. */
function selectOf({ plan, source, after, limit, columns = [] }: Wanted): Sql {
  const { order } = plan;
  const groups = order.groupColumns ? [order.groupColumns.key, order.groupColumns.label] : [];
  const shown = new Set([...order.columns.map(({ name }) => name), ...groups, ...columns]);
  const rest = after === null ? source : { ...source, where: [...source.where, behind(order, after, source.called)] };
  return {
    sql: `SELECT ${[...shown].map((name) => `i.${name}`).join(', ')} FROM ${fromOf(rest)}
      ORDER BY ${orderBy(order, source.called)} LIMIT ?`,
    values: [...valuesOf(rest), limit],
  };
}

const fromOf = ({ from, where }: Source) =>
  where.length === 0 ? from.sql : `${from.sql} WHERE ${where.map(({ sql }) => sql).join(' AND ')}`;
const valuesOf = ({ from, where }: Source): SqlValue[] => [...from.values, ...where.flatMap(({ values }) => values)];

/** Where rows come from, and what is asked of each. */
interface Source {
  from: Sql;
  where: Sql[];
  called: Called;
}

/**
 * A few rows that some filter finds by its index are fetched and sorted. Many are met soon enough by walking along the order of the list,
 * and testing; in the natural order the words themselves lie so. `isWhole`: all rows will be asked for, one slice after the other.
 */
function sourceOf(db: Database, plan: Plan, { isWhole }: { isWhole: boolean }): Source {
  const { filters, order } = plan;
  const all = filters.match === null ? filters.filters : [found(filters.match), ...filters.filters];
  const testsOf = (rest: readonly Filter[]) => [
    ...rest.map((filter) => (isWhole || isReadOnce(db, filter) ? (filter.testMany ?? filter.test) : filter.test)('i')),
    ...(plan.isStacked ? [newestOfShot(filters, all)] : []),
  ];
  const called: Called = (column) => `i.${column}`;
  const few = fewestOf(db, all);
  if (few) {
    const from = { sql: `(${few.rows.sql}) AS d CROSS JOIN items i ON i.number = d.number`, values: few.rows.values };
    return { from, where: testsOf(all.filter((filter) => filter !== few.filter)), called };
  }
  if (filters.match !== null && order.isNatural) {
    const match = { sql: 'found MATCH ?', values: [filters.match] };
    return {
      from: { sql: 'found CROSS JOIN items i ON i.number = found.rowid', values: [] },
      where: [match, ...testsOf(all.slice(1))],
      called: () => 'found.rowid',
    };
  }
  return { from: { sql: 'items i', values: [] }, where: testsOf(all), called };
}

/** So many rows that match are read in the time in which a page of rows is asked one by one. */
const READ_AT_ONCE = 20_000;

function isReadOnce(db: Database, { read }: Filter): boolean {
  return read !== undefined && countUpTo(db, read, READ_AT_ONCE) < READ_AT_ONCE;
}

function countUpTo(db: Database, { sql, values }: Sql, most: number): number {
  return Number(db.get(`SELECT count(*) AS n FROM (SELECT 1 FROM (${sql}) LIMIT ?)`, ...values, most)?.n ?? 0);
}

/** The filter that finds fewest rows, if it finds so few that fetching and sorting them is less than walking. */
function fewestOf(db: Database, all: readonly Filter[]): { filter: Filter; rows: Sql } | null {
  const indexed = all.flatMap((filter) => (filter.rows ? [{ filter, rows: filter.rows }] : []));
  if (indexed.length === 0) return null;
  let cap = fewRows(db);
  let best: (typeof indexed)[number] | null = null;
  for (const one of indexed) {
    const { count, rows } = oneFew(db, one, cap);
    if (count >= cap) continue;
    best = { ...one, rows };
    cap = count;
    if (count === 0) break;
  }
  return best;
}

/** Words that match are not looked for twice: their rows are kept. */
function oneFew(
  db: Database,
  { filter, rows }: { filter: Filter; rows: Sql },
  cap: number,
): { count: number; rows: Sql } {
  if (filter.read === undefined) return { count: countUpTo(db, rows, cap), rows };
  const numbers = db.all(`${rows.sql} LIMIT ?`, ...rows.values, cap).map(({ number }) => number);
  return {
    count: numbers.length,
    rows: { sql: 'SELECT value AS number FROM json_each(?)', values: [JSON.stringify(numbers)] },
  };
}

/**
 * Fetching and sorting m rows costs by m; walking to a page of them costs by (rows of the table) / m. They meet at the root of the table’s
 * size, times what a step of the one costs in steps of the other (measured: about ten).
 */
function fewRows(db: Database): number {
  const known = sizes.get(db);
  const size = known && known.asked < 100 ? known : { rows: sizeOf(db), asked: 0 };
  size.asked += 1;
  sizes.set(db, size);
  return Math.max(200, Math.ceil(10 * Math.sqrt(size.rows)));
}

/** Rows of the table, counted now and then: near enough. */
const sizes = new WeakMap<Database, { rows: number; asked: number }>();
const sizeOf = (db: Database) => Number(db.get('SELECT count(*) AS n FROM items')?.n ?? 0);

/** Of a shot’s results that the query finds, the newest one. */
function newestOfShot(filters: Filters, all: readonly Filter[]): Sql {
  if (filters.isPlain) return { sql: 'i.is_newest = 1', values: [] };
  const tests = all.map((filter) => filter.test('later'));
  const conditions = ['later.shot_id = i.shot_id', 'later.number > i.number', ...tests.map(({ sql }) => sql)];
  return {
    sql: `NOT EXISTS (SELECT 1 FROM items later WHERE ${conditions.join(' AND ')})`,
    values: tests.flatMap(({ values }) => values),
  };
}
