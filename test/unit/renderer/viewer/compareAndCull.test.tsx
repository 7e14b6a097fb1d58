/** Comparing and culling as a person does it: modes, pairs, offsets, one sound at a time; decisions, undo, and the rejected into the trash. */
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
// Loaded with the test, so that no look waits for it.
import '../../../../renderer/screens/library/compare/CompareView.tsx';
import '../../../../renderer/screens/library/cull/CullView.tsx';
import { Viewers } from '../../../../renderer/screens/library/Viewers.tsx';
import { noLibraryHistory } from '../../../../renderer/state/library/libraryHistory.ts';
import { useLibraryStore } from '../../../../renderer/state/library/libraryStore.ts';
import type { LibraryItem } from '../../../../shared/contract/library.ts';
import { installBridge, Refusal } from '../fakeBridge.ts';
import { renderPage } from '../renderPage.tsx';
import { libraryItem } from '../samples.ts';

const takes = [1, 2].map((take) => libraryItem({ id: `take-${take}`, take, hasAudio: true, name: `take ${take}` }));

function library(items: readonly LibraryItem[]) {
  const world = new Map(items.map((item) => [item.id, item]));
  const bridge = installBridge({
    'library.list': () => ({ items: [], next: null, problems: [] }),
    'library.get': ({ id }) => {
      const item = world.get(id);
      if (!item) throw new Refusal({ code: 'notFound', reasons: [] });
      return item;
    },
    'library.update': ({ id, ...patch }) => {
      const item = world.get(id);
      if (!item) throw new Refusal({ code: 'notFound', reasons: [] });
      const changed = { ...item, ...patch } as LibraryItem;
      world.set(id, changed);
      return changed;
    },
    'library.trash': () => ({ items: [] }),
    'library.putBack': () => ({ items: [] }),
  });
  return { bridge, world };
}

function press(key: string, code: string, held: object = {}): void {
  fireEvent.keyDown(document.activeElement ?? document.body, { key, code, ...held });
}
const focusInside = (id: string) =>
  waitFor(() => expect(screen.getByTestId(id).contains(document.activeElement)).toBe(true));

const closed = { openId: null, compareIds: null, cullIds: null, isReferenceShown: true, history: noLibraryHistory };
beforeEach(() => useLibraryStore.setState(closed));
// The store outlives the page of a test.
afterEach(() => useLibraryStore.setState(closed));

describe('VC: comparing', () => {
  async function compare() {
    const made = library(takes);
    useLibraryStore.setState({ compareIds: takes.map(({ id }) => id) });
    await renderPage(<Viewers placeOf={() => null} />);
    await screen.findByTestId('reference-video');
    await focusInside('compare-view');
    return made;
  }
  const stage = () => screen.getByTestId('stage');
  const figure = (key: string) => {
    const found = stage().querySelector<HTMLElement>(`[data-side="${key}"]`);
    if (!found) throw new Error(`${key} is not on the stage`);
    return found;
  };

  it('shows reference and results; keys change the view, and every video stays the same element', async () => {
    await compare();
    const videos = [...stage().querySelectorAll('video')];
    expect(videos).toHaveLength(3);
    for (const [key, code, mode] of [
      ['w', 'KeyW', 'wipe'],
      ['d', 'KeyD', 'difference'],
      ['f', 'KeyF', 'flip'],
      ['s', 'KeyS', 'side'],
    ] as const) {
      press(key, code);
      expect(stage().dataset.mode).toBe(mode);
      expect([...stage().querySelectorAll('video')]).toEqual(videos);
    }
  });

  it('difference lays B over A blended, wipe cuts it at the edge, which moves by arrows', async () => {
    await compare();
    press('d', 'KeyD');
    // The two takes are meant first, not one and its reference.
    expect(figure('take-2').style.mixBlendMode).toBe('difference');
    expect(figure('reference').style.visibility).toBe('hidden');
    fireEvent.click(screen.getByRole('button', { name: 'Amplify ×8' }));
    expect(stage().dataset.amplified).toBe('true');
    press('w', 'KeyW');
    expect(stage().dataset.amplified).toBe('false');
    expect(figure('take-2').style.clipPath).toMatch(/^inset/);
    const edge = screen.getByRole('slider', { name: 'Wipe position' });
    const before = screen.getByTestId('timecode').textContent;
    fireEvent.keyDown(edge, { key: 'ArrowRight', code: 'ArrowRight', shiftKey: true });
    expect(edge.getAttribute('aria-valuenow')).toBe('60');
    fireEvent.keyDown(edge, { key: 'Home', code: 'Home' });
    expect(edge.getAttribute('aria-valuenow')).toBe('0');
    // The player has not moved.
    expect(screen.getByTestId('timecode').textContent).toBe(before);
  });

  it('flips with F, and shows A and B by their keys', async () => {
    await compare();
    press('f', 'KeyF');
    expect(screen.getByText('Showing B')).toBeTruthy();
    press('f', 'KeyF');
    expect(screen.getByText('Showing A')).toBeTruthy();
    expect(figure('take-1').style.zIndex).toBe('1');
    press('b', 'KeyB');
    expect(figure('take-2').style.zIndex).toBe('1');
  });

  it('one sound at a time', async () => {
    await compare();
    const heard = () => [...stage().querySelectorAll('video')].filter((video) => !video.muted).length;
    expect(heard()).toBe(1);
    fireEvent.click(screen.getByRole('button', { name: 'Hear: take 2' }));
    expect(heard()).toBe(1);
    expect(figure('take-2').querySelector('video')?.muted).toBe(false);
    fireEvent.click(screen.getByRole('button', { name: 'Hear: take 2' }));
    expect(heard()).toBe(0);
  });

  it('offsets one picture by frames, by keys and by buttons, and puts it back', async () => {
    await compare();
    press('.', 'Period');
    press('.', 'Period');
    const tools = within(screen.getByTestId('side-take-2'));
    expect(tools.getByText('+2 fr')).toBeTruthy();
    fireEvent.click(tools.getByRole('button', { name: 'One frame earlier: take 2' }));
    expect(tools.getByText('+1 fr')).toBeTruthy();
    fireEvent.click(tools.getByRole('button', { name: '1 frames, reset offset: take 2' }));
    expect(tools.getByText('±0 fr')).toBeTruthy();
  });

  it('the last two pictures cannot be put away', async () => {
    await compare();
    fireEvent.click(screen.getByRole('button', { name: 'Take 1' }));
    expect(stage().querySelectorAll('video')).toHaveLength(2);
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Take 2' }).disabled).toBe(true);
    fireEvent.click(screen.getByRole('button', { name: 'Character' }));
    await waitFor(() => expect(stage().querySelectorAll('img')).toHaveLength(1));
  });
});

