/** What of an earlier order is taken into the form: pure. */
import { expect, it } from 'vitest';
import { emptyDraft } from '../../../../renderer/state/order/draft.ts';
import { differingParts, restoreParts, withParts } from '../../../../renderer/state/order/restoreFields.ts';

const now = { ...emptyDraft, videoId: 'v1', imageId: 'i1', prompt: 'now', project: 'spot' };
const earlier = {
  ...emptyDraft,
  ...{ videoId: 'v2', trim: { unit: 'frames' as const, from: 10, to: 90 }, imageId: 'i1', prompt: 'then' },
  ...{ quality: '1080p' as const, orientation: 'image' as const },
};

it('library restore: names the parts that differ', () => {
  expect(differingParts(now, earlier)).toEqual(['clip', 'settings', 'prompt', 'project']);
  expect(differingParts(now, now)).toEqual([]);
});

it('library restore: takes all of it, or only the parts that were chosen', () => {
  expect(withParts(now, earlier, restoreParts)).toEqual(earlier);
  const some = withParts(now, earlier, ['clip']);
  expect(some).toEqual({ ...now, videoId: 'v2', trim: earlier.trim });
});

it('library restore: an element that comes along makes the order face as in the video', () => {
  const withElement = { ...earlier, elementId: 'e1', orientation: 'image' as const };
  expect(withParts(now, withElement, ['character', 'settings']).orientation).toBe('video');
});
