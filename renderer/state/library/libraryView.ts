/** How a person looks at the library: grid or list, size of the cards, sorting, groups, stacks, side panel. Kept over restarts. */
import type { LibraryGroup, LibrarySort } from '../../../shared/contract/libraryCommands.ts';

export const cardSizes = ['small', 'medium', 'large'] as const;
export type CardSize = (typeof cardSizes)[number];

/** As in the contract, whose schemas the page does not load. */
export const sorts = [
  'created',
  'name',
  'duration',
  'rating',
  'charge',
  'size',
  'clip',
  'character',
] as const satisfies readonly LibrarySort[];
export const groupings = ['none', 'day', 'project', 'character', 'clip'] as const satisfies readonly LibraryGroup[];

export const libraryShapes = ['grid', 'list'] as const;
export type LibraryShape = (typeof libraryShapes)[number];

export interface LibraryView {
  shape: LibraryShape;
  size: CardSize;
  sort: LibrarySort;
  descending: boolean;
  group: LibraryGroup;
  stacked: boolean;
  isPanelOpen: boolean;
}

export const usualView: LibraryView = {
  shape: 'grid',
  size: 'medium',
  sort: 'created',
  descending: true,
  group: 'none',
  stacked: false,
  isPanelOpen: true,
};

const storageKey = 'restage.library.view';

/** What was kept by another version, or by hand, is believed field by field. */
export function readView(kept: unknown): LibraryView {
  const from: Partial<Record<keyof LibraryView, unknown>> = typeof kept === 'object' && kept !== null ? kept : {};
  const oneOf = <Word extends string>(words: readonly Word[], word: unknown, usual: Word): Word =>
    words.find((known) => known === word) ?? usual;
  const flag = (value: unknown, usual: boolean) => (typeof value === 'boolean' ? value : usual);
  return {
    shape: oneOf(libraryShapes, from.shape, usualView.shape),
    size: oneOf(cardSizes, from.size, usualView.size),
    sort: oneOf(sorts, from.sort, usualView.sort),
    descending: flag(from.descending, usualView.descending),
    group: oneOf(groupings, from.group, usualView.group),
    stacked: flag(from.stacked, usualView.stacked),
    isPanelOpen: flag(from.isPanelOpen, usualView.isPanelOpen),
  };
}

export function keptView(): LibraryView {
  try {
    return readView(JSON.parse(localStorage.getItem(storageKey) ?? '{}'));
  } catch {
    return usualView;
  }
}

export function keepView(view: LibraryView): void {
  try {
    localStorage.setItem(storageKey, JSON.stringify(view));
  } catch {
    // It is then chosen again after a restart.
  }
}
