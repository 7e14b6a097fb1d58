/** The form over a restart: the newer of what the address and the profile remember comes back, and every change is kept. */
import { screen, waitFor } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';
import { emptyDraft } from '../../../renderer/state/order/draft.ts';
import { useKeptDraft } from '../../../renderer/state/order/draftKeeper.ts';
import { draftText, takeDraft, useDraft, useDraftStore } from '../../../renderer/state/order/draftStore.ts';
import { installBridge } from './fakeBridge.ts';
import { renderPage } from './renderPage.tsx';

function Form() {
  const isThere = useKeptDraft();
  const { prompt } = useDraft();
  return isThere ? <output>{prompt}</output> : null;
}

const storedText = (prompt: string, savedAtMs: number) =>
  JSON.stringify({ draft: { ...emptyDraft, prompt }, orderId: 'form-of-before', savedAtMs });
const type = (prompt: string) => useDraftStore.getState().dispatch({ type: 'patch', patch: { prompt } });

beforeEach(() => {
  takeDraft(storedText('', Date.now() + 1000));
});

it('comes back from the profile with its order id, and what is typed then is written down', async () => {
  const bridge = installBridge({
    'draft.read': () => ({ text: storedText('in the rain', Date.now() + 60_000) }),
    'draft.keep': () => ({}),
  });
  await renderPage(<Form />);
  expect((await screen.findByRole('status')).textContent).toBe('in the rain');
  expect(useDraftStore.getState().orderId).toBe('form-of-before');

  type('in the snow');
  await waitFor(() => expect(bridge.inputsOf('draft.keep').at(-1)?.text).toBe(draftText()));
  expect(draftText()).toContain('in the snow');
});

it('an older one in the profile does not replace what this address remembers', async () => {
  type('newer');
  installBridge({ 'draft.read': () => ({ text: storedText('older', Date.now() - 60_000) }) });
  await renderPage(<Form />);
  expect((await screen.findByRole('status')).textContent).toBe('newer');
});

it('a profile that answers with nothing of use leaves the form as it is', async () => {
  type('still here');
  installBridge({ 'draft.read': () => ({ text: '{"draft":' }) });
  await renderPage(<Form />);
  expect((await screen.findByRole('status')).textContent).toBe('still here');
});

it('an acknowledged order is written down at once: its id must not come back', async () => {
  const bridge = installBridge({ 'draft.read': () => ({ text: null }), 'draft.keep': () => ({}) });
  await renderPage(<Form />);
  await screen.findByRole('status');
  vi.useFakeTimers();
  useDraftStore.getState().acknowledgeOrder();
  vi.useRealTimers();
  expect(bridge.inputsOf('draft.keep')).toHaveLength(1);
  expect(bridge.inputsOf('draft.keep')[0]?.text).toContain(useDraftStore.getState().orderId);
});
