/** The Create screen: fixes that act, handles that speak, keys, refusals, languages. */
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { CreateScreen } from '../../../renderer/screens/create/CreateScreen.tsx';
import { DropOverlay } from '../../../renderer/shell/DropOverlay.tsx';
import { emptyDraft, startHistory } from '../../../renderer/state/draft.ts';
import { useDraftStore } from '../../../renderer/state/draftStore.ts';
import { useIntakeStore } from '../../../renderer/state/intake.ts';
import { installBridge } from './fakeBridge.ts';
import { isDisabled, renderPage } from './renderPage.tsx';
import { imageAsset, videoAsset } from './samples.ts';

const draft = () => useDraftStore.getState().history.present;

beforeEach(() => {
  const filled = { ...emptyDraft, videoId: videoAsset.id, imageId: imageAsset.id };
  useDraftStore.setState({ history: startHistory(filled) });
  useIntakeStore.setState({ refusals: { video: null, image: null }, reading: { video: false, image: false } });
});

describe('handles', () => {
  it('speak their timecode and move by frames', async () => {
    installBridge();
    await renderPage(<CreateScreen />);
    const out = await screen.findByRole('slider', { name: 'Out point' });
    expect(out.getAttribute('aria-valuetext')).toBe('00:00:20:00');
    fireEvent.keyDown(out, { key: 'ArrowLeft', shiftKey: true });
    expect(out.getAttribute('aria-valuetext')).toBe('00:00:19:20');
    expect(draft().trim).toEqual({ unit: 'frames', from: 0, to: 590 });
    expect(screen.getByTestId('billed').textContent).toBe('19.67 s → 20 s billed');
  });
});

describe('another clip', () => {
  it('is shown from its beginning', async () => {
    installBridge({ 'assets.get': ({ id }) => (id === imageAsset.id ? imageAsset : { ...videoAsset, id }) });
    await renderPage(<CreateScreen />);
    const playhead = await screen.findByRole('slider', { name: 'Playhead' });
    fireEvent.keyDown(window, { key: 'End' });
    expect(playhead.getAttribute('aria-valuenow')).toBe('599');
    act(() => useDraftStore.getState().dispatch({ type: 'setVideo', videoId: 'clip-2', trim: null }));
    await waitFor(() =>
      expect(screen.getByRole('slider', { name: 'Playhead' }).getAttribute('aria-valuenow')).toBe('0'),
    );
  });
});

describe('choosing the image’s facing with a longer range', () => {
  it('offers to trim, and the trim can be undone', async () => {
    installBridge();
    await renderPage(<CreateScreen />);
    fireEvent.click(await screen.findByRole('radio', { name: 'the character image' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Trim to 10 s' }));
    await waitFor(() => expect(draft().trim).toEqual({ unit: 'frames', from: 0, to: 300 }));
    fireEvent.keyDown(window, { key: 'z', ctrlKey: true });
    expect(draft().trim).toBeNull();
  });

  it('offers to face as in the video instead', async () => {
    installBridge();
    await renderPage(<CreateScreen />);
    fireEvent.click(await screen.findByRole('radio', { name: 'the character image' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Face as in the video' }));
    await waitFor(() => expect(draft().orientation).toBe('video'));
  });
});

describe('an element', () => {
  it('locks the facing and says why', async () => {
    const element = {
      elementId: 'e1',
      name: 'Ann',
      description: 'd',
      jobId: 'j',
      accountId: 'sandbox',
      isUsable: true,
      createdAt: '2026-01-01T00:00:00Z',
    };
    installBridge({ 'elements.list': () => [element] });
    await renderPage(<CreateScreen />);
    await screen.findByRole('option', { name: 'Ann' });
    fireEvent.change(screen.getByRole('combobox', { name: 'Custom element' }), { target: { value: 'e1' } });
    expect(isDisabled(screen.getByRole('radio', { name: 'the character image' }))).toBe(true);
    screen.getByText(/is made from video/);
  });
});

describe('files', () => {
  it('of the wrong kind are refused with the reason, and may be used in the other place', async () => {
    useDraftStore.setState({ history: startHistory(emptyDraft) });
    installBridge({}, async () => [{ ok: true, value: imageAsset }]);
    await renderPage(<CreateScreen />);
    const input = screen.getByTestId('intake-video');
    fireEvent.change(input, { target: { files: [new File(['x'], 'wanderer.jpg', { type: 'image/jpeg' })] } });
    await screen.findByText(/“wanderer.jpg” is an image/);
    expect(draft().imageId).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Use it as the character' }));
    await screen.findByRole('img', { name: 'Character: wanderer.jpg' });
  });

  it('dragged over the window meet two named targets', async () => {
    installBridge();
    await renderPage(<DropOverlay />);
    fireEvent.dragEnter(window, { dataTransfer: { types: ['Files'], files: [] } });
    expect((await screen.findByTestId('overlay-drop-video')).textContent).toContain('Motion');
    expect(screen.getByTestId('overlay-drop-image').textContent).toContain('Character');
    fireEvent.dragLeave(window, { relatedTarget: null });
    await waitFor(() => expect(screen.queryByTestId('overlay-drop-video')).toBeNull());
  });
});

describe('languages', () => {
  it.each([
    ['ja', '生成'],
    ['ko', '생성'],
  ] as const)('%s', async (language, generate) => {
    installBridge();
    await renderPage(<CreateScreen />, language);
    await screen.findByRole('button', { name: generate });
  });
});
