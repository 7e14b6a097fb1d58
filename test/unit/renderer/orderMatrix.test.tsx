/** The matrix as a person works it: what is picked, what is different in a cell, what is ordered, with keys alone. */
import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { MatrixScreen } from '../../../renderer/screens/matrix/MatrixScreen.tsx';
import { clipOfAsset } from '../../../renderer/state/matrix/matrix.ts';
import { blankMatrix } from '../../../renderer/state/matrix/matrixEdits.ts';
import {
  addToMatrix,
  emptyMatrix,
  matrixOrderIds,
  startMatrix,
  useMatrixStore,
} from '../../../renderer/state/matrix/matrixStore.ts';
import { finishVisit, leaveVisit, startVisit } from '../../../renderer/state/matrix/visit.ts';
import { emptyDraft } from '../../../renderer/state/order/draft.ts';
import { useDraftStore } from '../../../renderer/state/order/draftStore.ts';
import { startHistory } from '../../../renderer/state/order/history.ts';
import type { CommandInput } from '../../../shared/contract/index.ts';
import type { Job } from '../../../shared/contract/jobs.ts';
import { tableLimits } from '../../../shared/rules/limits.ts';
import { installBridge, Refusal } from './fakeBridge.ts';
import { isDisabled, renderPage } from './renderPage.tsx';
import { imageAsset, job, videoAsset } from './samples.ts';

const images = ['ann', 'bob'].map((id) => ({ ...imageAsset, id, name: `${id}.jpg` }));
const clips = ['walk', 'jump'].flatMap(
  (id) => clipOfAsset({ ...videoAsset, id, name: `${id}.mp4` }, emptyDraft, tableLimits) ?? [],
);
const box = (image: string, clip: string) =>
  screen.getByRole<HTMLInputElement>('checkbox', { name: `${image}.jpg with ${clip}.mp4` });
const pressOrder = (number: number) => fireEvent.click(screen.getByRole('button', { name: `Generate ${number}` }));

async function open(jobs: Job[] = [], answers: Parameters<typeof installBridge>[0] = {}) {
  const bridge = installBridge({
    // Newest first, as the app answers.
    'assets.list': () => [...images].reverse(),
    'assets.get': ({ id }) => ({ ...videoAsset, id, name: `${id}.mp4` }),
    'jobs.list': () => jobs,
    'jobs.order': ({ cells }) =>
      cells.map(({ orderId, recipe }) =>
        job({ id: orderId, orderId, recipe: recipe as Job['recipe'], state: 'queued' }),
      ),
    ...answers,
  });
  addToMatrix({ clips, imageIds: ['ann', 'bob'] });
  await renderPage(<MatrixScreen />);
  await waitFor(() => expect(screen.getAllByTestId('matrix-cell')).toHaveLength(4));
  await waitFor(() => expect(screen.queryByText('Checking…')).toBeNull());
  return bridge;
}

const pairsOf = (input: CommandInput<'jobs.order'> | undefined) =>
  input?.cells.map(({ recipe }) => (recipe.kind === 'motion' ? `${recipe.imageId} ${recipe.videoId}` : ''));

beforeEach(() => {
  useDraftStore.setState({ history: startHistory(emptyDraft) });
  startMatrix(blankMatrix);
  matrixOrderIds.clear();
});

