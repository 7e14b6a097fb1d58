/** Characters × takes and the palette's search: pure. */
import { describe, expect, it } from 'vitest';
import { usesOf } from '../../../renderer/state/library/elementUses.ts';
import {
  cellsOf,
  clipOfAsset,
  clipOfTake,
  isGap,
  isOnItsWay,
  jobOf,
  jobsByPair,
  type MatrixChanges,
  type MatrixClip,
  neighbourCell,
  sumPrices,
} from '../../../renderer/state/matrix/matrix.ts';
import { blankMatrix, matrixHistoryReducer, matrixReducer } from '../../../renderer/state/matrix/matrixEdits.ts';
import { reviveMatrix } from '../../../renderer/state/matrix/matrixKeeper.ts';
import { emptyDraft } from '../../../renderer/state/order/draft.ts';
import { startHistory } from '../../../renderer/state/order/history.ts';
import type { Prepared, VideoFacts } from '../../../shared/contract/media.ts';
import { tableLimits } from '../../../shared/rules/limits.ts';
import { imageAsset, job, videoAsset } from './samples.ts';

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

const clip = (id: string, target: Prepared['plan']['target']): MatrixClip => {
  const column = clipOfTake(take(id, target));
  if (!column) throw new Error(`${id} makes no column`);
  return column;
};
const layout = (imageIds: string[], clips: MatrixClip[], changes: MatrixChanges = {}) => ({ imageIds, clips, changes });

describe('columns', () => {
  it('take range, facing and preparation from a prepared take; one for an element is none', () => {
    expect(clip('one', 'motion-image')).toMatchObject({
      assetId: 'clip-of-one',
      seconds: 3,
      trim: { unit: 'frames', from: 30, to: 120 },
      orientation: 'image',
      preset: 'best',
    });
    expect(clipOfTake(take('one', 'element'))).toBeNull();
  });

  it("show a clip that has just come as far as it may be sent, and the form's own as the form has it", () => {
    const long = {
      ...videoAsset,
      facts: { ...videoAsset.facts, frameCount: 3000, durationSeconds: 100 } as VideoFacts,
    };
    const draft = { ...emptyDraft, orientation: 'image' as const };
    expect(clipOfAsset(long, draft, tableLimits)).toMatchObject({
      seconds: 10,
      trim: { unit: 'frames', from: 0, to: 300 },
    });
    const trim = { unit: 'frames' as const, from: 60, to: 150 };
    expect(clipOfAsset(long, { ...draft, videoId: long.id, trim }, tableLimits)).toMatchObject({ seconds: 3, trim });
    expect(clipOfAsset(imageAsset, draft, tableLimits)).toBeNull();
  });
});

describe('cells', () => {
  const draft = { ...emptyDraft, prompt: 'rain', quality: '1080p' as const, elementId: 'e1' };

  it('take from the column what the clip decides, all else from the form', () => {
    const crop = { x: 100, y: 0, width: 404, height: 720 };
    const cropped = { ...clip('one', 'motion-image'), crop };
    const open = { ...draft, crop: { ...crop, x: 0 } };
    const cells = cellsOf(open, layout(['a', 'b'], [cropped, clip('two', 'motion-video')]));
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
    const edits = cellsOf(edited, layout(['a', 'b'], [clip('one', 'motion-image')])).map(
      ({ recipe }) => recipe.imageEdit,
    );
    expect(edits).toEqual([{ pad: '#ffffff' }, undefined]);
    // An element faces as in the video: a take prepared for the image's facing goes without it.
    expect(cells.map((cell) => cell.recipe.elementId)).toEqual([undefined, 'e1', undefined, 'e1']);
  });

  it('differ where a person says so, and in nothing else', () => {
    const changes = {
      'b one': { prompt: 'snow', quality: '720p' as const, keepSound: false, orientation: 'image' as const },
    };
    const [a, b] = cellsOf(draft, layout(['a', 'b'], [clip('one', 'motion-video')], changes));
    expect(b?.recipe).toEqual({
      ...a?.recipe,
      imageId: 'b',
      prompt: 'snow',
      quality: '720p',
      keepSound: false,
      orientation: 'image',
      elementId: undefined,
    });
    expect(b?.usual).toEqual({ prompt: 'rain', quality: '1080p', keepSound: true, orientation: 'video', takes: 1 });
  });

  it('know the newest job of the same pair, range and crop, on this account', () => {
    const [cell] = cellsOf(draft, layout(['a'], [clip('one', 'motion-video')]));
    if (!cell) throw new Error('no cell');
    const same = { recipe: cell.recipe, accountId: 'mine' };
    const jobs = [
      job({ ...same, id: 'old', createdAt: '2026-01-01T00:00:00Z' }),
      job({ ...same, id: 'new', createdAt: '2026-01-03T00:00:00Z' }),
      job({ ...same, id: 'theirs', createdAt: '2026-01-04T00:00:00Z', accountId: 'theirs' }),
      job({
        ...same,
        id: 'other range',
        createdAt: '2026-01-05T00:00:00Z',
        recipe: { ...cell.recipe, trim: undefined },
      }),
      job({ ...same, id: 'other image', createdAt: '2026-01-05T00:00:00Z', recipe: { ...cell.recipe, imageId: 'z' } }),
    ];
    expect(jobOf(cell, jobsByPair(jobs, 'mine'))?.id).toBe('new');
    expect(jobOf(cell, jobsByPair([], 'mine'))).toBeNull();
  });

  it('are gaps while nothing has come of them', () => {
    expect([null, 'failed', 'ended', 'completed', 'running', 'waiting'].map((group) => isGap(group as never))).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(isOnItsWay('waiting') && isOnItsWay('running')).toBe(true);
    expect(isOnItsWay('completed') || isOnItsWay(null)).toBe(false);
  });

  it('add up exactly', () => {
    const price = { low: '0.1', high: '0.2' };
    expect(sumPrices([price, price, price])).toEqual({ low: '0.3', high: '0.6' });
    expect(sumPrices([])).toEqual({ low: '0', high: '0' });
  });
});

