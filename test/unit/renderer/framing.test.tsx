/** Comparing the framing: opened by its key, the lines moved by arrows and spoken, the player goes on. */
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { CreateScreen } from '../../../renderer/screens/create/CreateScreen.tsx';
import { emptyDraft } from '../../../renderer/state/order/draft.ts';
import { useDraftStore } from '../../../renderer/state/order/draftStore.ts';
import { startHistory } from '../../../renderer/state/order/history.ts';
import { usePlayerStore } from '../../../renderer/state/trim/player.ts';
import { installBridge } from './fakeBridge.ts';
import { renderPage } from './renderPage.tsx';
import { imageAsset, videoAsset } from './samples.ts';

beforeEach(() => usePlayerStore.setState({ tool: null }));

it('shows both at once, with lines that move by keys, and keeps the player', async () => {
  useDraftStore.setState({ history: startHistory({ ...emptyDraft, videoId: videoAsset.id, imageId: imageAsset.id }) });
  installBridge();
  await renderPage(<CreateScreen />);
  const video = await screen.findByLabelText('Reference video: dance.mp4');
  await screen.findByRole('img', { name: 'Character: wanderer.jpg' });
  fireEvent.keyDown(window, { key: 'f' });
  const head = await screen.findByRole('slider', { name: 'Head' });
  expect(head.getAttribute('aria-valuetext')).toBe('12 % from the top');
  fireEvent.keyDown(head, { key: 'ArrowDown', shiftKey: true });
  expect(head.getAttribute('aria-valuetext')).toBe('17 % from the top');
  // The same element: what plays goes on playing.
  expect(screen.getByLabelText('Reference video: dance.mp4')).toBe(video);
  fireEvent.keyDown(window, { key: 'ArrowRight' });
  expect(screen.getByRole('slider', { name: 'Playhead' }).getAttribute('aria-valuenow')).toBe('1');
  fireEvent.keyDown(window, { key: 'f' });
  await waitFor(() => expect(screen.queryByTestId('framing')).toBeNull());
});

it('waits for a character', async () => {
  useDraftStore.setState({ history: startHistory({ ...emptyDraft, videoId: videoAsset.id }) });
  installBridge();
  await renderPage(<CreateScreen />);
  const button = await screen.findByRole('button', { name: 'Compare framing' });
  expect(button.matches(':disabled')).toBe(true);
});
