/** The Create screen: fixes that act, handles that speak, keys, refusals, languages. */
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { beforeEach, describe, expect, it } from 'vitest';
import { CreateScreen } from '../../../renderer/screens/create/CreateScreen.tsx';
import { DropOverlay } from '../../../renderer/shell/DropOverlay.tsx';
import { fixesOf } from '../../../renderer/state/order/checkOrder.ts';
import { emptyDraft } from '../../../renderer/state/order/draft.ts';
import { useDraftStore } from '../../../renderer/state/order/draftStore.ts';
import { startHistory } from '../../../renderer/state/order/history.ts';
import { useIntakeStore } from '../../../renderer/state/order/intake.ts';
import { installBridge, legalCheck } from './fakeBridge.ts';
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
  /** What the app finds of it stands in the checks, with both ways out; beside the choice it is said. */
  async function chooseImageFacing(): Promise<void> {
    const tooLong = {
      field: 'video',
      rule: 'clip.durationMax',
      level: 'hard' as const,
      source: 'p' as const,
      state: 'blocked' as const,
      fix: 'switchToVideo' as const,
      params: { found: 20, max: 10, over: 10, context: 'image' },
    };
    installBridge({
      'media.check': ({ orientation, trim }) =>
        orientation === 'image' && !trim
          ? { verdicts: [tooLong], isLegal: false, plan: null, price: null }
          : legalCheck,
    });
    await renderPage(<CreateScreen />);
    fireEvent.click(await screen.findByRole('radio', { name: 'Like the image' }));
    await screen.findByText('Range: 20.00 s, maximum for this facing: 10 s.');
  }

  it('offers to trim, and the trim can be undone', async () => {
    await chooseImageFacing();
    fireEvent.click(await screen.findByRole('button', { name: 'Trim to 10 s' }));
    await waitFor(() => expect(draft().trim).toEqual({ unit: 'frames', from: 0, to: 300 }));
    fireEvent.keyDown(window, { key: 'z', ctrlKey: true });
    expect(draft().trim).toBeNull();
  });

  it('offers to face as in the video instead', async () => {
    await chooseImageFacing();
    fireEvent.click(await screen.findByRole('button', { name: 'Face like the video' }));
    await waitFor(() => expect(draft().orientation).toBe('video'));
  });
});

describe('preparing', () => {
  it('shows again after a visit to another screen', async () => {
    installBridge({ 'prepared.make': () => new Promise(() => undefined) });
    function Visit() {
      const [isHere, setIsHere] = useState(true);
      return (
        <>
          <button type="button" onClick={() => setIsHere(!isHere)}>
            visit
          </button>
          {isHere ? <CreateScreen /> : null}
        </>
      );
    }
    await renderPage(<Visit />);
    const button = await screen.findByRole('button', { name: 'Prepare' });
    await waitFor(() => expect(isDisabled(button)).toBe(false));
    fireEvent.click(button);
    await screen.findByText('Preparing…');
    fireEvent.click(screen.getByRole('button', { name: 'visit' }));
    expect(screen.queryByText('Preparing…')).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'visit' }));
    await screen.findByText('Preparing…');
  });
});

describe('a callback URL that cannot be sent', () => {
  it('is refused beside its field', async () => {
    const verdict = {
      field: 'callbackUrl',
      rule: 'callbackUrl.https',
      level: 'hard' as const,
      source: 'd' as const,
      state: 'blocked' as const,
      fix: null,
      params: { url: 'http://x' },
    };
    installBridge({ 'media.check': () => ({ verdicts: [verdict], isLegal: false, plan: null, price: null }) });
    useDraftStore.setState({ history: startHistory({ ...draft(), callbackUrl: 'http://x' }) });
    await renderPage(<CreateScreen />);
    const field = await screen.findByRole('textbox', { name: 'Callback URL' });
    await waitFor(() => expect(field.getAttribute('aria-invalid')).toBe('true'));
  });
});

describe('an element', () => {
  it('with the image’s facing offers the switch alone: no trim would help', () => {
    const verdict = {
      field: 'orientation',
      level: 'hard',
      source: 'd',
      state: 'blocked',
      fix: 'switchToVideo',
    } as const;
    expect(fixesOf({ ...verdict, rule: 'element.orientation' })).toEqual(['switchToVideo']);
    expect(fixesOf({ ...verdict, rule: 'clip.duration.max' })).toEqual(['trimToMax', 'switchToVideo']);
  });

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
    expect(isDisabled(screen.getByRole('radio', { name: 'Like the image' }))).toBe(true);
    screen.getByText(/always faces like the video/);
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
    fireEvent.click(screen.getByRole('button', { name: 'Use as character' }));
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
