/** Cropping on the Create screen: by ratio, by keys, by hand; one gesture is one step of undo; the check follows. */
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { CreateScreen } from '../../../renderer/screens/create/CreateScreen.tsx';
import { emptyDraft } from '../../../renderer/state/order/draft.ts';
import { useDraftStore } from '../../../renderer/state/order/draftStore.ts';
import { startHistory } from '../../../renderer/state/order/history.ts';
import { usePlayerStore } from '../../../renderer/state/trim/player.ts';
import { installBridge } from './fakeBridge.ts';
import { renderPage } from './renderPage.tsx';
import { imageAsset, videoAsset } from './samples.ts';

const draft = () => useDraftStore.getState().history.present;

beforeEach(() => {
  const filled = { ...emptyDraft, videoId: videoAsset.id, imageId: imageAsset.id };
  useDraftStore.setState({ history: startHistory(filled) });
  usePlayerStore.setState({ tool: null });
});

async function openCrop() {
  const bridge = installBridge();
  await renderPage(<CreateScreen />);
  await screen.findByRole('slider', { name: 'Playhead' });
  fireEvent.keyDown(window, { key: 'c' });
  return { bridge, box: await screen.findByTestId('crop-box') };
}

describe('the crop of the clip', () => {
  it('takes a ratio, is asked about, and goes back to the whole picture', async () => {
    const { bridge } = await openCrop();
    const bar = await screen.findByRole('toolbar', { name: 'Crop' });
    fireEvent.click(within(bar).getByRole('button', { name: '9:16' }));
    expect(draft().crop).toEqual({ x: 438, y: 0, width: 406, height: 720 });
    expect(screen.getByTestId('crop-size').textContent).toBe('406 × 720');
    await waitFor(() => expect(bridge.inputsOf('media.check').at(-1)?.crop).toEqual(draft().crop));
    fireEvent.click(within(bar).getByRole('button', { name: 'Whole frame' }));
    expect(draft().crop).toBeNull();
  });

  it('is moved and sized by keys, two pixels a press, and undone gesture by gesture', async () => {
    const { box } = await openCrop();
    fireEvent.click(await screen.findByRole('button', { name: '1:1' }));
    fireEvent.keyDown(box, { key: 'ArrowRight' });
    fireEvent.keyDown(box, { key: 'ArrowRight', shiftKey: true });
    expect(draft().crop).toEqual({ x: 302, y: 0, width: 720, height: 720 });
    const top = within(box).getByRole('slider', { name: 'Top edge' });
    fireEvent.keyDown(top, { key: 'ArrowDown', shiftKey: true });
    expect(draft().crop).toEqual({ x: 312, y: 20, width: 700, height: 700 });
    expect(top.getAttribute('aria-valuenow')).toBe('20');
    fireEvent.keyDown(window, { key: 'z', ctrlKey: true });
    expect(draft().crop).toEqual({ x: 302, y: 0, width: 720, height: 720 });
    fireEvent.keyDown(window, { key: 'z', ctrlKey: true });
    fireEvent.keyDown(window, { key: 'z', ctrlKey: true });
    expect(draft().crop).toBeNull();
    fireEvent.keyDown(window, { key: 'z', ctrlKey: true, shiftKey: true });
    expect(draft().crop).toEqual({ x: 280, y: 0, width: 720, height: 720 });
  });

  it('is closed by Enter and stays as a mask', async () => {
    const { box } = await openCrop();
    fireEvent.click(await screen.findByRole('button', { name: '1:1' }));
    fireEvent.keyDown(box, { key: 'Enter' });
    expect(screen.queryByTestId('crop-box')).toBeNull();
    expect(screen.getByTestId('crop-mask').style.left).toBe('21.875%');
  });

  it('is prepared with the clip', async () => {
    const { bridge } = await openCrop();
    fireEvent.click(await screen.findByRole('button', { name: '9:16' }));
    const prepare = screen.getByRole('button', { name: 'Prepare' });
    await waitFor(() => expect(prepare.matches(':disabled')).toBe(false));
    fireEvent.click(prepare);
    await waitFor(() => expect(bridge.inputsOf('prepared.make')[0]?.crop).toEqual(draft().crop));
  });
});

describe('an image of an illegal ratio', () => {
  const banner = { ...imageAsset, facts: { ...imageAsset.facts, width: 3000, height: 1000 } };
  const verdict = {
    field: 'image',
    rule: 'image.ratio',
    level: 'hard' as const,
    source: 'p' as const,
    state: 'blocked' as const,
    fix: 'cropImage' as const,
    params: { found: '3:1', size: '3000×1000', max: 2.5 },
  };
  const answers = {
    'assets.get': ({ id }: { id: string }) => (id === imageAsset.id ? banner : videoAsset),
    'media.check': () => ({ verdicts: [verdict], isLegal: false, plan: null, price: null }),
  };

  it('is cropped by a fix, and padded by another, each undoable', async () => {
    installBridge(answers);
    await renderPage(<CreateScreen />);
    const fixes = within(await screen.findByTestId('check'));
    fireEvent.click(fixes.getByRole('button', { name: 'Crop image' }));
    expect(draft().imageEdit).toEqual({ crop: { x: 250, y: 0, width: 2500, height: 1000 } });
    expect(screen.getByTestId('crop-mask')).toBeTruthy();
    fireEvent.keyDown(window, { key: 'z', ctrlKey: true });
    expect(draft().imageEdit).toBeNull();
    fireEvent.click(await screen.findByRole('button', { name: 'Pad image' }));
    expect(draft().imageEdit).toEqual({ pad: '#ffffff' });
    fireEvent.change(screen.getByRole('combobox', { name: 'Padding' }), { target: { value: 'blur' } });
    expect(draft().imageEdit).toEqual({ pad: 'blur' });
    fireEvent.keyDown(window, { key: 'z', ctrlKey: true });
    fireEvent.keyDown(window, { key: 'z', ctrlKey: true });
    expect(draft().imageEdit).toBeNull();
  });
});
