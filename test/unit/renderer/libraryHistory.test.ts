/** Steps over results and their way back: pure. */
import { expect, it } from 'vitest';
import {
  forget,
  noLibraryHistory,
  record,
  redoStep,
  trashingOf,
  undoStep,
  updateOf,
  withoutStep,
} from '../../../renderer/state/library/libraryHistory.ts';
import type { LibraryItem } from '../../../shared/contract/library.ts';

const item = { id: 'a', name: 'take', rating: 2, tags: ['snow'], note: '' } as unknown as LibraryItem;

it('puts back what the named fields said before, and nothing else', () => {
  const done = updateOf(item, { tags: ['rain'], rating: 5 });
  const history = record(noLibraryHistory, done);
  const back = undoStep(history);
  expect(back?.step).toEqual({ type: 'update', id: 'a', patch: { tags: ['snow'], rating: 2 } });
  const again = back && redoStep(back.after);
  expect(again?.step).toEqual({ type: 'update', id: 'a', patch: { tags: ['rain'], rating: 5 } });
  expect(again?.after).toEqual(history);
});

it('goes back in the order of doing; something new ends what could be done again', () => {
  const both = record(record(noLibraryHistory, updateOf(item, { rating: 5 })), trashingOf(['b']));
  const first = undoStep(both);
  expect(first?.step).toEqual({ type: 'putBack', ids: ['b'] });
  const second = first && undoStep(first.after);
  expect(second?.step).toMatchObject({ type: 'update', id: 'a' });
  expect(second && undoStep(second.after)).toBeNull();
  const other = first && record(first.after, trashingOf(['c']));
  expect(other && redoStep(other)).toBeNull();
});

it('forgets what has no way back', () => {
  const both = record(record(noLibraryHistory, updateOf(item, { rating: 5 })), trashingOf(['b']));
  const after = forget(both, ['b']);
  expect(undoStep(after)?.step).toMatchObject({ id: 'a' });
  expect(redoStep(undoStep(after)?.after ?? noLibraryHistory)?.step).toMatchObject({ id: 'a' });
});

it('takes one step out of its turn and leaves the others', () => {
  const trashing = trashingOf(['a', 'b']);
  const history = record(record(noLibraryHistory, updateOf(item, { rating: 5 })), trashing);
  const after = withoutStep(history, trashing);
  expect(undoStep(after)?.step).toMatchObject({ type: 'update', id: 'a' });
});
