/** What lies over the library: an opened result, results that are compared, results that are gone through. Fetched when first shown. */
import { Suspense } from 'react';
import { useLibraryStore } from '../../state/library/libraryStore.ts';
import { later } from '../../text/later.ts';
import type { ListPlace } from './opened/OpenedView.tsx';

const OpenedView = later(() => import('./opened/OpenedView.tsx').then((module) => module.OpenedView));
const CompareView = later(() => import('./compare/CompareView.tsx').then((module) => module.CompareView));
const CullView = later(() => import('./cull/CullView.tsx').then((module) => module.CullView));

interface ViewersProps {
  /** Null: it is not in the list (opened from the queue, or the search has changed), or not loaded. */
  placeOf: (id: string) => ListPlace | null;
}

export function Viewers({ placeOf }: ViewersProps) {
  const openId = useLibraryStore((state) => state.openId);
  const compareIds = useLibraryStore((state) => state.compareIds);
  const cullIds = useLibraryStore((state) => state.cullIds);
  return (
    <>
      <Suspense fallback={null}>
        {openId === null ? null : (
          <OpenedView
            id={openId}
            place={placeOf(openId)}
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
