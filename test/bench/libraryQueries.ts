/** Every kind of question that the library's index is asked, timed: the first page and the last, each sort, each filter, each length of word. */
import type { LibraryStore } from '../../main/library/store.ts';
import type { CommandInput, CommandParsed } from '../../shared/contract/index.ts';
import { libraryCommands, librarySorts } from '../../shared/contract/libraryCommands.ts';
import { commonWord } from '../fixtures/libraryRows.ts';

type Asked = CommandInput<'library.list'>;

/** As the grid asks for a page of cards. */
const PAGE = 100;

const texts: Record<string, string> = {
  everything: '',
  'one character, Japanese': '踊',
  'one character, Latin': 'w',
  'two characters, Japanese': '人形',
  'two characters, Korean': '인형',
  'two characters, Latin': 're',
  'three characters, Latin': 'rob',
  'common word': commonWord,
  'two common words': `${commonWord} winter`,
  'rare word': '17',
  'no such word': 'zebra',
  phrase: '"slow turn"',
  'not a word': `-${commonWord}`,
  'flag:pick': 'flag:pick',
  'rating>=4': 'rating>=4',
  'quality:1080p': 'quality:1080p',
  'tag:冬': 'tag:冬',
  'character:, part of a name': 'character:主役',
  'clip:, whole name': 'clip:"coat_2.mp4"',
  'project:, part of a name': 'project:spot',
  'made:, a month': 'made:2025-06',
  'seconds<10': 'seconds<10',
  'is:missing': 'is:missing',
  'is:sandbox': 'is:sandbox',
  'word and filters': `${commonWord} flag:pick rating>=4 tag:hero`,
};

export function questions(): { what: string; asked: Asked }[] {
  const byText = Object.entries(texts).map(([what, query]) => ({ what, asked: { query } }));
  const bySort = librarySorts.flatMap((sort) => [
    { what: `sorted by ${sort}`, asked: { sort } },
    { what: `sorted by ${sort}, upwards`, asked: { sort, descending: false } },
    { what: `common word, sorted by ${sort}`, asked: { query: commonWord, sort } },
    { what: `flag:pick, sorted by ${sort}`, asked: { query: 'flag:pick', sort } },
  ]);
  const groups = (['day', 'project', 'character', 'clip'] as const).map((group) => ({
    what: `grouped by ${group}`,
    asked: { group },
  }));
  return [
    ...byText,
    ...bySort,
    ...groups,
    { what: 'stacked', asked: { stacked: true } },
    { what: 'stacked, common word', asked: { query: commonWord, stacked: true } },
  ];
}

const listOf = (asked: Asked): CommandParsed<'library.list'> =>
  libraryCommands['library.list'].input.parse({ limit: PAGE, ...asked });

export interface Timing {
  what: string;
  /** The 95th of a hundred, in milliseconds: of the processor’s time, which other programs do not lengthen, and by the clock. */
  p95Ms: number;
  clockP95Ms: number;
  rows: number;
}

/** Each asked `runs` times, in turns, so that what else the machine does weighs on all of them. */
export async function timeQuestions(
  library: LibraryStore,
  runs: number,
  before: () => void = () => {},
): Promise<Timing[]> {
  const asked = [...questions(), ...(await lastPages(library))];
  const times = asked.map((): number[] => []);
  const clock = asked.map((): number[] => []);
  const rows = asked.map(() => 0);
  for (let run = 0; run < runs; run += 1)
    for (const [at, { asked: question }] of asked.entries()) {
      // What waits has its turn, as between two questions of a page.
      await new Promise((resolve) => setImmediate(resolve));
      const query = listOf(question);
      before();
      const startedMs = performance.now();
      const started = process.cpuUsage();
      rows[at] = library.list(query).items.length;
      const used = process.cpuUsage(started);
      clock[at]?.push(performance.now() - startedMs);
      times[at]?.push((used.user + used.system) / 1000);
    }
  return asked.map(({ what }, at) => ({
    ...{ what, rows: rows[at] ?? 0 },
    ...{ p95Ms: percentile(times[at] ?? [], 0.95), clockP95Ms: percentile(clock[at] ?? [], 0.95) },
  }));
}

/** The last page of each order, reached as a grid does: by the place that the outline names. */
async function lastPages(library: LibraryStore): Promise<{ what: string; asked: Asked }[]> {
  const pages: { what: string; asked: Asked }[] = [];
  for (const sort of librarySorts) {
    const outline = await library.outline(libraryCommands['library.outline'].input.parse({ sort, pageSize: PAGE }));
    pages.push({ what: `last page, sorted by ${sort}`, asked: { sort, after: outline.cursors.at(-1) ?? null } });
  }
  return pages;
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
