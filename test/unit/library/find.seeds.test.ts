/** Queries against a plain reading of the same rows: every filter, sort, group and page, for many seeds. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LibraryStore, openLibraryStore } from '../../../main/library/store.ts';
import type { StoredItem } from '../../../shared/contract/library.ts';
import {
  type LibraryQuery,
  libraryCommands,
  libraryGroups,
  librarySorts,
} from '../../../shared/contract/libraryCommands.ts';
import { parseCredits } from '../../../shared/money/pricing.ts';
import { listOf } from '../../fixtures/libraryQuery.ts';
import { libraryRow } from '../../fixtures/libraryRows.ts';
import { isTimeOver, runsOf, seedOf } from '../../fixtures/runs.ts';
import { type Chance, createChance } from '../../fixtures/seeded.ts';

const COUNT = 700;
let home: string;
let library: LibraryStore;
const rows: StoredItem[] = [];
beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'restage-find-'));
  library = openLibraryStore(home);
  for (let n = 0; n < COUNT; n += 1) rows.push({ ...libraryRow(n, { count: COUNT }), file: `/results/${n}.mp4` });
  // Names that only folding tells alike, and such as only voicing tells apart.
  rows.push({
    ...libraryRow(1, { count: COUNT }),
    id: 'wide',
    createdAt: '2024-12-01T00:00:00Z',
    name: 'ＷＩＤＥ ｶﾞﾗｽ',
  });
  rows.push({
    ...libraryRow(2, { count: COUNT }),
    id: 'voiceless',
    createdAt: '2024-12-02T00:00:00Z',
    name: 'カラス 100% "q"',
  });
  // Put in any order: the index has its own.
  const chance = createChance(7);
  library.together(() => {
    for (const row of rows.toSorted(() => chance.int(3) - 1))
      library.put({ ...row, state: row.sizeBytes % 3 === 0 ? 'missing' : 'present' });
  });
});
afterAll(async () => {
  library.close();
  await rm(home, { recursive: true });
});

const fold = (text: string) => text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ');
const textsOf = (row: StoredItem) => [
  ...[row.name, row.videoName, row.imageName ?? '', row.note, ...row.tags, row.project ?? ''],
  ...(row.recipe?.kind === 'motion' ? [row.recipe.prompt, row.recipe.elementId ?? '', row.recipe.quality] : []),
];
const has = (row: StoredItem, text: string) => textsOf(row).some((one) => fold(one).includes(fold(text)));
const isMissing = (row: StoredItem) => row.sizeBytes % 3 === 0;
const made = (row: StoredItem) => {
  const at = new Date(row.createdAt);
  return `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, '0')}`;
};

/** Terms with what they mean, said a second time. `field`: of these one is enough. */
interface Term {
  text: string;
  field?: string;
  fits: (row: StoredItem) => boolean;
}
const words = [
  '踊',
  '人形',
  'ガラス',
  'カ',
  'ガ',
  'w',
  're',
  'winter',
  'motion',
  'ol',
  '인형',
  '차',
  '겨울',
  '%',
  'q',
  'zebra',
  'red dan',
];

