/** The opened result: notes, takes, differences of recipes, missing files and imports, stepping through the list, keys and focus. */
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
// Loaded with the test, so that no look waits for it.
import '../../../../renderer/screens/library/compare/CompareView.tsx';
import '../../../../renderer/screens/library/opened/OpenedView.tsx';
import { Viewers } from '../../../../renderer/screens/library/Viewers.tsx';
import { noLibraryHistory } from '../../../../renderer/state/library/libraryHistory.ts';
import { useLibraryStore } from '../../../../renderer/state/library/libraryStore.ts';
import type { LibraryItem } from '../../../../shared/contract/library.ts';
import { installBridge, Refusal } from '../fakeBridge.ts';
import { renderPage } from '../renderPage.tsx';
import { job, libraryItem } from '../samples.ts';

const { recipe } = job();
const motion = recipe.kind === 'motion' ? recipe : null;
if (!motion) throw new Error('the sample recipe is none of motion');

interface World {
  items: LibraryItem[];
}

/** A library of its own: what is written is there when it is asked for again. */
function library(items: LibraryItem[]) {
  const world: World = { items: [...items] };
  const find = (id: string) => {
    const item = world.items.find((one) => one.id === id);
    if (!item) throw new Refusal({ code: 'notFound', reasons: [] });
    return item;
  };
  const bridge = installBridge({
    'library.list': () => ({
      items: world.items.map((item) => ({ ...item, versions: world.items.length, groupKey: '' })),
      next: null,
      problems: [],
    }),
    'library.get': ({ id }) => find(id),
    'library.update': ({ id, ...patch }) => {
      const changed = { ...find(id), ...patch } as LibraryItem;
      world.items = world.items.map((item) => (item.id === id ? changed : item));
      return changed;
    },
    'library.trash': () => ({ items: [] }),
  });
  return { bridge, world };
}

async function open(items: LibraryItem[], id = items[0]?.id ?? '') {
  const made = library(items);
  useLibraryStore.setState({ openId: id });
  await renderPage(<Viewers placeOf={(id) => placeIn(items, items.length, id)} />);
  await screen.findByTestId('library-item');
  return made;
}

function press(key: string, code: string, held: object = {}): void {
  const target = document.activeElement ?? document.body;
  fireEvent.keyDown(target, { key, code, ...held });
}

const focusInside = () => waitFor(() => expect(screen.getByRole('dialog').contains(document.activeElement)).toBe(true));

const closed = { openId: null, compareIds: null, cullIds: null, isReferenceShown: true, history: noLibraryHistory };
function placeIn(items: readonly { id: string }[], total: number, id: string) {
  const at = items.findIndex((item) => item.id === id);
  if (at === -1) return null;
  return { previousId: items[at - 1]?.id ?? null, nextId: items[at + 1]?.id ?? null, position: at + 1, total };
}

beforeEach(() => useLibraryStore.setState(closed));
// The store outlives the page of a test.
afterEach(() => useLibraryStore.setState(closed));

