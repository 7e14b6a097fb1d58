/** The draft: edits as pure steps, the element's rule, undo, and what comes back from storage. */
import { describe, expect, it } from 'vitest';
import {
  type Draft,
  type DraftAction,
  draftFromRecipe,
  draftReducer,
  editDraft,
  emptyDraft,
  isReady,
  recipeOf,
  reviveDraft,
} from '../../../renderer/state/order/draft.ts';
import { redo, startHistory, undo } from '../../../renderer/state/order/history.ts';
import type { MotionRecipe } from '../../../shared/contract/jobs.ts';
import type { CheckResult } from '../../../shared/contract/media.ts';

const filled = { ...emptyDraft, videoId: 'v', imageId: 'i' };
const recipe: MotionRecipe = {
  kind: 'motion',
  videoId: 'v',
  imageId: 'i',
  orientation: 'video',
  quality: '720p',
  preset: 'fast',
  keepSound: true,
  prompt: '',
  watermark: false,
};

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
    expect(recipeOf({ ...filled, project: '  ', callbackUrl: '' })).toEqual(recipe);
  });

  it('survives the way into the form and back', () => {
    const draft = {
      ...filled,
      trim: { unit: 'frames' as const, from: 3, to: 99 },
      crop: { x: 656, y: 0, width: 608, height: 1080 },
      pad: 'blur' as const,
      imageEdit: { crop: { x: 0, y: 10, width: 300, height: 300 }, pad: '#ffffff', background: '#808080' },
      quality: '1080p' as const,
      elementId: 'e',
      project: 'Reel',
      callbackUrl: 'https://example.com/x',
    };
    const made = recipeOf(draft);
    expect(made && draftFromRecipe(made)).toEqual(draft);
  });

  it('may be ordered only when the check is legal and has a plan', () => {
    const check: CheckResult = { verdicts: [], isLegal: true, plan: null, price: null };
    expect(isReady(filled, check)).toBe(false);
    expect(isReady(filled, undefined)).toBe(false);
  });
});

describe('a crop', () => {
  const crop = { x: 656, y: 0, width: 608, height: 1080 };
  const cropped = draftReducer(filled, { type: 'setCrop', crop });

  it('goes into the recipe, and leaves with the clip it was made for', () => {
    expect(recipeOf(cropped)?.crop).toEqual(crop);
    expect(draftReducer(cropped, { type: 'setVideo', videoId: 'other', trim: null }).crop).toBeNull();
    expect(draftReducer(cropped, { type: 'setImage', imageId: 'other' }).crop).toEqual(crop);
  });

  it('of the image leaves with the image; an edit that changes nothing is none', () => {
    const edited = draftReducer(filled, { type: 'editImage', imageEdit: { pad: '#ffffff' } });
    expect(recipeOf(edited)?.imageEdit).toEqual({ pad: '#ffffff' });
    expect(draftReducer(edited, { type: 'setImage', imageId: 'other' }).imageEdit).toBeNull();
    expect(recipeOf(draftReducer(edited, { type: 'editImage', imageEdit: {} }))?.imageEdit).toBeUndefined();
  });
});

describe('undo', () => {
  const trimTo = (to: number, edit: string) => ({
    type: 'setTrim' as const,
    trim: { unit: 'frames' as const, from: 0, to },
    edit,
  });

  it('takes one gesture back as one step, however many moves it had', () => {
    let history = startHistory<Draft>(filled);
    for (const to of [90, 80, 70]) history = editDraft(history, trimTo(to, 'drag-1'));
    history = editDraft(history, trimTo(60, 'drag-2'));
    expect(history.present.trim?.to).toBe(60);
    history = undo(history);
    expect(history.present.trim?.to).toBe(70);
    history = undo(history);
    expect(history.present.trim).toBeNull();
    expect(undo(history)).toBe(history);
  });

  it('covers trim, crop, image and recipe alike, in the order in which they were made', () => {
    const crop = { x: 0, y: 0, width: 100, height: 100 };
    const edits: DraftAction[] = [
      trimTo(90, 'drag-1'),
      { type: 'setCrop', crop, edit: 'crop-1' },
      { type: 'setCrop', crop: { ...crop, x: 2 }, edit: 'crop-1' },
      { type: 'setPad', pad: 'blur' },
      { type: 'setSoundTrack', soundTrack: 2 },
      { type: 'editImage', imageEdit: { pad: '#ffffff' } },
      { type: 'setElement', elementId: 'e' },
      { type: 'patch', patch: { quality: '1080p' } },
      { type: 'load', recipe: { ...recipe, prompt: 'rain' } },
    ];
    const steps = [startHistory<Draft>(filled)];
    for (const edit of edits) steps.push(editDraft(steps.at(-1) ?? startHistory<Draft>(filled), edit));
    const last = steps.at(-1) ?? startHistory<Draft>(filled);
    const back: Draft[] = [];
    let history = last;
    for (; history.past.length > 0; history = undo(history)) back.push(history.present);
    expect(history.present).toEqual(filled);
    // Both moves of the crop box were one gesture.
    expect(back).toHaveLength(edits.length - 1);
    for (const draft of back.toReversed()) {
      history = redo(history);
      expect(history.present).toEqual(draft);
    }
    expect(redo(history)).toBe(history);
  });

  it('brings back what was undone until something else is edited', () => {
    let history = editDraft(startHistory<Draft>(filled), { type: 'patch', patch: { prompt: 'a' }, edit: 'prompt' });
    history = redo(undo(history));
    expect(history.present.prompt).toBe('a');
    history = editDraft(undo(history), { type: 'patch', patch: { quality: '1080p' } });
    expect(redo(history).present.prompt).toBe('');
  });

  it('does not count an edit that changes nothing', () => {
    const history = startHistory<Draft>(filled);
    expect(editDraft(history, { type: 'patch', patch: { quality: '720p' } })).toBe(history);
  });
});

describe('a stored draft', () => {
  it('comes back whole', () => {
    const part = { x: 2, y: 4, width: 60, height: 80 };
    const imageEdit = { crop: part, pad: 'blur' as const, background: '#808080' };
    const draft = {
      ...filled,
      crop: part,
      pad: '#00ff00',
      soundTrack: 3,
      imageEdit,
      prompt: 'a girl',
      trim: { unit: 'seconds' as const, from: 0.5, to: 4 },
    };
    expect(reviveDraft(JSON.parse(JSON.stringify(draft)))).toEqual(draft);
  });

  it.each([
    null,
    'text',
    7,
    [],
    { crop: { x: 0.5, y: 0, width: 9, height: 9 }, pad: 'red', imageEdit: { pad: 3 }, soundTrack: -1 },
    { orientation: 'sideways', trim: { unit: 'frames', from: 9, to: 3 }, prompt: 1 },
  ])('that is not one reads as an empty form: %j', (stored) => expect(reviveDraft(stored)).toEqual(emptyDraft));
});
