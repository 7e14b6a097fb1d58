/** The draft: edits as pure steps, the element's rule, undo, and what comes back from storage. */
import { describe, expect, it } from 'vitest';
import {
  draftFromRecipe,
  draftReducer,
  editDraft,
  emptyDraft,
  isReady,
  recipeOf,
  redoDraft,
  reviveDraft,
  startHistory,
  undoDraft,
} from '../../../renderer/state/draft.ts';
import type { CheckResult } from '../../../shared/contract/media.ts';

const filled = { ...emptyDraft, videoId: 'v', imageId: 'i' };

describe('an element', () => {
  it('locks the facing to the video, and keeps it there', () => {
    const facing = draftReducer(filled, { type: 'patch', patch: { orientation: 'image' } });
    const withElement = draftReducer(facing, { type: 'setElement', elementId: 'e' });
    expect(withElement.orientation).toBe('video');
    expect(draftReducer(withElement, { type: 'patch', patch: { orientation: 'image' } }).orientation).toBe('video');
    expect(draftReducer(withElement, { type: 'setElement', elementId: null }).elementId).toBeNull();
  });
});

describe('the recipe', () => {
  it('needs clip and character, and leaves out what is empty', () => {
    expect(recipeOf({ ...filled, imageId: null })).toBeNull();
    expect(recipeOf({ ...filled, project: '  ', callbackUrl: '' })).toEqual({
      kind: 'motion',
      videoId: 'v',
      imageId: 'i',
      orientation: 'video',
      quality: '720p',
      preset: 'fast',
      keepSound: true,
      prompt: '',
      watermark: false,
    });
  });

  it('survives the way into the form and back', () => {
    const draft = {
      ...filled,
      trim: { unit: 'frames' as const, from: 3, to: 99 },
      quality: '1080p' as const,
      elementId: 'e',
      project: 'Reel',
      callbackUrl: 'https://example.com/x',
    };
    const recipe = recipeOf(draft);
    expect(recipe && draftFromRecipe(recipe)).toEqual(draft);
  });

  it('may be ordered only when the check is legal and has a plan', () => {
    const check: CheckResult = { verdicts: [], isLegal: true, plan: null, price: null };
    expect(isReady(filled, check)).toBe(false);
    expect(isReady(filled, undefined)).toBe(false);
  });
});

describe('undo', () => {
  const trimTo = (to: number, edit: string) => ({
    type: 'setTrim' as const,
    trim: { unit: 'frames' as const, from: 0, to },
    edit,
  });

  it('takes one gesture back as one step, however many moves it had', () => {
    let history = startHistory(filled);
    for (const to of [90, 80, 70]) history = editDraft(history, trimTo(to, 'drag-1'));
    history = editDraft(history, trimTo(60, 'drag-2'));
    expect(history.present.trim?.to).toBe(60);
    history = undoDraft(history);
    expect(history.present.trim?.to).toBe(70);
    history = undoDraft(history);
    expect(history.present.trim).toBeNull();
    expect(undoDraft(history)).toBe(history);
  });

  it('brings back what was undone until something else is edited', () => {
    let history = editDraft(startHistory(filled), { type: 'patch', patch: { prompt: 'a' }, edit: 'prompt' });
    history = redoDraft(undoDraft(history));
    expect(history.present.prompt).toBe('a');
    history = editDraft(undoDraft(history), { type: 'patch', patch: { quality: '1080p' } });
    expect(redoDraft(history).present.prompt).toBe('');
  });

  it('does not count an edit that changes nothing', () => {
    const history = startHistory(filled);
    expect(editDraft(history, { type: 'patch', patch: { quality: '720p' } })).toBe(history);
  });
});

describe('a stored draft', () => {
  it('comes back whole', () => {
    const draft = { ...filled, prompt: 'a girl', trim: { unit: 'seconds' as const, from: 0.5, to: 4 } };
    expect(reviveDraft(JSON.parse(JSON.stringify(draft)))).toEqual(draft);
  });

  it.each([null, 'text', 7, [], { orientation: 'sideways', trim: { unit: 'frames', from: 9, to: 3 }, prompt: 1 }])(
    'that is not one reads as an empty form: %j',
    (stored) => expect(reviveDraft(stored)).toEqual(emptyDraft),
  );
});
