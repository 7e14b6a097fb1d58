/** What lies over the library: an opened result, results that are compared, results that are gone through. Fetched when first shown. */
import { Suspense } from 'react';
import type { LibraryItem } from '../../../shared/contract/library.ts';
import { later } from '../../later.ts';
import { useLibraryStore } from '../../state/library/libraryStore.ts';
import type { ListPlace } from './opened/OpenedView.tsx';

const OpenedView = later(() => import('./opened/OpenedView.tsx').then((module) => module.OpenedView));
const CompareView = later(() => import('./compare/CompareView.tsx').then((module) => module.CompareView));
const CullView = later(() => import('./cull/CullView.tsx').then((module) => module.CullView));

interface ViewersProps {
  /** The list from which results are opened, as far as it is loaded. */
  items: readonly LibraryItem[];
  total: number;
}

export function Viewers({ items, total }: ViewersProps) {
  const openId = useLibraryStore((state) => state.openId);
  const compareIds = useLibraryStore((state) => state.compareIds);
  const cullIds = useLibraryStore((state) => state.cullIds);
  return (
    <>
      <Suspense fallback={null}>
        {openId === null ? null : (
          <OpenedView
            id={openId}
            place={placeOf(openId, items, total)}
            isCovered={compareIds !== null || cullIds !== null}
            onOpen={(id) => useLibraryStore.setState({ openId: id })}
            onClose={() => useLibraryStore.setState({ openId: null })}
          />
        )}
      </Suspense>
      <Suspense fallback={null}>
        {compareIds === null ? null : (
          <CompareView ids={compareIds} onClose={() => useLibraryStore.setState({ compareIds: null })} />
        )}
      </Suspense>
      <Suspense fallback={null}>
        {cullIds === null ? null : (
          <CullView ids={cullIds} onClose={() => useLibraryStore.setState({ cullIds: null })} />
        )}
      </Suspense>
    </>
  );
}

/** Null: it is not in the list (opened from the queue, or the search has changed). */
function placeOf(id: string, items: readonly LibraryItem[], total: number): ListPlace | null {
  const at = items.findIndex((item) => item.id === id);
  if (at === -1) return null;
  return { previousId: items[at - 1]?.id ?? null, nextId: items[at + 1]?.id ?? null, position: at + 1, total };
}
