/** Kept recipes and snippets: saved, replaced, applied as one step of undo, and put into the prompt where the caret stands. */
import { describe, expect, it } from 'vitest';
import { type Draft, editDraft, emptyDraft } from '../../../renderer/state/order/draft.ts';
import { startHistory, undo } from '../../../renderer/state/order/history.ts';
import {
  insertSnippet,
  isSnippet,
  removePreset,
  savePreset,
  saveSnippet,
} from '../../../renderer/state/order/saved.ts';
import { settingsPatchSchema } from '../../../shared/contract/app.ts';

const draft = {
  ...emptyDraft,
  videoId: 'v',
  imageId: 'i',
  quality: '1080p' as const,
  prompt: 'rain',
  elementId: 'element-1',
  project: 'Film',
};

describe('presets', () => {
  it('hold the recipe without clip and character, and cross the contract', () => {
    const recipePresets = savePreset([], ' Night ', draft);
    expect(recipePresets).toEqual([
      {
        name: 'Night',
        recipe: {
          orientation: 'video',
          quality: '1080p',
          preset: 'fast',
          keepSound: true,
          prompt: 'rain',
          elementId: 'element-1',
          watermark: false,
          callbackUrl: '',
          project: 'Film',
        },
      },
    ]);
    expect(settingsPatchSchema.parse({ recipePresets })).toEqual({ recipePresets });
  });

  it('replace the one of the same name, and go', () => {
    const one = savePreset(savePreset([], 'B', draft), 'A', draft);
    const changed = savePreset(one, 'B', { ...draft, prompt: 'snow' });
    expect(changed.map(({ name, recipe }) => [name, recipe.prompt])).toEqual([
      ['A', 'rain'],
      ['B', 'snow'],
    ]);
    expect(removePreset(changed, 'A').map(({ name }) => name)).toEqual(['B']);
  });

  it('apply in one step, keep clip and character, follow the rule of elements, and are undone in one', () => {
    const [preset] = savePreset([], 'Night', draft);
    const before = startHistory<Draft>({ ...emptyDraft, videoId: 'other', orientation: 'image' });
    const after = editDraft(before, { type: 'patch', patch: preset?.recipe ?? {} });
    expect(after.present).toMatchObject({ videoId: 'other', imageId: null, prompt: 'rain', orientation: 'video' });
    expect(undo(after).present).toEqual(before.present);
  });
});

describe('snippets', () => {
  it('are kept once, newest first', () => {
    expect(saveSnippet(['a', 'b'], ' b ')).toEqual(['b', 'a']);
    expect([isSnippet(' '), isSnippet('x'), isSnippet('x'.repeat(2501))]).toEqual([false, true, false]);
  });

  it.each([
    ['into nothing', '', 0, 0, 'fog', 'fog', 3],
    ['at the end', 'rain', 4, 4, 'fog', 'rain fog', 8],
    ['after a blank', 'rain ', 5, 5, 'fog', 'rain fog', 8],
    ['between words', 'rain wind', 4, 4, 'fog', 'rain fog wind', 8],
    ['before a comma', 'rain, wind', 4, 4, 'fog', 'rain fog, wind', 8],
    ['in place of a selection', 'rain and wind', 5, 8, 'or', 'rain or wind', 7],
  ])('go %s', (_name, prompt, start, end, snippet, wanted, caret) =>
    expect(insertSnippet(prompt, { start, end }, snippet)).toEqual({ prompt: wanted, caret }),
  );
});
