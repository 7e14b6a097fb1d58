/** Tells the pages what is in sight. */
import { useEffect } from 'react';
import type { LibraryPages } from '../pages/useLibraryPages.ts';

export function useNeed({ need, total }: LibraryPages, from: number, to: number): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: `need` is made anew with every drawing and does the same
  useEffect(() => need(from, to), [from, to, total]);
}
