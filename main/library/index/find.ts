/** Answers queries from the index: pages by key, and what a whole query looks like, counted in slices so that nothing else waits. */
import type { LibraryGroup, LibraryQuery, LibrarySort, ListedItem } from '../../../shared/contract/libraryCommands.ts';
import { parseQuery, type QueryProblem } from '../../../shared/library/query.ts';
import type { Database, Row, SqlValue } from '../../storage/sqlite.ts';
import { type Filter, type Filters, filtersOf, found, type Sql } from './filters.ts';
import { behind, type Called, cursorOf, type Key, keyOf, type Order, orderBy, orderOf, readCursor } from './order.ts';
import { itemOf, recordColumns } from './rows.ts';

/** So many rows are looked at before everything else has its turn. */
const SLICE_ROWS = 4000;

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
  const keys = rowsOf(db, { plan, source, after, limit: asked.limit + 1 });
  const page = keys.slice(0, asked.limit);
  const last = page.at(-1);
  const next = keys.length > page.length && last ? cursorOf(keyOf(plan.order, last)) : null;
  return { items: listed(db, page, plan.order), next, problems };
}

function listed(db: Database, rows: readonly Row[], order: Order): ListedItem[] {
  const versions = new Map<string, number>();
  const versionsOf = (shotId: string | null): number => {
    if (shotId === null) return 1;
    const known = versions.get(shotId) ?? db.get('SELECT max(take) AS n FROM items WHERE shot_id = ?', shotId)?.n;
    versions.set(shotId, Number(known ?? 1));
    return Number(known ?? 1);
  };
  return rows.flatMap((row) => {
    const record = db.get(
      `SELECT ${recordColumns} FROM items i JOIN records r ON r.number = i.number WHERE i.number = ?`,
      Number(row.number),
    );
    if (!record) return [];
    const item = itemOf(record);
    const groupKey = order.groupColumns ? String(row[order.groupColumns.key]) : '';
    return [{ ...item, versions: versionsOf(item.shotId), groupKey }];
  });
}

/** Total, places of pages, and groups, in the order of the list. */
export async function outlineOf(db: Database, asked: Asked & { pageSize: number }): Promise<Outline> {
  const plan = planOf(asked);
  const outline: Outline = { total: 0, cursors: [null], pageSize: asked.pageSize, groups: [] };
  const { groupColumns } = plan.order;
  for await (const rows of slices(db, plan)) {
    for (const row of rows) {
      outline.total += 1;
      if (outline.total % asked.pageSize === 0) outline.cursors.push(cursorOf(keyOf(plan.order, row)));
      if (!groupColumns) continue;
      const key = String(row[groupColumns.key]);
      const last = outline.groups.at(-1);
      if (last?.key === key) last.count += 1;
      else outline.groups.push({ key, label: String(row[groupColumns.label]), count: 1 });
    }
  }
  // The last page is a whole one: nothing follows it.
  if (outline.total > 0 && outline.total % asked.pageSize === 0) outline.cursors.pop();
  return outline;
}

export async function idsOf(db: Database, asked: Asked & { limit: number }): Promise<string[]> {
  const ids: string[] = [];
  for await (const rows of slices(db, planOf(asked), ['id'])) {
    for (const row of rows) ids.push(String(row.id));
    if (ids.length >= asked.limit) break;
  }
  return ids.slice(0, asked.limit);
}

/** Every row that a query finds, newest first, with these columns. */
export function everyRow(db: Database, query: string, columns: readonly string[]): AsyncGenerator<Row[]> {
  const asked = {
    query,
    sort: 'created' as LibrarySort,
    descending: true,
    group: 'none' as LibraryGroup,
    stacked: false,
  };
  return slices(db, planOf(asked), columns);
}

async function* slices(db: Database, plan: Plan, columns: readonly string[] = []): AsyncGenerator<Row[]> {
  const source = sourceOf(db, plan, { isWhole: true });
  let after: Key | null = null;
  for (;;) {
    const rows: Row[] = rowsOf(db, { plan, source, after, limit: SLICE_ROWS, columns });
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (rows.length < SLICE_ROWS || !last) return;
    after = keyOf(plan.order, last);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

interface Wanted {
  plan: Plan;
  source: Source;
  after: Key | null;
  limit: number;
  columns?: readonly string[];
}

/** The next rows in the order of the list: its columns, those of its groups, and `columns`. */
function rowsOf(db: Database, { plan, source, after, limit, columns = [] }: Wanted): Row[] {
  const { order } = plan;
  const groups = order.groupColumns ? [order.groupColumns.key, order.groupColumns.label] : [];
  const shown = new Set([...order.columns.map(({ name }) => name), ...groups, ...columns]);
  const where = [...source.where, ...(after === null ? [] : [behind(order, after, source.called)])];
  const sql = `SELECT ${[...shown].map((name) => `i.${name}`).join(', ')} FROM ${source.from.sql}
    ${where.length > 0 ? `WHERE ${where.map((one) => one.sql).join(' AND ')}` : ''}
    ORDER BY ${orderBy(order, source.called)} LIMIT ?`;
  const values: SqlValue[] = [...source.from.values, ...where.flatMap((one) => one.values), limit];
  return db.all(sql, ...values);
}

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
    ...rest.map((filter) => (isWhole ? (filter.testMany ?? filter.test) : filter.test)('i')),
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

/** The filter that finds fewest rows, if it finds so few that fetching and sorting them is less than walking. */
function fewestOf(db: Database, all: readonly Filter[]): { filter: Filter; rows: Sql } | null {
  const indexed = all.flatMap((filter) => (filter.rows ? [{ filter, rows: filter.rows }] : []));
  if (indexed.length === 0) return null;
  let cap = fewRows(db);
  let best: (typeof indexed)[number] | null = null;
  for (const one of indexed) {
    const { sql, values } = one.rows;
    const count = Number(db.get(`SELECT count(*) AS n FROM (SELECT 1 FROM (${sql}) LIMIT ?)`, ...values, cap)?.n ?? 0);
    if (count >= cap) continue;
    best = one;
    cap = count;
    if (count === 0) break;
  }
  return best;
}

/**
 * Fetching and sorting m rows costs by m; walking to a page of them costs by (rows of the table) / m. They meet at the root of the table’s
 * size, times what a step of the one costs in steps of the other (measured: about ten).
 */
function fewRows(db: Database): number {
  const total = Number(db.get('SELECT count(*) AS n FROM items')?.n ?? 0);
  return Math.max(200, Math.ceil(10 * Math.sqrt(total)));
}

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