describe('VU: culling', () => {
  const items = ['a', 'b', 'c'].map((id) => libraryItem({ id, name: id }));
  async function cull() {
    const made = library(items);
    useLibraryStore.setState({ cullIds: ['a', 'b', 'c'] });
    await renderPage(<Viewers placeOf={() => null} />);
    await screen.findByTestId('result-video');
    await focusInside('cull-view');
    return made;
  }
  const place = () => screen.getByTestId('cull-place').textContent;
  const at = async (text: string) => {
    await waitFor(() => expect(place()).toBe(text));
    await screen.findByTestId('result-video');
    await focusInside('cull-view');
  };

  it('one hand: stars stay, a pick and a reject go on, undo comes back with what was there', async () => {
    const { world } = await cull();
    press('4', 'Digit4');
    press('p', 'KeyP');
    await at('2 of 3');
    press('x', 'KeyX');
    await at('3 of 3');
    await waitFor(() => expect(world.get('b')?.flag).toBe('reject'));
    expect(world.get('a')).toMatchObject({ rating: 4, flag: 'pick' });
    press('z', 'KeyZ', { ctrlKey: true });
    await at('2 of 3');
    await waitFor(() => expect(world.get('b')?.flag).toBe('none'));
    press('ArrowUp', 'ArrowUp');
    await at('1 of 3');
  });

  it('ends with what was picked and rejected; the rejected go to the trash together and come back', async () => {
    const { bridge } = await cull();
    press('x', 'KeyX');
    await at('2 of 3');
    press('x', 'KeyX');
    await at('3 of 3');
    press('p', 'KeyP');
    const summary = within(await screen.findByTestId('cull-summary'));
    expect(summary.getByText('1 picked')).toBeTruthy();
    fireEvent.click(summary.getByRole('button', { name: 'Move 2 rejected to trash' }));
    expect(await summary.findByText('2 results moved to trash')).toBeTruthy();
    expect(bridge.inputsOf('library.trash')).toEqual([{ ids: ['a', 'b'] }]);
    fireEvent.click(summary.getByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(bridge.inputsOf('library.putBack')).toEqual([{ ids: ['a', 'b'] }]));
    await summary.findByRole('button', { name: 'Move 2 rejected to trash' });
  });

  it('what has gone meanwhile is said and stepped over', async () => {
    library(items.slice(1));
    useLibraryStore.setState({ cullIds: ['a', 'b'] });
    await renderPage(<Viewers placeOf={() => null} />);
    await screen.findByRole('alert');
    fireEvent.click(screen.getByRole('button', { name: 'Next' }));
    await screen.findByTestId('result-video');
  });
});
