/** The results of a query as a list of any length of which only what is seen is fetched: the first page at once, the count and the cursors of all others after it. */
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import type { LibraryQuery, ListedItem } from '../../../../shared/contract/libraryCommands.ts';
import { commandQuery } from '../../../bridge/queries.ts';
import type { GroupCount } from '../grid/geometry.ts';
import { groupsOf, pageSize, pagesFor } from './pageMath.ts';

/** Counting waits until a person has stopped typing: it may take longer than the page itself. */
const settleMs = 120;
/** Pages that were flung past are not asked for. */
const restMs = 40;
/** A hundred thousand results are not kept because they were once seen. */
const keptMs = 30_000;

export interface LibraryPages {
  total: number;
  /** Undefined: not there yet. */
  itemAt: (index: number) => ListedItem | undefined;
  groups: readonly GroupCount[];
  /** What is to be seen now: first (included) and last (not). */
  need: (from: number, to: number) => void;
  isPending: boolean;
  /** The answer to an older query stands there until this one's comes. */
  isOlder: boolean;
  /** Counted, not only as many as have come. */
  isCounted: boolean;
  error: unknown;
  retry: () => void;
}

const page = (query: LibraryQuery, after: string | null) => ({
  ...commandQuery('library.list', { ...query, after, limit: pageSize }),
  gcTime: keptMs,
});

export function useLibraryPages(query: LibraryQuery): LibraryPages {
  const first = useQuery({ ...page(query, null), placeholderData: keepPreviousData });
  const isCurrent = first.isSuccess && !first.isPlaceholderData;
  const [settled] = useDebouncedValue(query, settleMs);
  const outline = useQuery({
    ...commandQuery('library.outline', { ...query, pageSize }),
    enabled: isCurrent && settled === query,
    placeholderData: keepPreviousData,
  });
  const isCounted = outline.isSuccess && !outline.isPlaceholderData;
  const isOlder = first.isPlaceholderData;
  const cursors = (isCounted || isOlder ? outline.data?.cursors : undefined) ?? [];
  const { numbers, need: needPages } = useNeededPages();
  const others = useOtherPages(query, isOlder ? [] : numbers, cursors);

  const items = first.data?.items ?? [];
  const isWhole = first.data !== undefined && first.data.next === null;
  const counted = isCounted || isOlder ? outline.data : undefined;
  const total = isWhole ? items.length : Math.max(counted?.total ?? 0, items.length);
  const groups =
    query.group === 'none' ? [] : (counted?.groups ?? groupsOf(items, (item) => provisionalLabel(item, query)));
  return {
    total,
    itemAt: (index) => {
      const number = Math.floor(index / pageSize);
      return number === 0 ? items[index] : others(number)?.[index - number * pageSize];
    },
    groups,
    need: (from, to) => needPages(pagesFor(from, to, total)),
    isPending: first.isPending,
    isOlder,
    isCounted: isWhole || isCounted,
    error: first.error ?? outline.error,
    retry: () => {
      void first.refetch();
      void outline.refetch();
    },
  };
}

function provisionalLabel(item: ListedItem, { group }: LibraryQuery): string {
  if (group === 'clip') return item.videoName;
  if (group === 'character') return item.imageName ?? '';
  return group === 'project' ? (item.project ?? '') : item.groupKey;
}

/** The numbers of the pages in sight, once the scrolling has slowed down. */
function useNeededPages() {
  const [numbers, setNumbers] = useState<readonly number[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const need = useCallback((wanted: readonly number[]) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      setNumbers((now) => (now.length === wanted.length && now.every((n, i) => n === wanted[i]) ? now : wanted));
    }, restMs);
  }, []);
  return { numbers, need };
}

/** By their numbers. A page whose cursor has moved shows what it was until it is there again. */
function useOtherPages(query: LibraryQuery, numbers: readonly number[], cursors: readonly (string | null)[]) {
  const known = useRef<{ query: LibraryQuery; pages: Map<number, readonly ListedItem[]> }>({
    query,
    pages: new Map(),
  });
  if (known.current.query !== query) known.current = { query, pages: new Map() };
  const asked = numbers.filter((number) => typeof cursors[number] === 'string');
  const answers = useQueries({ queries: asked.map((number) => page(query, cursors[number] ?? null)) });
  const { pages } = known.current;
  asked.forEach((number, place) => {
    const found = answers[place]?.data?.items;
    if (found) pages.set(number, found);
  });
  for (const number of pages.keys()) if (!numbers.includes(number)) pages.delete(number);
  return (number: number) => pages.get(number);
}
