/** The results of the same shot: same clip, same part of it, same character. The oldest first. */
import type { LibraryItem } from '../../../../shared/contract/library.ts';
import { queryTerm } from '../../../../shared/library/query.ts';
import { useCommand } from '../../../bridge/queries.ts';
import { mostResults } from '../../../state/library/compare.ts';

/** More takes of one clip and one character than anybody orders. */
const most = 1000;

export interface Versions {
  list: LibraryItem[];
  previousId: string | null;
  nextId: string | null;
  /** The take before this one, of the first one the take after it: what its recipe is held against. */
  neighbour: LibraryItem | null;
  /** This result among those around it, the oldest first; alone, it stands beside its reference. */
  toCompare: string[];
  isPending: boolean;
}

export function useVersions(item: LibraryItem): Versions {
  const { shotId, videoName, imageName } = item;
  const terms = [queryTerm('clip', videoName), ...(imageName === null ? [] : [queryTerm('character', imageName)])];
  const query = useCommand(
    'library.list',
    {
      ...{ query: terms.join(' '), sort: 'created', descending: false, group: 'none', stacked: false },
      ...{ after: null, limit: most },
    },
    shotId !== null,
  );
  const found = query.data?.items.filter((other) => other.shotId === shotId) ?? [];
  // A hidden or renamed one is not found by its words; it is there all the same.
  const list = found.some(({ id }) => id === item.id) ? found : [item];
  const at = list.findIndex(({ id }) => id === item.id);
  const from = Math.max(0, Math.min(at - 1, list.length - mostResults));
  const near = list.slice(from, from + mostResults).map(({ id }) => id);
  return {
    list,
    previousId: list[at - 1]?.id ?? null,
    nextId: list[at + 1]?.id ?? null,
    neighbour: list[at - 1] ?? list[at + 1] ?? null,
    toCompare: near,
    isPending: query.isFetching && query.data === undefined,
  };
}