describe('edits', () => {
  const usual = { orientation: 'video', quality: '720p', keepSound: true, prompt: '', takes: 1 } as const;
  const cells = ['a', 'b'].map((key) => ({ key, usual }));

  it('of several cells are one action; what says the same as the form is no change', () => {
    const both = matrixReducer(blankMatrix, { type: 'change', cells, patch: { prompt: 'snow', quality: '1080p' } });
    expect(both.changes).toEqual({
      a: { prompt: 'snow', quality: '1080p' },
      b: { prompt: 'snow', quality: '1080p' },
    });
    const back = matrixReducer(both, { type: 'change', cells: cells.slice(0, 1), patch: { prompt: '' } });
    expect(back.changes).toEqual({ a: { quality: '1080p' }, b: { prompt: 'snow', quality: '1080p' } });
    const none = matrixReducer(back, { type: 'change', cells: cells.slice(0, 1), patch: { quality: '720p' } });
    expect(none.changes).toEqual({ b: { prompt: 'snow', quality: '1080p' } });
    expect(matrixReducer(none, { type: 'reset', keys: ['b'] }).changes).toEqual({});
  });

  it("keep a person's word on what is picked until the gaps are asked for again", () => {
    const picked = matrixReducer(blankMatrix, { type: 'pick', keys: ['a', 'b'], isIn: true });
    const out = matrixReducer(picked, { type: 'pick', keys: ['b'], isIn: false });
    expect(out.picks).toEqual({ a: true, b: false });
    expect(matrixReducer(out, { type: 'pickGaps', keys: ['a'] }).picks).toEqual({ b: false });
    expect(matrixReducer(out, { type: 'pickGaps' }).picks).toEqual({});
  });

  it('are undone step by step, a prompt as typed in one; nothing leads back behind an order', () => {
    const type = (history: ReturnType<typeof matrixHistoryReducer>, prompt: string) =>
      matrixHistoryReducer(history, { type: 'change', cells: cells.slice(0, 1), patch: { prompt }, edit: 'prompt a' });
    const picked = matrixHistoryReducer(startHistory(blankMatrix), { type: 'pick', keys: ['a'], isIn: false });
    const typed = type(type(picked, 's'), 'snow');
    const back = matrixHistoryReducer(typed, { type: 'undo' });
    expect(back.present).toMatchObject({ changes: {}, picks: { a: false } });
    expect(matrixHistoryReducer(back, { type: 'undo' }).present).toEqual(blankMatrix);
    expect(matrixHistoryReducer(back, { type: 'redo' }).present).toEqual(typed.present);
    const ordered = matrixHistoryReducer(typed, { type: 'ordered', keys: ['a'] });
    expect(ordered.present).toMatchObject({ changes: { a: { prompt: 'snow' } }, picks: {} });
    expect(matrixHistoryReducer(ordered, { type: 'undo' })).toBe(ordered);
  });
});

