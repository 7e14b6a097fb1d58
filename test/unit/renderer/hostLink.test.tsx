/** The page beside a host with menus of its own: what it tells the menu, what it does when something is chosen, opened or clicked outside. */
import { act, screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { addLiveCommands } from '../../../renderer/keys/liveCommands.ts';
import { HostLink } from '../../../renderer/shell/HostLink.tsx';
import { useLibraryStore } from '../../../renderer/state/library/libraryStore.ts';
import { useDraftStore } from '../../../renderer/state/order/draftStore.ts';
import { useIntakeStore } from '../../../renderer/state/order/intake.ts';
import { screenNow } from '../../../renderer/state/shell/route.ts';
import type { HostMessage, MenuCommand } from '../../../shared/contract/hostMessages.ts';
import { installBridge } from './fakeBridge.ts';
import { renderPage } from './renderPage.tsx';
import { videoAsset } from './samples.ts';

async function open() {
  const told: MenuCommand[][] = [];
  const heard = new Set<(message: HostMessage) => void>();
  installBridge({});
  window.restage.setMenu = (commands) => void told.push(commands);
  window.restage.onHost = (listener) => {
    heard.add(listener);
    return () => void heard.delete(listener);
  };
  await renderPage(
    <>
      <input aria-label="a field" />
      <HostLink />
    </>,
  );
  const say = async (message: HostMessage) => {
    await act(async () => {
      for (const listener of heard) listener(message);
    });
  };
  const isLive = (id: string) => told.at(-1)?.find((command) => command.id === id)?.isLive;
  return { told, say, isLive };
}

it('F13: the menu knows which commands can be run now, and runs them as their keys would', async () => {
  const { say, isLive } = await open();
  await vi.waitFor(() => expect(isLive('markIn')).toBe(false));
  const mark = vi.fn();
  const stop = addLiveCommands(() => ({ markIn: mark }));
  await vi.waitFor(() => expect(isLive('markIn')).toBe(true));
  await say({ kind: 'command', id: 'markIn' });
  await say({ kind: 'command', id: 'constructor' });
  expect(mark).toHaveBeenCalledTimes(1);
  stop();
  await vi.waitFor(() => expect(isLive('markIn')).toBe(false));
});

it('F13: undo of the menu is the field’s own while a person types, else the page’s', async () => {
  const { say } = await open();
  const undo = vi.fn();
  const stop = addLiveCommands(() => ({ undo }));
  const inField = vi.fn();
  document.execCommand = inField;
  act(() => screen.getByLabelText('a field').focus());
  await say({ kind: 'command', id: 'undo' });
  expect([undo.mock.calls.length, inField.mock.calls]).toEqual([0, [['undo']]]);
  act(() => screen.getByLabelText('a field').blur());
  await say({ kind: 'command', id: 'undo' });
  expect(undo).toHaveBeenCalledTimes(1);
  stop();
});

it('F23: files that were opened outside are used as dropped ones, and refusals are kept with their reason', async () => {
  const { say } = await open();
  const refusal = { ok: false as const, error: { code: 'sourceUnreadable' as const, reasons: [] } };
  await say({
    kind: 'opened',
    files: [
      { name: 'dance.mp4', result: { ok: true, value: videoAsset } },
      { name: 'broken.png', result: refusal },
    ],
  });
  await vi.waitFor(() => expect(useDraftStore.getState().history.present.videoId).toBe(videoAsset.id));
  expect(useIntakeStore.getState().refusals.image).toMatchObject({ kind: 'error', name: 'broken.png' });
  expect(screenNow()).toBe('create');
});

it('F17: a notification that was clicked shows its result, or the queue', async () => {
  const { say } = await open();
  await say({ kind: 'show', screen: 'library', jobId: 'j1', itemId: 'r1' });
  expect([screenNow(), useLibraryStore.getState().openId]).toEqual(['library', 'r1']);
  await say({ kind: 'show', screen: 'queue', jobId: 'j2', itemId: null });
  expect(screenNow()).toBe('queue');
  useLibraryStore.setState({ openId: null });
});