function termOf(chance: Chance): Term {
  const row = rows[chance.int(rows.length)] as StoredItem;
  const recipe = row.recipe?.kind === 'motion' ? row.recipe : null;
  const number = chance.int(6);
  const seconds = chance.int(30);
  const makers: (() => Term)[] = [
    () => {
      const text = chance.is(0.5) ? chance.pick(words) : chance.pick(textsOf(row).filter(Boolean)).slice(0, 9).trim();
      const isPlain = !/["\s]|^-|:|=|<|>/.test(text);
      const clean = text.replaceAll('"', '').trim();
      return { text: isPlain ? text : `"${clean}"`, fits: (one) => clean === '' || has(one, isPlain ? text : clean) };
    },
    () => {
      const tag = row.tags[0] ?? 'none';
      return { text: `tag:${tag}`, fits: (one) => one.tags.some((known) => fold(known) === fold(tag)) };
    },
    () => ({ text: `flag:${row.flag}`, field: 'flag', fits: (one) => one.flag === row.flag }),
    () => ({
      text: `quality:${recipe?.quality}`,
      field: 'quality',
      fits: (one) => one.recipe?.kind === 'motion' && one.recipe.quality === recipe?.quality,
    }),
    () => ({
      text: `clip:"${row.videoName}"`,
      field: 'clip',
      fits: (one) => fold(one.videoName) === fold(row.videoName),
    }),
    () => {
      const part = (row.imageName ?? '').slice(0, 1 + chance.int(3)).split(' ')[0] || 'x';
      return {
        text: `character:${part}`,
        field: 'character',
        fits: (one) => fold(one.imageName ?? '').includes(fold(part)),
      };
    },
    () => ({ text: 'project:""', field: 'project', fits: (one) => one.project === null }),
    () => ({ text: `rating>=${number}`, fits: (one) => one.rating >= number }),
    () => ({ text: `seconds<${seconds}`, fits: (one) => one.durationSeconds < seconds }),
    () => ({ text: `made:${made(row)}`, fits: (one) => made(one) === made(row) }),
    () => ({ text: 'is:missing', fits: isMissing }),
    () => ({ text: 'is:sandbox', fits: (one) => one.isSandbox }),
    () => ({ text: 'orientation:portrait', field: 'orientation', fits: (one) => one.height > one.width }),
  ];
  return chance.pick(makers)();
}

interface Question {
  text: string;
  fits: (row: StoredItem) => boolean;
}

function questionOf(chance: Chance): Question {
  const terms = Array.from({ length: chance.int(4) }, () => {
    const term = termOf(chance);
    if (!chance.is(0.2)) return term;
    return { text: `-${term.text}`, fits: (row: StoredItem) => !term.fits(row) };
  });
  const wantsHidden = chance.is(0.1);
  const alone = terms.filter((term) => !('field' in term) || term.field === undefined);
  const groups = Map.groupBy(
    terms.filter((term): term is Term & { field: string } => 'field' in term && term.field !== undefined),
    ({ field }) => field,
  );
  return {
    text: [...terms.map(({ text }) => text), ...(wantsHidden ? ['is:hidden'] : [])].join(' '),
    fits: (row) =>
      row.isHidden === wantsHidden &&
      alone.every((term) => term.fits(row)) &&
      [...groups.values()].every((group) => group.some((term) => term.fits(row))),
  };
}

const nameKey = (name: string | null) => fold(name ?? '').replace(/\d+/g, (digits) => digits.padStart(12, '0'));
const sortValue: Record<LibraryQuery['sort'], (row: StoredItem) => string | number> = {
  created: () => 0,
  name: (row) => nameKey(row.name),
  duration: (row) => row.durationSeconds,
  rating: (row) => row.rating,
  charge: (row) => (row.creditsCharged === null ? -1 : Number(parseCredits(row.creditsCharged))),
  size: (row) => row.sizeBytes,
  clip: (row) => nameKey(row.videoName),
  character: (row) => nameKey(row.imageName),
};
const groupValue: Record<LibraryQuery['group'], (row: StoredItem) => string> = {
  none: () => '',
  day: (row) => `${made(row)}-${String(new Date(row.createdAt).getDate()).padStart(2, '0')}`,
  project: (row) => nameKey(row.project),
  character: (row) => nameKey(row.imageName),
  clip: (row) => nameKey(row.videoName),
};
/** By bytes, as the index compares. */
const compare = (a: string | number, b: string | number) =>
  typeof a === 'number' || typeof b === 'number'
    ? Number(a) - Number(b)
    : Buffer.compare(Buffer.from(a), Buffer.from(b));

function expected(question: Question, query: LibraryQuery): StoredItem[] {
  const sign = query.descending ? -1 : 1;
  const groupSign = query.group === 'day' ? sign : 1;
  const order = (a: StoredItem, b: StoredItem) =>
    groupSign * compare(groupValue[query.group](a), groupValue[query.group](b)) ||
    sign * compare(sortValue[query.sort](a), sortValue[query.sort](b)) ||
    sign * (Date.parse(a.createdAt) - Date.parse(b.createdAt));
  const found = rows.filter(question.fits);
  const newest = new Map<string | null, number>();
  for (const row of found) newest.set(row.shotId, Math.max(newest.get(row.shotId) ?? 0, Date.parse(row.createdAt)));
  const shown = query.stacked ? found.filter((row) => newest.get(row.shotId) === Date.parse(row.createdAt)) : found;
  return shown.toSorted(order);
}

const seed = seedOf('FIND', 1);
describe('L2: queries', () => {
  it('find, sort, group and page as a plain reading of all rows does', async () => {
    const questions = runsOf('FIND', { short: 100, long: 1500 });
    for (let n = 0; n < questions && !isTimeOver(); n += 1) {
      const chance = createChance(seed * 7919 + n);
      const question = questionOf(chance);
      const query: LibraryQuery = {
        query: question.text,
        ...{ sort: chance.pick(librarySorts), group: chance.pick(libraryGroups) },
        ...{ descending: chance.is(0.5), stacked: chance.is(0.2) },
      };
      const limit = chance.pick([7, 50, 1000]);
      const told = `seed ${seed}, question ${n}: ${JSON.stringify({ ...query, limit })}`;
      const wanted = expected(question, query).map(({ id }) => id);
      const got: string[] = [];
      let after: string | null = null;
      do {
        const page = library.list(listOf({ ...query, limit, after }));
        expect(page.problems, told).toEqual([]);
        got.push(...page.items.map(({ id }) => id));
        after = page.next;
      } while (after !== null);
      expect(got, told).toEqual(wanted);
      await outlineFits(query, wanted, told);
    }
  }, 900_000);
});

async function outlineFits(query: LibraryQuery, wanted: readonly string[], told: string): Promise<void> {
  const outline = await library.outline(libraryCommands['library.outline'].input.parse({ ...query, pageSize: 30 }));
  expect(outline.total, told).toBe(wanted.length);
  expect(outline.cursors.length, told).toBe(Math.max(1, Math.ceil(wanted.length / 30)));
  const at = outline.cursors.length - 1;
  const last = library.list(listOf({ ...query, limit: 1000, after: outline.cursors[at] ?? null }));
  expect(
    last.items.map(({ id }) => id),
    told,
  ).toEqual(wanted.slice(at * 30));
  const counted = outline.groups.reduce((sum, { count }) => sum + count, 0);
  expect(counted, told).toBe(query.group === 'none' ? 0 : wanted.length);
  expect(await library.ids(libraryCommands['library.ids'].input.parse(query)), told).toEqual(wanted);
}

describe('L8: what a query looks like', () => {
  it('counts every value of every facet, and each as a term finds just these', async () => {
    const facets = await library.facets({ query: 'motion' });
    const { elements, tags, ...others } = facets;
    const total = rows.filter((row) => !row.isHidden && has(row, 'motion')).length;
    for (const [kind, counts] of Object.entries(others)) {
      if (kind === 'states') continue;
      expect(
        counts.reduce((sum, { count }) => sum + count, 0),
        kind,
      ).toBe(total);
    }
    for (const { value, count } of Object.values({ ...others, elements, tags }).flat()) {
      const { total: found } = await library.outline(
        libraryCommands['library.outline'].input.parse({ query: `motion ${value}` }),
      );
      expect([value, found]).toEqual([value, count]);
    }
  });

  it('adds up a selection exactly', () => {
    const some = rows.slice(0, 100);
    const credits = (isSandbox: boolean) =>
      some.reduce(
        (sum, row) => sum + (row.isSandbox === isSandbox && row.creditsCharged ? parseCredits(row.creditsCharged) : 0n),
        0n,
      );
    const sums = library.sums([...some.map(({ id }) => id), 'nobody']);
    expect(sums).toMatchObject({ count: 100, sizeBytes: some.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) });
    expect(parseCredits(sums.credits)).toBe(credits(false));
    expect(parseCredits(sums.testCredits)).toBe(credits(true));
  });

  it('refuses a place in another list, and none of ours', () => {
    const { next } = library.list(listOf({ sort: 'name', limit: 1 }));
    expect(() => library.list(listOf({ sort: 'created', after: next }))).toThrow('refused');
    for (const after of ['', 'x', 'bnVsbA', Buffer.from('[{}]').toString('base64url')])
      expect(() => library.list(listOf({ after }))).toThrow('refused');
  });
});