describe('rows and columns', () => {
  const two = matrixReducer(blankMatrix, {
    type: 'add',
    clips: [clip('one', 'motion-video'), clip('two', 'motion-video'), clip('three', 'motion-video')],
    imageIds: ['a', 'b'],
  });
  const keys = ({ clips }: typeof two) => clips.map(({ key }) => key);

  it('are moved within their own kind, and stay within the edge', () => {
    expect(keys(matrixReducer(two, { type: 'move', line: 'clip', key: 'three', to: 0 }))).toEqual([
      'three',
      'one',
      'two',
    ]);
    expect(keys(matrixReducer(two, { type: 'move', line: 'clip', key: 'one', to: 9 }))).toEqual([
      'two',
      'three',
      'one',
    ]);
    expect(matrixReducer(two, { type: 'move', line: 'image', key: 'b', to: -1 }).imageIds).toEqual(['b', 'a']);
    expect(matrixReducer(two, { type: 'move', line: 'image', key: 'gone', to: 0 })).toEqual(two);
  });

  it('take what was changed for their cells with them, and undo brings all of it back', () => {
    const cell = { key: 'a two', usual: cellsOf(emptyDraft, two)[0]?.usual };
    if (!cell.usual) throw new Error('no cell');
    const changed = matrixHistoryReducer(startHistory(two), {
      type: 'change',
      cells: [{ key: cell.key, usual: cell.usual }],
      patch: { takes: 3 },
    });
    const removed = matrixHistoryReducer(changed, { type: 'remove', line: 'clip', key: 'two' });
    expect(keys(removed.present)).toEqual(['one', 'three']);
    expect(removed.present.changes).toEqual({});
    expect(matrixHistoryReducer(removed, { type: 'undo' }).present).toEqual(changed.present);
    const empty = matrixHistoryReducer(removed, { type: 'empty' });
    expect(keys(matrixHistoryReducer(empty, { type: 'undo' }).present)).toEqual(['one', 'three']);
  });

  it('keep what a column was trimmed to, and what of a row is used', () => {
    const trim = { unit: 'frames' as const, from: 10, to: 100 };
    const trimmed = matrixReducer(two, {
      type: 'setClip',
      key: 'one',
      clip: { ...clip('one', 'motion-video'), trim },
    });
    const cut = matrixReducer(trimmed, { type: 'setImageEdit', imageId: 'b', imageEdit: { pad: '#ffffff' } });
    const recipes = cellsOf(emptyDraft, cut).map(({ recipe }) => recipe);
    expect(recipes.map(({ trim: { from } = { from: -1 } }) => from)).toEqual([10, 30, 30, 10, 30, 30]);
    expect(recipes.map(({ imageEdit }) => imageEdit?.pad ?? null)).toEqual([
      null,
      null,
      null,
      ...Array(3).fill('#ffffff'),
    ]);
    // All of it is there after a restart, and what is not whole is left out.
    expect(reviveMatrix(JSON.stringify(cut))).toEqual(cut);
    const bent = {
      ...cut,
      clips: [...cut.clips, { key: 'x' }, null, 7],
      imageIds: ['a', 4],
      picks: { a: 'yes', b: true },
    };
    expect(reviveMatrix(JSON.stringify(bent))).toEqual({ ...cut, imageIds: ['a'], picks: { b: true } });
    expect(reviveMatrix('{"clips":')).toEqual(blankMatrix);
  });
});

describe('arrow keys', () => {
  it('lead to the neighbour, and nowhere beyond the edge', () => {
    const size = { rows: 2, columns: 3 };
    expect(neighbourCell({ row: 0, column: 0 }, 'ArrowRight', size)).toEqual({ row: 0, column: 1 });
    expect(neighbourCell({ row: 0, column: 2 }, 'ArrowDown', size)).toEqual({ row: 1, column: 2 });
    expect(neighbourCell({ row: 0, column: 2 }, 'ArrowRight', size)).toBeNull();
    expect(neighbourCell({ row: 0, column: 0 }, 'ArrowUp', size)).toBeNull();
    expect(neighbourCell({ row: 1, column: 1 }, 'Enter', size)).toBeNull();
  });
});

describe('an element', () => {
  it('is used in the orders that name it, the newest first', () => {
    const [cell] = cellsOf(emptyDraft, layout(['a'], [clip('one', 'motion-video')]));
    if (!cell) throw new Error('no cell');
    const { recipe } = cell;
    const uses = (elementId: string, id: string, createdAt: string) =>
      job({ id, createdAt, recipe: { ...recipe, elementId } });
    const jobs = [
      uses('e1', 'old', '2026-01-01T00:00:00Z'),
      uses('e2', 'other', '2026-01-02T00:00:00Z'),
      uses('e1', 'new', '2026-01-03T00:00:00Z'),
      job({ id: 'none' }),
    ];
    expect(usesOf('e1', jobs).map(({ id }) => id)).toEqual(['new', 'old']);
  });
});