describe('what is picked', () => {
  const jobs = [
    { imageId: 'ann', videoId: 'walk', state: 'completed' as const },
    { imageId: 'ann', videoId: 'jump', state: 'running' as const },
    { imageId: 'bob', videoId: 'walk', state: 'failed' as const },
  ].map(({ imageId, videoId, state }) =>
    job({ id: imageId + videoId, state, recipe: { ...(job().recipe as object), imageId, videoId } as Job['recipe'] }),
  );

  it('is the gaps at first: what is done may be ordered again, what is on its way may not', async () => {
    const bridge = await open(jobs);
    expect([box('ann', 'walk').checked, box('bob', 'walk').checked, box('bob', 'jump').checked]).toEqual([
      false,
      true,
      true,
    ]);
    expect(isDisabled(box('ann', 'jump'))).toBe(true);
    expect(screen.getByTestId('matrix-total').textContent).toContain('for 2');
    fireEvent.click(screen.getByRole('button', { name: 'All' }));
    expect(screen.getByTestId('matrix-total').textContent).toContain('for 3');
    fireEvent.click(screen.getByRole('button', { name: 'None' }));
    expect(isDisabled(screen.getByRole('button', { name: 'Generate…' }))).toBe(true);
    fireEvent.click(screen.getByRole('button', { name: 'Not ordered yet' }));
    pressOrder(2);
    await waitFor(() => expect(pairsOf(bridge.inputsOf('jobs.order')[0])).toEqual(['bob walk', 'bob jump']));
  });

  it('goes by row and by column', async () => {
    const bridge = await open();
    fireEvent.click(screen.getByRole('button', { name: 'None' }));
    fireEvent.click(screen.getByRole('checkbox', { name: 'All clips with bob.jpg' }));
    fireEvent.click(screen.getByRole('checkbox', { name: 'All characters with walk.mp4' }));
    expect([box('ann', 'walk').checked, box('ann', 'jump').checked]).toEqual([true, false]);
    pressOrder(3);
    await waitFor(() => expect(bridge.inputsOf('jobs.order')).toHaveLength(1));
    // Rows and columns as they came.
    expect(pairsOf(bridge.inputsOf('jobs.order')[0])).toEqual(['ann walk', 'bob walk', 'bob jump']);
    // Now on their way: they are out, and cannot be ordered a second time.
    await waitFor(() => expect(isDisabled(box('bob', 'walk'))).toBe(true));
    expect(isDisabled(screen.getByRole('button', { name: 'Generate…' }))).toBe(true);
  });

  it('keeps its order ids over a failure, so that a second press is the same order', async () => {
    const bridge = await open([], {
      'jobs.order': () => {
        throw new Refusal({ code: 'network', reasons: [] });
      },
    });
    pressOrder(4);
    await waitFor(() => expect(bridge.inputsOf('jobs.order')).toHaveLength(1));
    await waitFor(() =>
      expect(screen.getByRole('button', { name: 'Generate 4' }).matches('[data-loading]')).toBe(false),
    );
    pressOrder(4);
    await waitFor(() => expect(bridge.inputsOf('jobs.order')).toHaveLength(2));
    const [first, second] = bridge.inputsOf('jobs.order');
    expect(second).toEqual(first);
    expect(new Set(first?.cells.map(({ orderId }) => orderId)).size).toBe(4);
  });
});

it('is as it was left when the same is laid out again, and new when it was emptied', async () => {
  await open();
  fireEvent.click(box('ann', 'walk'));
  fireEvent.click(screen.getByRole('button', { name: 'Change bob.jpg with walk.mp4' }));
  fireEvent.click(within(screen.getByTestId('cell-editor')).getByRole('radio', { name: '1080p' }));
  cleanup();
  const bridge = await open();
  expect(box('ann', 'walk').checked).toBe(false);
  pressOrder(3);
  await waitFor(() => expect(bridge.inputsOf('jobs.order')).toHaveLength(1));
  expect(bridge.inputsOf('jobs.order')[0]?.cells.map(({ recipe }) => 'quality' in recipe && recipe.quality)).toEqual([
    '720p',
    '1080p',
    '720p',
  ]);
  cleanup();
  emptyMatrix();
  addToMatrix({ clips: clips.slice(0, 1), imageIds: ['bob', 'ann'] });
  await renderPage(<MatrixScreen />);
  await waitFor(() => expect(screen.getAllByTestId('matrix-cell')).toHaveLength(2));
  await waitFor(() => expect(box('ann', 'walk').checked).toBe(true));
});

