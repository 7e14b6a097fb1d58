/** Characters × takes and the palette's search: pure. */
import { describe, expect, it } from 'vitest';
import { emptyDraft } from '../../../renderer/state/draft.ts';
import { matchCommands } from '../../../renderer/state/matchCommands.ts';
import { cellsOf, sumPrices, toggleKeys } from '../../../renderer/state/matrix.ts';
import type { Prepared } from '../../../shared/contract/media.ts';

function take(id: string, target: Prepared['plan']['target']): Prepared {
  return {
    id,
    assetId: `clip-of-${id}`,
    assetName: `${id}.mp4`,
    plan: {
      kind: 'remux',
      target,
      preset: 'best',
      trim: { unit: 'frames', from: 30, to: 120 },
      steps: [],
      output: {
        width: 720,
        height: 1280,
        frameRate: { num: 30, den: 1 },
        frameCount: 90,
        durationSeconds: 3,
        hasAudio: true,
        predictedBytes: 1,
      },
    },
    sha256: '',
    sizeBytes: 1,
    createdAt: '2026-01-01T00:00:00Z',
    isKept: true,
  };
}

describe('cells', () => {
  it('take range, facing and preparation from the take, all else from the form', () => {
    const draft = { ...emptyDraft, prompt: 'rain', quality: '1080p' as const, elementId: 'e1' };
    const crop = { x: 100, y: 0, width: 404, height: 720 };
    const one = take('one', 'motion-image');
    const cropped = { ...one, plan: { ...one.plan, crop } };
    const cells = cellsOf({ ...draft, crop: { ...crop, x: 0 } }, ['a', 'b'], [cropped, take('two', 'motion-video')]);
    // A crop belongs to the take; what is open in the form is another clip's.
    expect([cells[0]?.recipe.crop, cells[1]?.recipe.crop]).toEqual([crop, undefined]);
    expect(cells.map((cell) => cell.key)).toEqual(['a one', 'a two', 'b one', 'b two']);
    expect(cells[0]?.recipe).toMatchObject({
      videoId: 'clip-of-one',
      imageId: 'a',
      trim: { unit: 'frames', from: 30, to: 120 },
      orientation: 'image',
      preset: 'best',
      prompt: 'rain',
      quality: '1080p',
    });
    const edited = { ...draft, imageId: 'a', imageEdit: { pad: '#ffffff' } };
    const edits = cellsOf(edited, ['a', 'b'], [take('one', 'motion-image')]).map(({ recipe }) => recipe.imageEdit);
    expect(edits).toEqual([{ pad: '#ffffff' }, undefined]);
    // An element faces as in the video: a take prepared for the image's facing goes without it.
    expect(cells.map((cell) => cell.recipe.elementId)).toEqual([undefined, 'e1', undefined, 'e1']);
  });

  it('are none for a take that was prepared for an element', () => {
    expect(cellsOf(emptyDraft, ['a'], [take('one', 'element')])).toEqual([]);
  });

  it('add up exactly', () => {
    const price = { low: '0.1', high: '0.2' };
    expect(sumPrices([price, price, price])).toEqual({ low: '0.3', high: '0.6' });
    expect(sumPrices([])).toEqual({ low: '0', high: '0' });
  });

  it('of a row go in together, and out together when all were in', () => {
    expect([...toggleKeys(new Set(['a']), ['a', 'b'])]).toEqual(['a', 'b']);
    expect([...toggleKeys(new Set(['a', 'b', 'c']), ['a', 'b'])]).toEqual(['c']);
  });
});

describe('the palette', () => {
  it('finds every word in any order, beginnings first', () => {
    const commands = ['Go to Queue', 'Theme: Dark', 'Queue up'].map((label) => ({ label }));
    expect(matchCommands(commands, 'queue').map(({ label }) => label)).toEqual(['Queue up', 'Go to Queue']);
    expect(matchCommands(commands, 'dark THEME').map(({ label }) => label)).toEqual(['Theme: Dark']);
    expect(matchCommands(commands, '')).toHaveLength(3);
  });
});
