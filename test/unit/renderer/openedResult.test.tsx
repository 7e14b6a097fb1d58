/** An opened result has the keys: Space is its player's, digits are its stars, and nothing of it reaches the grid behind. */
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { LibraryScreen } from '../../../renderer/screens/library/LibraryScreen.tsx';
// Loaded with the test, so that no look waits for it.
import '../../../renderer/screens/library/opened/OpenedView.tsx';
import { useLibraryStore } from '../../../renderer/state/library/libraryStore.ts';
import { installBridge } from './fakeBridge.ts';
import { renderPage } from './renderPage.tsx';
import { libraryItem } from './samples.ts';

const [behind, opened] = [libraryItem({ id: 'behind', rating: 4 }), libraryItem({ id: 'opened', rating: 2 })];

async function open() {
  const bridge = installBridge({
    'library.list': () => ({ items: [behind, opened], next: null, problems: [] }),
    'library.outline': () => ({ total: 2, cursors: [null], pageSize: 200, groups: [] }),
    'library.get': ({ id }) => (id === 'opened' ? opened : behind),
    'library.update': ({ id, ...patch }) => ({ ...(id === 'opened' ? opened : behind), ...patch }) as typeof opened,
    'library.trash': () => ({ items: [] }),
  });
  useLibraryStore.setState({ openId: 'opened' });
  await renderPage(<LibraryScreen />);
  await screen.findByTestId('library-item');
  return bridge;
}

/** A press where the focus is, with what the browser does of itself for buttons. */
function press(key: string, code: string): void {
  const target = document.activeElement ?? document.body;
  const isFree = fireEvent.keyDown(target, { key, code });
  if (isFree && key === ' ' && target instanceof HTMLButtonElement) fireEvent.click(target);
}

beforeEach(() => useLibraryStore.setState({ openId: null, search: '' }));

it('U1: Space plays and stops the opened result and does not close it', async () => {
  await open();
  await waitFor(() => expect(screen.getByRole('dialog').contains(document.activeElement)).toBe(true));
  // It plays at once; the key stops it and sets it going again.
  await screen.findByRole('button', { name: 'Pause' });
  press(' ', 'Space');
  await screen.findByRole('button', { name: 'Play' });
  press(' ', 'Space');
  await screen.findByRole('button', { name: 'Pause' });
  expect(screen.queryByRole('dialog')).not.toBeNull();
  expect(useLibraryStore.getState().openId).toBe('opened');
});

it('U1: digits give stars to the opened result, Delete throws it away, neither touches the one behind', async () => {
  const bridge = await open();
  await waitFor(() => expect(screen.getByRole('dialog').contains(document.activeElement)).toBe(true));
  press('5', 'Digit5');
  await waitFor(() => expect(bridge.inputsOf('library.update')).toEqual([{ id: 'opened', rating: 5 }]));
  press('Delete', 'Delete');
  await waitFor(() => expect(bridge.inputsOf('library.trash')).toEqual([{ ids: ['opened'] }]));
  expect(useLibraryStore.getState().openId).toBeNull();
});
