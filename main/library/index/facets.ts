/** How many results of a query have which value, as terms that can be put into a query; and what a selection comes to. */
import type { CommandOutput } from '../../../shared/contract/index.ts';
import { queryTerm } from '../../../shared/library/query.ts';
import { creditsToString } from '../../../shared/money/pricing.ts';
import type { Database } from '../../storage/sqlite.ts';
import { conditionOf } from './find.ts';

export type Facets = CommandOutput<'library.facets'>;
type Counts = Facets['tags'];

/** There is one table `matches`: whoever counts waits for who counts already. */
let counting: Promise<unknown> = Promise.resolve();

export function facetsOf(db: Database, query: string): Promise<Facets> {
  const next = counting.then(async () => countAll(db, await conditionOf(db, query)));
  counting = next.catch(() => undefined);
  return next;
}

const [mostFirst, lastFirst] = ['count DESC, key', 'key DESC'];
type Condition = Awaited<ReturnType<typeof conditionOf>>;

async function countAll(db: Database, condition: Condition): Promise<Facets> {
  const term = (field: Parameters<typeof queryTerm>[0]) => (label: string) => queryTerm(field, label);
  const count = async (key: string, kind: Omit<Kind, 'key'>) => {
    const counts = countsOf(db, condition, { key, ...kind });
    // A slice each: a hundred thousand results are counted in some hundredths of a second.
    await new Promise((resolve) => setImmediate(resolve));
    return counts;
  };
  const named = (field: 'character' | 'clip' | 'project') =>
    count(`${field}_key`, { index: `items_${field}`, label: field, value: term(field) });
  const own = (field: 'quality' | 'orientation' | 'flag' | 'element') =>
    count(field, { index: `items_${field}`, value: term(field), isOptional: field === 'element' });
  return {
    ...{ characters: await named('character'), clips: await named('clip'), projects: await named('project') },
    ...{ elements: await own('element'), orientations: await own('orientation'), flags: await own('flag') },
    qualities: (await own('quality')).filter(({ label }) => label !== ''),
    tags: await count('key', { table: 'tags', label: 'tag', value: term('tag') }),
    ratings: await count('rating', { index: 'items_rating', order: lastFirst, value: (rating) => `rating=${rating}` }),
    months: monthsOf(await count('day', { index: 'items_day', order: lastFirst, value: String })),
    states: statesOf(db, condition),
  };
}

interface Kind {
  key: string;
  table?: string;
  /** Where it lies in the order of the key. */
  index?: string;
  /** As the newest result writes it; the key itself, if left out. */
  label?: string;
  order?: string;
  value: (label: string) => string;
  /** Not every result has one: the index holds those that do. */
  isOptional?: boolean;
}

function countsOf(db: Database, { sql, areFew }: Condition, kind: Kind): Counts {
  const { key, table = 'items', index, label, order = mostFirst, value, isOptional = false } = kind;
  // Few: each is looked up and they are sorted. Many: the index is read along, and each is tested.
  const from = areFew
    ? `temp.matches JOIN ${table} i USING (number)`
    : `${table} i${index ? ` INDEXED BY ${index}` : ''}`;
  const where = [...(areFew ? [] : [sql]), ...(isOptional ? [`i.${key} <> ''`] : [])];
  const rows = db.all(
    `SELECT key, count, ${label ? `(SELECT ${label} FROM ${table} l WHERE l.${key} = counted.key ORDER BY l.number DESC LIMIT 1)` : 'key'} AS label
     FROM (SELECT i.${key} AS key, count(*) AS count FROM ${from}
       ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''} GROUP BY i.${key}) AS counted ORDER BY ${order}`,
  );
  return rows.map((row) => ({ value: value(String(row.label)), label: String(row.label), count: Number(row.count) }));
}

function monthsOf(days: Counts): Counts {
  const months = new Map<string, number>();
  for (const { label, count } of days) months.set(label.slice(0, 7), (months.get(label.slice(0, 7)) ?? 0) + count);
  return [...months].map(([month, count]) => ({ value: `made:${month}`, label: month, count }));
}

const states = ['missing', 'sandbox', 'imported', 'signed'] as const;

function statesOf(db: Database, { sql }: Condition): Counts {
  const sums = states.map((state) => `total(i.is_${state}) AS ${state}`).join(', ');
  const row = db.get(`SELECT ${sums} FROM items i WHERE ${sql}`);
  return states
    .map((state) => ({ value: queryTerm('is', state), label: state, count: Number(row?.[state] ?? 0) }))
    .filter(({ count }) => count > 0);
}

/** Of these results, those that are known. Charges that are not known count nothing. */
export function sumsOf(db: Database, ids: readonly string[]): CommandOutput<'library.sums'> {
  const row = db.get(
    `SELECT count(*) AS count, total(duration) AS duration, total(size) AS size,
       CAST(coalesce(sum(CASE WHEN is_sandbox = 0 AND charge > 0 THEN charge END), 0) AS TEXT) AS credits,
       CAST(coalesce(sum(CASE WHEN is_sandbox = 1 AND charge > 0 THEN charge END), 0) AS TEXT) AS test
     FROM items WHERE id IN (SELECT value FROM json_each(?))`,
    JSON.stringify(ids),
  );
  return {
    count: Number(row?.count ?? 0),
    durationSeconds: Number(row?.duration ?? 0),
    sizeBytes: Number(row?.size ?? 0),
    credits: creditsToString(BigInt(String(row?.credits ?? 0))),
    testCredits: creditsToString(BigInt(String(row?.test ?? 0))),
  };
}
