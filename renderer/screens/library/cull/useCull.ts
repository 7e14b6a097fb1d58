/** A round of judging: every decision is written at once and can be taken back; the library's own undo knows it too. */
import { useState } from 'react';
import type { LibraryFlag, LibraryItem } from '../../../../shared/contract/library.ts';
import {
  type Cull,
  decideFlag,
  decideRating,
  judgedOf,
  move,
  see,
  startCull,
  takeBack as takeBackOf,
} from '../../../state/library/cull.ts';
import { useLibraryEdits } from '../useLibraryEdits.tsx';

export interface Culling {
  cull: Cull;
  step: (by: number) => void;
  /** It is on the screen. */
  see: (item: LibraryItem) => void;
  flag: (item: LibraryItem, flag: LibraryFlag) => void;
  rate: (item: LibraryItem, rating: number) => void;
  takeBack: () => void;
}

export function useCull(ids: readonly string[]): Culling {
  const { update, undo } = useLibraryEdits();
  const [cull, setCull] = useState(() => startCull(ids));
  return {
    cull,
    step: (by) => setCull((now) => move(now, by)),
    see: ({ id, flag }) => setCull((now) => see(now, id, flag)),
    flag(item, flag) {
      // The undo of the library goes back to what was decided here, not to what a slow list still says.
      const own = judgedOf(cull, item.id, item);
      setCull(decideFlag(cull, item, flag));
      void update({ ...item, ...own }, { flag });
    },
    rate(item, rating) {
      const own = judgedOf(cull, item.id, item);
      setCull(decideRating(cull, item, rating));
      void update({ ...item, ...own }, { rating });
    },
    takeBack() {
      const back = takeBackOf(cull);
      if (!back) return;
      setCull(back.cull);
      void undo();
    },
  };
}
