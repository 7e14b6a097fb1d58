/** Choosing as Finder and Explorer do: pure. */
import { describe, expect, it } from 'vitest';
import {
  chooseAll,
  chooseOnly,
  cleared,
  focusedAt,
  noSelection,
  rangeTo,
  type Selection,
  toggled,
  withBox,
  withoutIds,
  withRange,
} from '../../../../renderer/state/library/selection.ts';

const list = ['a', 'b', 'c', 'd', 'e', 'f'];
const chosen = ({ ids }: Selection) => list.filter((id) => ids.has(id)).join('');
function shift(selection: Selection, index: number, isAdded = false): Selection {
  const { from, to } = rangeTo(selection, index);
  return withRange(selection, { ids: list.slice(from, to + 1), index, isAdded });
}

describe('library selection', () => {
  it('a click chooses one, Ctrl one more or less, and the range goes on from the last of them', () => {
    let now = chooseOnly('b', 1);
    now = toggled(now, 'd', 3);
    expect(chosen(now)).toBe('bd');
    now = toggled(now, 'b', 1);
    expect(chosen(now)).toBe('d');
    expect(chosen(shift(now, 3))).toBe('bcd');
  });

  it('a range is drawn anew from its anchor, both ways', () => {
    let now = shift(chooseOnly('c', 2), 4);
    expect(chosen(now)).toBe('cde');
    now = shift(now, 0);
    expect(chosen(now)).toBe('abc');
    expect(now.focus).toBe(0);
    expect(chosen(shift(now, 2))).toBe('c');
  });

  it('with Ctrl and Shift a range is added to what was chosen before it', () => {
    const now = toggled(chooseOnly('a', 0), 'd', 3);
    const more = shift(now, 5, true);
    expect(chosen(more)).toBe('adef');
    expect(chosen(shift(more, 4, true))).toBe('ade');
  });

  it('the focus moves without choosing; where nothing is chosen the range begins there', () => {
    const moved = focusedAt(chooseOnly('a', 0), 3);
    expect([chosen(moved), moved.focus, moved.anchor]).toEqual(['a', 3, 0]);
    expect(chosen(shift(focusedAt(noSelection, 2), 3))).toBe('cd');
  });

  it('all and none', () => {
    const all = chooseAll(chooseOnly('c', 2), list);
    expect([chosen(all), all.focus]).toEqual(['abcdef', 2]);
    expect(chosen(cleared(all))).toBe('');
    expect(cleared(all).focus).toBe(2);
  });

  it('a box chooses what it touches, and lets go of it when it shrinks; with Ctrl it turns round what was chosen', () => {
    const before = toggled(chooseOnly('a', 0), 'b', 1);
    expect(chosen(withBox(before, { ids: ['c', 'd'], lastIndex: 3, isAdded: false }))).toBe('cd');
    expect(chosen(withBox(before, { ids: ['b', 'c'], lastIndex: 2, isAdded: true }))).toBe('ac');
    expect(chosen(withBox(before, { ids: [], lastIndex: null, isAdded: true }))).toBe('ab');
  });

  it('what has left the library is not chosen; an untouched selection stays the same object', () => {
    const now = chooseAll(noSelection, ['a', 'b', 'c']);
    expect(chosen(withoutIds(now, ['b', 'x']))).toBe('ac');
    expect(withoutIds(now, ['x'])).toBe(now);
  });
});