describe('a column', () => {
  it('is worked on in Create, with its own range, and comes back trimmed; the form is as it was', async () => {
    const bridge = await open();
    const form = useDraftStore.getState().history.present;
    startVisit('clip', 'jump');
    expect(useDraftStore.getState().history.present.videoId).toBe('jump');
    expect(window.location.hash).toBe('#/create');
    useDraftStore.getState().dispatch({ type: 'setTrim', trim: { unit: 'frames', from: 30, to: 180 } });
    await act(() => finishVisit(tableLimits));
    expect(window.location.hash).toBe('#/matrix');
    expect(useDraftStore.getState().history.present).toEqual(form);
    await waitFor(() => expect(bridge.inputsOf('media.check').some(({ trim }) => trim?.from === 30)).toBe(true));
    pressOrder(4);
    await waitFor(() => expect(bridge.inputsOf('jobs.order')).toHaveLength(1));
    const trims = bridge.inputsOf('jobs.order')[0]?.cells.map(({ recipe }) => recipe.trim?.to);
    // The other column is sent as it is, whole.
    expect(trims).toEqual([undefined, 180, undefined, 180]);
  });

  it('left without a word changes nothing', async () => {
    await open();
    const before = useMatrixStore.getState().history.present;
    startVisit('image', 'bob');
    useDraftStore.getState().dispatch({ type: 'editImage', imageEdit: { pad: '#ffffff' } });
    act(leaveVisit);
    expect(useMatrixStore.getState().history.present).toEqual(before);
    expect(useDraftStore.getState().history.present.imageId).toBeNull();
  });

  it('is moved, taken out and brought back', async () => {
    await open();
    const heads = () => screen.getAllByRole('columnheader').map((head) => within(head).getByText(/mp4$/).textContent);
    fireEvent.click(screen.getByRole('button', { name: 'More for walk.mp4' }));
    fireEvent.click(await screen.findByRole('menuitem', { name: 'Move right' }));
    expect(heads()).toEqual(['jump.mp4', 'walk.mp4']);
    fireEvent.click(screen.getByRole('button', { name: 'More for jump.mp4' }));
    fireEvent.click(await screen.findByRole('menuitem', { name: 'Remove from matrix' }));
    expect(heads()).toEqual(['walk.mp4']);
    fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
    expect(heads()).toEqual(['jump.mp4', 'walk.mp4']);
    fireEvent.click(screen.getByRole('button', { name: 'Empty matrix' }));
    expect(screen.getByText('Nothing laid out yet')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
    expect(heads()).toEqual(['jump.mp4', 'walk.mp4']);
  });
});

describe('a cell', () => {
  it('may be ordered several times, each an order of its own', async () => {
    const bridge = await open();
    fireEvent.click(screen.getByRole('button', { name: 'Change bob.jpg with walk.mp4' }));
    fireEvent.change(within(screen.getByTestId('cell-editor')).getByLabelText('Number of takes'), {
      target: { value: 'Takes: 3' },
    });
    expect(screen.getByTestId('matrix-total').textContent).toContain('for 6');
    pressOrder(6);
    await waitFor(() => expect(bridge.inputsOf('jobs.order')).toHaveLength(1));
    expect(pairsOf(bridge.inputsOf('jobs.order')[0])).toEqual([
      ...['ann walk', 'ann jump'],
      ...['bob walk', 'bob walk', 'bob walk', 'bob jump'],
    ]);
    expect(new Set(bridge.inputsOf('jobs.order')[0]?.cells.map(({ orderId }) => orderId)).size).toBe(6);
  });

  it('may differ in facing, quality, sound and prompt, and its row with it', async () => {
    const bridge = await open();
    fireEvent.click(screen.getByRole('button', { name: 'Change bob.jpg with walk.mp4' }));
    const editor = within(screen.getByTestId('cell-editor'));
    fireEvent.click(editor.getByRole('radio', { name: '1080p' }));
    fireEvent.change(editor.getByLabelText('Prompt'), { target: { value: 'snow' } });
    fireEvent.click(editor.getByRole('switch', { name: 'Keep original sound' }));
    fireEvent.click(editor.getByRole('button', { name: 'Apply to row' }));
    fireEvent.click(screen.getByRole('button', { name: 'Change bob.jpg with jump.mp4' }));
    const other = within(screen.getByTestId('cell-editor'));
    fireEvent.change(other.getByLabelText('Facing'), { target: { value: 'image' } });
    await waitFor(() => expect(screen.getByRole('button', { name: 'Generate 4' })).toBeTruthy());
    pressOrder(4);
    await waitFor(() => expect(bridge.inputsOf('jobs.order')).toHaveLength(1));
    const recipes = bridge.inputsOf('jobs.order')[0]?.cells.map(({ recipe }) => recipe);
    expect(recipes).toMatchObject([
      { imageId: 'ann', quality: '720p', keepSound: true, prompt: '', orientation: 'video' },
      { imageId: 'ann', quality: '720p' },
      { imageId: 'bob', videoId: 'walk', quality: '1080p', keepSound: false, prompt: 'snow', orientation: 'video' },
      { imageId: 'bob', videoId: 'jump', quality: '1080p', keepSound: false, prompt: 'snow', orientation: 'image' },
    ]);
    // Each cell is priced by what it would be ordered as.
    expect(bridge.inputsOf('media.check')).toContainEqual(
      expect.objectContaining({ imageId: 'bob', videoId: 'jump', quality: '1080p', orientation: 'image' }),
    );
  });

  it('is reached, changed and left by keys', async () => {
    await open();
    box('ann', 'walk').focus();
    fireEvent.keyDown(box('ann', 'walk'), { key: 'ArrowDown' });
    expect(document.activeElement).toBe(box('bob', 'walk'));
    fireEvent.keyDown(box('bob', 'walk'), { key: 'ArrowRight' });
    expect(document.activeElement).toBe(box('bob', 'jump'));
    const change = screen.getByRole('button', { name: 'Change bob.jpg with jump.mp4' });
    fireEvent.click(change);
    const facing = screen.getByLabelText('Facing');
    expect(document.activeElement).toBe(facing);
    fireEvent.keyDown(facing, { key: 'Escape' });
    expect(screen.queryByTestId('cell-editor')).toBeNull();
    expect(document.activeElement).toBe(change);
  });

  it('small: gives its editor no room before one is chosen, and stays in sight when the editor takes some', async () => {
    const shown: (string | undefined)[] = [];
    const usual = HTMLElement.prototype.scrollIntoView;
    HTMLElement.prototype.scrollIntoView = function (this: HTMLElement) {
      shown.push(this.dataset.testid);
    };
    try {
      await open();
      const hint = screen.getByText(/can differ by cell/);
      // A line of text: no frame of the height that fields would have.
      expect(hint.tagName).toBe('P');
      expect(shown).toEqual([]);
      fireEvent.click(screen.getByRole('button', { name: 'Change bob.jpg with jump.mp4' }));
      expect(screen.getByTestId('cell-editor').tagName).toBe('FIELDSET');
      expect(screen.queryByText(/can differ by cell/)).toBeNull();
      expect(shown).toEqual(['matrix-cell']);
    } finally {
      HTMLElement.prototype.scrollIntoView = usual;
    }
  });

  it('that cannot be ordered says why', async () => {
    await open([], {
      'media.check': ({ imageId }) => ({
        verdicts: [
          {
            field: 'image',
            rule: 'image.ratio',
            level: 'hard',
            source: 'p',
            state: 'blocked',
            fix: null,
            params: { ratio: 3, min: 0.4, max: 2.5 },
          },
        ],
        isLegal: imageId !== 'bob',
        plan: null,
        price: { low: '8', high: '8' },
      }),
    });
    const blocked = screen.getAllByTitle(/Aspect ratio|2\.5/);
    expect(blocked.map((cell) => cell.textContent?.startsWith('Blocked'))).toEqual([true, true]);
  });
});