describe('VN: notes with a timecode', () => {
  const noted = libraryItem({ id: 'noted', notes: [{ id: 'n1', atSeconds: 2, text: 'hand melts', isDone: false }] });

  it('are written at the playhead by M and Enter, also two in a row before the library has answered', async () => {
    const { world } = await open([noted]);
    await focusInside();
    press('m', 'KeyM');
    const field = screen.getByRole('textbox', { name: 'Note at 00:00:00:00' });
    expect(document.activeElement).toBe(field);
    for (const text of ['hair flickers', 'sleeve']) {
      fireEvent.change(field, { target: { value: text } });
      fireEvent.keyDown(field, { key: 'Enter' });
    }
    expect(within(screen.getByTestId('notes')).getAllByRole('listitem')).toHaveLength(3);
    await waitFor(() =>
      expect(world.items[0]?.notes.map(({ text }) => text).sort()).toEqual(['hair flickers', 'hand melts', 'sleeve']),
    );
  });

  it('are ticked off, changed and deleted, and each of it is undone', async () => {
    const { world } = await open([noted]);
    await focusInside();
    const notes = () => world.items[0]?.notes;
    fireEvent.click(screen.getByRole('checkbox', { name: 'Done: hand melts' }));
    await waitFor(() => expect(notes()).toMatchObject([{ isDone: true }]));
    const text = screen.getByRole<HTMLInputElement>('textbox', { name: 'Text of the note' });
    fireEvent.change(text, { target: { value: 'hand bends' } });
    fireEvent.blur(text);
    await waitFor(() => expect(notes()).toMatchObject([{ text: 'hand bends', isDone: true }]));
    fireEvent.click(screen.getByRole('button', { name: /^Delete note/ }));
    await waitFor(() => expect(notes()).toEqual([]));
    for (const expected of [{ text: 'hand bends' }, { text: 'hand melts', isDone: true }, { isDone: false }]) {
      await focusInside();
      press('z', 'KeyZ', { ctrlKey: true });
      await waitFor(() => expect(notes()).toMatchObject([expected]));
    }
  });

  it('are jumped to by their timecode and by keys', async () => {
    await open([noted]);
    await focusInside();
    const shown = () => screen.getByTestId('timecode').textContent;
    fireEvent.click(screen.getByRole('button', { name: 'Go to 00:00:02:00' }));
    expect(shown()).toBe('00:00:02:00');
    press('Home', 'Home');
    expect(shown()).toBe('00:00:00:00');
    press('ArrowDown', 'ArrowDown', { shiftKey: true });
    expect(shown()).toBe('00:00:02:00');
    press('ArrowLeft', 'ArrowLeft', { shiftKey: true });
    expect(shown()).toBe('00:00:01:20');
  });

  it('Escape in a field leaves the field and keeps the result open', async () => {
    await open([noted]);
    await focusInside();
    press('m', 'KeyM');
    press('Escape', 'Escape');
    expect(screen.queryByTestId('library-item')).not.toBeNull();
    const name = screen.getByRole('textbox', { name: 'Name' });
    name.focus();
    fireEvent.change(name, { target: { value: 'hero shot' } });
    press('Escape', 'Escape');
    await waitFor(() => expect(useLibraryStore.getState().history.past).toHaveLength(1));
    expect(useLibraryStore.getState().openId).toBe('noted');
    press('Escape', 'Escape');
    expect(useLibraryStore.getState().openId).toBeNull();
  });
});

describe('VV: takes of one shot', () => {
  const one = libraryItem({ id: 'one', shotId: 'shot', take: 1, recipe: { ...motion, quality: '720p' } });
  const two = libraryItem({
    id: 'two',
    shotId: 'shot',
    take: 2,
    recipe: { ...motion, quality: '1080p', prompt: 'rain' },
  });
  const foreign = libraryItem({ id: 'foreign', shotId: 'other', take: 1 });

  it('lists those of the same shot, marks what differs from the take before, and steps by keys', async () => {
    await open([one, two, foreign], 'two');
    await focusInside();
    const list = await screen.findByTestId('versions');
    expect(within(list).getAllByRole('listitem')).toHaveLength(2);
    const changed = screen.getByTestId('recipe').querySelectorAll('[data-changed="true"]');
    expect([...changed].map((row) => row.getAttribute('data-row'))).toEqual(['quality', 'prompt']);
    expect(screen.getByText('2 changes from take 1')).toBeTruthy();
    expect(screen.getByText('Take 1: 720p')).toBeTruthy();
    press('ArrowUp', 'ArrowUp');
    expect(useLibraryStore.getState().openId).toBe('one');
  });

  it('are compared from here: the keys then belong to the comparison, and Escape closes it alone', async () => {
    await open([one, two], 'two');
    await focusInside();
    await screen.findByTestId('versions');
    press('c', 'KeyC');
    expect(useLibraryStore.getState().compareIds).toEqual(['one', 'two']);
    await screen.findByRole('radio', { name: 'Wipe' });
    await waitFor(() => expect(screen.getByTestId('compare-view').contains(document.activeElement)).toBe(true));
    press('5', 'Digit5');
    press('Escape', 'Escape');
    expect(useLibraryStore.getState()).toMatchObject({ compareIds: null, openId: 'two' });
    await waitFor(() => expect(screen.queryByTestId('compare-view')).toBeNull());
    expect(useLibraryStore.getState().history.past).toEqual([]);
  });
});

