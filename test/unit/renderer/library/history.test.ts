/** Steps over results and their way back: pure. */
import { expect, it } from 'vitest';
import {
  changeOf,
  forget,
  idsOf,
  noLibraryHistory,
  record,
  redoStep,
  trashingOf,
  undoStep,
  updateOf,
  withoutStep,
} from '../../../../renderer/state/library/libraryHistory.ts';
import { libraryItem } from '../samples.ts';

const item = libraryItem({ id: 'a', rating: 2, tags: ['snow'] });

it('library history: puts back what the named fields said before, and nothing else', () => {
  const done = updateOf(item, { tags: ['rain'], rating: 5 });
  const history = record(noLibraryHistory, done);
  const back = undoStep(history);
  expect(back?.step).toEqual({ type: 'update', id: 'a', patch: { tags: ['snow'], rating: 2 } });
  const again = back && redoStep(back.after);
  expect(again?.step).toEqual({ type: 'update', id: 'a', patch: { tags: ['rain'], rating: 5 } });
  expect(again?.after).toEqual(history);
});

it('library history: goes back in the order of doing; something new ends what could be done again', () => {
  const both = record(record(noLibraryHistory, updateOf(item, { rating: 5 })), trashingOf(['b']));
  const first = undoStep(both);
  expect(first?.step).toEqual({ type: 'putBack', ids: ['b'] });
  const second = first && undoStep(first.after);
  expect(second?.step).toMatchObject({ type: 'update', id: 'a' });
  expect(second && undoStep(second.after)).toBeNull();
  const other = first && record(first.after, trashingOf(['c']));
  expect(other && redoStep(other)).toBeNull();
});

it('library history: a change of many goes back by what the library answered', () => {
  const undo = [
    { ids: ['a'], set: { rating: 1 } },
    { ids: ['b'], set: { rating: 0 } },
  ];
  const done = changeOf([{ ids: ['a', 'b'], set: { rating: 5 } }], undo);
  expect(undoStep(record(noLibraryHistory, done))?.step).toEqual({ type: 'change', changes: undo });
  expect(idsOf(done.back)).toEqual(['a', 'b']);
});

it('library history: forgets what has no way back; of a step over many the others keep theirs', () => {
  const both = record(record(noLibraryHistory, updateOf(item, { rating: 5 })), trashingOf(['b', 'c']));
  const after = forget(both, ['b']);
  expect(undoStep(after)?.step).toEqual({ type: 'putBack', ids: ['c'] });
  expect(undoStep(forget(both, ['b', 'c']))?.step).toMatchObject({ type: 'update', id: 'a' });
  const changed = changeOf(
    [{ ids: ['a', 'b'], set: { rating: 5 } }],
    [
      { ids: ['a'], set: { rating: 1 } },
      { ids: ['b'], set: { rating: 0 } },
    ],
  );
  expect(undoStep(forget(record(noLibraryHistory, changed), ['a']))?.step).toEqual({
    type: 'change',
    changes: [{ ids: ['b'], set: { rating: 0 } }],
  });
});

it('library history: what was taken back out of its turn is no step any more', () => {
  const [first, second] = [trashingOf(['b']), updateOf(item, { rating: 5 })];
  const after = withoutStep(record(record(noLibraryHistory, first), second), first);
  expect(after.past).toEqual([second]);
});
