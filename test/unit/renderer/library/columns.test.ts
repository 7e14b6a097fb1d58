/** The list's columns as they are kept: read with care, moved, bounded; and the kept look of the screen. */
import { describe, expect, it } from 'vitest';
import {
  columnIds,
  leastWidthPx,
  mostWidthPx,
  movedColumn,
  readColumns,
  usualColumns,
} from '../../../../renderer/screens/library/list/columnKeep.ts';
import { readView, usualView } from '../../../../renderer/state/library/libraryView.ts';

describe('library list: columns', () => {
  it('takes back what was kept, and nothing that is none of its columns', () => {
    const read = readColumns({
      order: ['clip', 'name', 'nonsense', 'clip'],
      visibility: { tags: false, name: false, nonsense: true },
      widths: { clip: 5, name: 9999, tags: 'wide', rating: 120.4 },
    });
    expect(read.order.slice(0, 2)).toEqual(['clip', 'name']);
    expect([...read.order].sort()).toEqual([...columnIds].sort());
    // The name can never be hidden: it is what a row is told by.
    expect(read.visibility).toEqual({ tags: false });
    expect(read.widths).toEqual({ clip: leastWidthPx, name: mostWidthPx, rating: 120 });
  });

  it('is as usual where nothing, or nonsense, was kept', () => {
    for (const kept of [{}, null, 7, 'x', []]) expect(readColumns(kept)).toEqual(usualColumns);
  });

  it('moves a column to where another stands', () => {
    expect(movedColumn(['name', 'rating', 'clip'], 'clip', 'name')).toEqual(['clip', 'name', 'rating']);
    expect(movedColumn(['name', 'rating', 'clip'], 'name', 'clip')).toEqual(['rating', 'clip', 'name']);
  });
});

it('library view: every kept field is believed by itself', () => {
  expect(readView({ shape: 'list', size: 'huge', sort: 'rating', descending: 'no', stacked: true })).toEqual({
    ...usualView,
    shape: 'list',
    sort: 'rating',
    stacked: true,
  });
  expect(readView(undefined)).toEqual(usualView);
});