describe('VO: states of an opened result', () => {
  it('steps to the results beside it in the list', async () => {
    const items = ['a', 'b', 'c'].map((id) => libraryItem({ id, name: id }));
    await open(items, 'b');
    await focusInside();
    expect(screen.getByText('2 of 3')).toBeTruthy();
    press(']', 'BracketRight');
    expect(useLibraryStore.getState().openId).toBe('c');
    await screen.findByText('3 of 3');
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Next result' }).disabled).toBe(true);
    await focusInside();
    press('[', 'BracketLeft');
    expect(useLibraryStore.getState().openId).toBe('b');
  });

  it('picks and rejects by one key, which takes it back', async () => {
    const { world } = await open([libraryItem({ id: 'a' })]);
    await focusInside();
    press('p', 'KeyP');
    await waitFor(() => expect(world.items[0]?.flag).toBe('pick'));
    await waitFor(() => expect(screen.getByTestId('judgement').dataset.flag).toBe('pick'));
    press('p', 'KeyP');
    await waitFor(() => expect(world.items[0]?.flag).toBe('none'));
  });

  it('says what is missing and that nothing was deleted; the reference is still there', async () => {
    await open([libraryItem({ id: 'gone', state: 'missing', name: 'lost take' })]);
    expect(await screen.findByText(/^File missing: lost take/)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Rescan folder' })).toBeTruthy();
    expect(await screen.findByTestId('reference-video')).toBeTruthy();
    expect(screen.queryByTestId('result-video')).toBeNull();
  });

  it('an imported video has no recipe, no reference, and can be noted all the same', async () => {
    const imported = { recipe: null, jobId: null, taskId: null, accountId: null, shotId: null, take: null } as const;
    await open([libraryItem({ id: 'imported', ...imported })]);
    expect(screen.getByText(/^Imported: no recipe/)).toBeTruthy();
    expect(screen.queryByTestId('recipe')).toBeNull();
    expect(screen.queryByRole('button', { name: 'Use again' })).toBeNull();
    expect(screen.queryByTestId('reference-video')).toBeNull();
    expect(screen.getByRole('textbox', { name: /^Note at/ })).toBeTruthy();
  });

  it('an error says what failed and is tried again', async () => {
    let isBroken = true;
    const item = libraryItem({ id: 'a' });
    installBridge({
      'library.list': () => ({ items: [], next: null, problems: [] }),
      'library.get': () => {
        if (isBroken) throw new Refusal({ code: 'internal', reasons: [] });
        return item;
      },
    });
    useLibraryStore.setState({ openId: 'a' });
    await renderPage(<Viewers placeOf={() => null} />);
    const retry = await screen.findByRole('button', { name: 'Try again' });
    isBroken = false;
    fireEvent.click(retry);
    await screen.findByTestId('library-item');
  });
});

it('U1: after a star was clicked the keys are the player’s again, after Enter on a button they stay', async () => {
  await open([libraryItem({ id: 'a' })]);
  await focusInside();
  await screen.findByRole('button', { name: 'Pause' });
  const pick = screen.getByRole('button', { name: 'Pick' });
  pick.focus();
  fireEvent.click(pick, { detail: 0 });
  await Promise.resolve();
  expect(document.activeElement).toBe(pick);
  fireEvent.click(pick, { detail: 1 });
  await waitFor(() => expect(document.activeElement).not.toBe(pick));
  press(' ', 'Space');
  await screen.findByRole('button', { name: 'Play' });
});
