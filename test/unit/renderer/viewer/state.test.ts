/** Comparing, judging in a row and notes as pure steps. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  activeOf,
  freshComparison,
  nextSound,
  offsetBy,
  pairOf,
  shownOf,
  toggleShown,
  toggleSound,
  withLetter,
  withMode,
  withoutOffset,
  withPair,
} from '../../../../renderer/state/library/compare.ts';
import {
  type Cull,
  decideFlag,
  decideRating,
  judgedOf,
  move,
  see,
  startCull,
  takeBack,
} from '../../../../renderer/state/library/cull.ts';
import { addNote, changeNote, removeNote, sortedNotes } from '../../../../renderer/state/library/notes.ts';

const keys = ['reference', 'one', 'two', 'character'];

describe('VC: comparing', () => {
  it('takes the first two until others are chosen, and changes places where one is chosen twice', () => {
    const pair = pairOf(freshComparison, keys);
    expect(pair).toEqual({ a: 'reference', b: 'one' });
    const swapped = withPair(freshComparison, pair, { a: 'one' });
    expect(pairOf(swapped, keys)).toEqual({ a: 'one', b: 'reference' });
    const other = withPair(freshComparison, pair, { b: 'two' });
    expect(pairOf(other, keys)).toEqual({ a: 'reference', b: 'two' });
    expect(pairOf(other, ['reference', 'one'])).toEqual({ a: 'reference', b: 'one' });
  });

  it('never puts away the last two, nor keeps the sound of what is put away', () => {
    const heard = toggleSound(freshComparison, 'one');
    const first = toggleShown(heard, 'one', keys);
    expect([first.sound, shownOf(first, keys)]).toEqual([null, ['reference', 'two', 'character']]);
    const second = toggleShown(first, 'character', keys);
    expect(toggleShown(second, 'two', keys)).toEqual(second);
    expect(shownOf(toggleShown(second, 'one', keys), keys)).toEqual(['reference', 'one', 'two']);
  });

  it('flips with the same key, and shows A or B by theirs', () => {
    const flip = withMode(freshComparison, 'flip');
    expect(flip.isShowingB).toBe(true);
    expect(withMode(flip, 'flip').isShowingB).toBe(false);
    expect(withLetter(flip, keys, 'a')).toMatchObject({ isShowingB: false, active: 'reference' });
    expect(activeOf(withLetter(freshComparison, keys, 'a'), keys)).toBe('two');
    expect(activeOf(withLetter(freshComparison, keys, 'b'), keys)).toBe('reference');
  });

  it('hears one at a time, or none', () => {
    const order: (string | null)[] = [];
    let now = freshComparison;
    for (let step = 0; step < 3; step += 1) {
      now = nextSound(now, ['reference', 'one']);
      order.push(now.sound);
    }
    expect(order).toEqual(['reference', 'one', null]);
  });

  it('moves one picture by frames, and back', () => {
    const moved = offsetBy(offsetBy(freshComparison, 'one', 1), 'one', 1);
    expect(moved.offsets).toEqual({ one: 2 });
    expect(withoutOffset(moved, 'one').offsets).toEqual({});
  });
});

const own = { flag: 'none', rating: 0 } as const;

describe('VU: culling', () => {
  it('goes on by itself after a pick or a reject, and stays for stars', () => {
    const start = startCull(['a', 'b']);
    const rated = decideRating(start, own, 4);
    expect([rated.at, judgedOf(rated, 'a', own)]).toEqual([0, { flag: 'none', rating: 4 }]);
    const picked = decideFlag(rated, own, 'pick');
    expect([picked.at, judgedOf(picked, 'a', own)]).toEqual([1, { flag: 'pick', rating: 4 }]);
    expect(decideFlag(picked, own, 'reject').at).toBe(2);
    expect(decideFlag(move(picked, -1), own, 'none').at).toBe(0);
  });

  it('counts what had been decided before, and no more once it is decided anew', () => {
    const seen = see(startCull(['a', 'b']), 'a', 'reject');
    expect(seen.flags).toEqual({ a: 'reject' });
    const decided = decideFlag(seen, { flag: 'reject', rating: 0 }, 'pick');
    expect(see(decided, 'a', 'reject').flags).toEqual({ a: 'pick' });
    expect(takeBack(decided)?.cull.flags).toEqual({ a: 'reject' });
  });

  it('takes every decision back in turn, to the picture it was made of', () => {
    const decision = fc.oneof(
      fc.record({ kind: fc.constant('flag' as const), flag: fc.constantFrom('pick', 'reject', 'none') }),
      fc.record({ kind: fc.constant('rate' as const), rating: fc.integer({ min: 0, max: 5 }) }),
      fc.record({ kind: fc.constant('move' as const), by: fc.constantFrom(-1, 1) }),
    );
    fc.assert(
      fc.property(fc.array(decision, { maxLength: 30 }), (steps) => {
        let cull: Cull = startCull(['a', 'b', 'c']);
        const before: { at: number; judged: object }[] = [];
        const seen = (now: Cull) => ({ at: now.at, judged: now.ids.map((id) => judgedOf(now, id, own)) });
        for (const step of steps) {
          const was = seen(cull);
          const next =
            step.kind === 'flag'
              ? decideFlag(cull, own, step.flag as 'pick' | 'reject' | 'none')
              : step.kind === 'rate'
                ? decideRating(cull, own, step.rating)
                : move(cull, step.by);
          if (next.past.length > cull.past.length) before.push(was);
          cull = next;
        }
        for (const was of before.reverse()) {
          const back = takeBack(cull);
          if (!back) throw new Error('a decision has no way back');
          cull = back.cull;
          expect(seen(cull)).toEqual(was);
        }
        expect(takeBack(cull)).toBeNull();
      }),
    );
  });
});

it('VN: notes are added, changed, ticked off, removed, and stand by their time', () => {
  const late = addNote([], { id: 'late', atSeconds: 4, text: 'hand' });
  const both = addNote(late, { id: 'early', atSeconds: 1.5, text: 'hair' });
  const whole = { id: 'whole', atSeconds: null, text: 'all of it', isDone: false };
  expect(sortedNotes([...both, whole]).map(({ id }) => id)).toEqual(['whole', 'early', 'late']);
  expect(changeNote(both, 'late', { isDone: true })[0]).toEqual({
    id: 'late',
    atSeconds: 4,
    text: 'hand',
    isDone: true,
  });
  expect(removeNote(both, 'late').map(({ id }) => id)).toEqual(['early']);
});
