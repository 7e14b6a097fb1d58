/** How many results of a query have which value, as terms that can be put into a query; and what a selection comes to. */
import type { CommandOutput } from '../../../shared/contract/index.ts';
import { queryTerm } from '../../../shared/library/query.ts';
import { creditsToString } from '../../../shared/money/pricing.ts';
import type { Database, Row } from '../../storage/sqlite.ts';
import { everyRow } from './find.ts';

export type Facets = CommandOutput<'library.facets'>;
type Count = Facets['tags'][number];

/** Values of one kind, counted as they are met; the label is how the newest result writes it. */
class Counts {
  readonly #counts = new Map<string, Count>();

  add(key: string, value: () => string, label: string): void {
    const known = this.#counts.get(key);
    if (known) known.count += 1;
    else this.#counts.set(key, { value: value(), label, count: 1 });
  }

  /** The most frequent first, or in the order of a scale. */
  list(order: 'count' | 'label' = 'count'): Count[] {
    const byLabel = (a: Count, b: Count) => (a.label < b.label ? 1 : a.label > b.label ? -1 : 0);
    return [...this.#counts.values()].sort((a, b) => (order === 'count' ? b.count - a.count : 0) || byLabel(a, b));
  }
}

const columns = [
  ...['character_key', 'character', 'clip_key', 'clip', 'project_key', 'project', 'element', 'quality', 'orientation'],
  ...['rating', 'flag', 'day', 'is_missing', 'is_sandbox', 'is_imported', 'is_signed'],
];

export async function facetsOf(db: Database, query: string): Promise<Facets> {
  const kinds = ['characters', 'clips', 'projects', 'elements', 'qualities', 'orientations', 'tags'] as const;
  const more = ['ratings', 'flags', 'months', 'states'] as const;
  const counts = Object.fromEntries([...kinds, ...more].map((kind) => [kind, new Counts()])) as Record<
    keyof Facets,
    Counts
  >;
  for await (const rows of everyRow(db, query, columns)) {
    for (const row of rows) addRow(counts, row);
    addTags(db, counts.tags, rows);
  }
  const lists = Object.fromEntries(
    Object.entries(counts).map(([kind, of]) => [
      kind,
      of.list(['ratings', 'months'].includes(kind) ? 'label' : 'count'),
    ]),
  );
  return lists as Facets;
}

function addRow(counts: Record<keyof Facets, Counts>, row: Row): void {
  const names = [
    ['characters', 'character'],
    ['clips', 'clip'],
    ['projects', 'project'],
  ] as const;
  for (const [kind, field] of names) {
    const label = String(row[field]);
    counts[kind].add(String(row[`${field}_key`]), () => queryTerm(field, label), label);
  }
  const element = String(row.element);
  if (element !== '') counts.elements.add(element, () => queryTerm('element', element), element);
  const quality = String(row.quality);
  if (quality !== '') counts.qualities.add(quality, () => queryTerm('quality', quality), quality);
  const orientation = String(row.orientation);
  counts.orientations.add(orientation, () => queryTerm('orientation', orientation), orientation);
  const rating = String(row.rating);
  counts.ratings.add(rating, () => `rating=${rating}`, rating);
  const flag = String(row.flag);
  counts.flags.add(flag, () => queryTerm('flag', flag), flag);
  const month = String(row.day).slice(0, 7);
  counts.months.add(month, () => `made:${month}`, month);
  for (const state of ['missing', 'sandbox', 'imported', 'signed'] as const)
    if (row[`is_${state}`] === 1) counts.states.add(state, () => queryTerm('is', state), state);
}

function addTags(db: Database, counts: Counts, rows: readonly Row[]): void {
  const numbers = JSON.stringify(rows.map(({ number }) => number));
  const tags = db.all(`SELECT t.key, t.tag FROM json_each(?) AS n CROSS JOIN tags t ON t.number = n.value`, numbers);
  for (const { key, tag } of tags) counts.add(String(key), () => queryTerm('tag', String(tag)), String(tag));
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
