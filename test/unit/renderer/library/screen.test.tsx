/** The library's screen at its border: what it asks for, what it shows of it, and what choosing and the bar do; thousands of results of which few are drawn. */
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { LibraryScreen } from '../../../../renderer/screens/library/LibraryScreen.tsx';
import { setSearch, useLibraryStore } from '../../../../renderer/state/library/libraryStore.ts';
import { usualView } from '../../../../renderer/state/library/libraryView.ts';
import { noSelection } from '../../../../renderer/state/library/selection.ts';
import type { CommandInput, CommandOutput } from '../../../../shared/contract/index.ts';
import { installBridge, noFacets } from '../fakeBridge.ts';
import { renderPage } from '../renderPage.tsx';
import { libraryItem } from '../samples.ts';

const total = 5000;
const listed = (index: number) => ({
  ...libraryItem({ id: `item-${index}`, name: `take ${index}`, rating: index % 6 }),
  versions: 1,
  groupKey: '',
});

/** Cursors are numbers here; only the index knows what they are. */
function page({ after = null, limit = 200 }: CommandInput<'library.list'>): CommandOutput<'library.list'> {
  const from = Number(after ?? 0);
  const items = Array.from({ length: Math.min(limit, total - from) }, (_, step) => listed(from + step));
  return { items, next: from + limit < total ? String(from + limit) : null, problems: [] };
}

const answers = {
  'library.list': page,
  'library.outline': ({ pageSize = 200 }: CommandInput<'library.outline'>) => ({
    ...{ total, pageSize, groups: [] },
    cursors: Array.from({ length: Math.ceil(total / pageSize) }, (_, n) => (n === 0 ? null : String(n * pageSize))),
  }),
  'library.ids': () => ({ ids: Array.from({ length: total }, (_, index) => `item-${index}`) }),
  'library.sums': ({ ids }: CommandInput<'library.sums'>) => ({
    ...{ count: ids.length, durationSeconds: ids.length * 10, sizeBytes: 1, credits: '0', testCredits: '12.5' },
  }),
  'library.change': ({ changes }: CommandInput<'library.change'>) => ({
    ...{ items: [], failed: [] },
    undo: changes.map(({ ids }) => ({ ids, set: { rating: 0 } })),
  }),
  'library.trash': () => ({ items: [] }),
  'library.get': ({ id }: CommandInput<'library.get'>) => listed(Number(id.split('-')[1])),
};

const sides = { clientWidth: 960, clientHeight: 700 };

beforeEach(() => {
  for (const [name, value] of Object.entries(sides))
    Object.defineProperty(HTMLElement.prototype, name, { configurable: true, get: () => value });
  useLibraryStore.setState({
    ...{ search: '', view: { ...usualView, isPanelOpen: false }, selection: noSelection, topIndex: 0, openId: null },
    ...{ compareIds: null, cullIds: null },
  });
});

/** By its id: names of roles are made of everything in them, of every card. */
function card(name: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(`[data-id="${name.replace('take ', 'item-')}"]`);
  if (!found) throw new Error(`${name} is not drawn`);
  return found;
}
const chosen = () => [...useLibraryStore.getState().selection.ids];
async function openScreen(more: object = {}) {
  const bridge = installBridge({ ...answers, ...more });
  await renderPage(<LibraryScreen />);
  await waitFor(() => expect(screen.getByTestId('library-count').textContent).toBe('5000 results'));
  return bridge;
}
function click(element: HTMLElement, init: object = {}): void {
  fireEvent.pointerDown(element, { button: 0, ...init });
  fireEvent.click(element, { button: 0, ...init });
}
function press(key: string, init: object = {}): void {
  fireEvent.keyDown(document.activeElement ?? document.body, { key, code: key, ...init });
}

it('library grid: draws what is in sight of thousands, and asks for no page that nobody sees', async () => {
  const bridge = await openScreen();
  expect(screen.getAllByTestId('library-card').length).toBeLessThan(60);
  const asked = bridge.inputsOf('library.list');
  expect(asked.length).toBeLessThanOrEqual(2);
  for (const input of asked) expect(input).not.toHaveProperty('offset');
});

it('library grid: End goes to the last of them, by its page alone', async () => {
  const bridge = await openScreen();
  click(card('take 0'));
  card('take 0').focus();
  press('End');
  const last = await waitFor(() => card('take 4999'));
  await waitFor(() => expect(document.activeElement).toBe(last));
  expect(last.getAttribute('aria-posinset')).toBe('5000');
  expect(bridge.inputsOf('library.list').length).toBeLessThanOrEqual(4);
});

it('library selection: click, Ctrl, Shift, Ctrl+A, Escape; a range over pages that are not there is asked for', async () => {
  await openScreen();
  click(card('take 1'));
  expect(chosen()).toEqual(['item-1']);
  click(card('take 3'), { ctrlKey: true });
  expect(chosen()).toEqual(['item-1', 'item-3']);
  click(card('take 5'), { shiftKey: true });
  expect(chosen()).toEqual(['item-3', 'item-4', 'item-5']);
  card('take 5').focus();
  press('ArrowRight', { shiftKey: true });
  expect(chosen()).toEqual(['item-3', 'item-4', 'item-5', 'item-6']);
  press('a', { ctrlKey: true });
  await waitFor(() => expect(chosen()).toHaveLength(total));
  press('Escape');
  expect(chosen()).toEqual([]);
});

it('library selection: the bar says how many, how long and what they cost, and changes all of them as one step', async () => {
  const bridge = await openScreen();
  click(card('take 1'));
  click(card('take 2'), { ctrlKey: true });
  const bar = within(await screen.findByTestId('selection-bar'));
  await bar.findByText('2 selected');
  await bar.findByText('0:20');
  await bar.findByText('12.50 test credits');
  fireEvent.click(bar.getByRole('button', { name: 'Pick' }));
  await waitFor(() =>
    expect(bridge.inputsOf('library.change')).toEqual([
      { changes: [{ ids: ['item-1', 'item-2'], set: { flag: 'pick' } }] },
    ]),
  );
  await waitFor(() => expect(useLibraryStore.getState().history.past).toHaveLength(1));
  fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
  await waitFor(() => expect(bridge.inputsOf('library.change')).toHaveLength(2));
  expect(bridge.inputsOf('library.change')[1]).toEqual({
    changes: [{ ids: ['item-1', 'item-2'], set: { rating: 0 } }],
  });
});

it('library selection: C compares up to four, Shift+C culls all that the search finds, beginning at the chosen one', async () => {
  await openScreen();
  click(card('take 2'));
  click(card('take 6'), { shiftKey: true });
  press('c', { code: 'KeyC' });
  expect(useLibraryStore.getState().compareIds).toEqual(['item-2', 'item-3', 'item-4', 'item-5']);
  act(() => useLibraryStore.setState({ compareIds: null }));
  click(card('take 1'));
  press('C', { code: 'KeyC', shiftKey: true });
  await waitFor(() => expect(useLibraryStore.getState().cullIds).toHaveLength(total));
  expect(useLibraryStore.getState().cullIds?.slice(0, 2)).toEqual(['item-1', 'item-2']);
});

it('library search: a mistake is underlined with its reason, a tick writes into the same words, a chip takes it off', async () => {
  useLibraryStore.setState({ view: usualView });
  await openScreen({
    'library.facets': () => ({
      ...noFacets,
      tags: [
        { value: 'tag:"late night"', label: 'late night', count: 12 },
        { value: 'tag:"rain"', label: 'rain', count: 3 },
      ],
    }),
  });
  fireEvent.click(await screen.findByRole('checkbox', { name: /late night/ }));
  const field = screen.getByRole<HTMLInputElement>('searchbox', { name: 'Search' });
  expect(field.value).toBe('tag:"late night"');
  fireEvent.change(field, { target: { value: 'tag:"late night" rating:many' } });
  expect(within(screen.getByTestId('search-marks')).getByText('rating:many').tagName).toBe('MARK');
  screen.getByText('“many” is not a number.');
  fireEvent.click(screen.getByRole('button', { name: 'Remove filter: Tag: late night' }));
  expect(field.value).toBe('rating:many');
});

it('library list: rows of the same query, sorted by their heads; columns keep their width', async () => {
  useLibraryStore.setState({ view: { ...usualView, shape: 'list', isPanelOpen: false } });
  const bridge = await openScreen();
  expect((await screen.findAllByTestId('library-row')).length).toBeLessThan(60);
  fireEvent.click(screen.getByRole('button', { name: 'Rating' }));
  await waitFor(() => expect(bridge.inputsOf('library.list').at(-1)).toMatchObject({ sort: 'rating' }));
  expect(screen.getByRole('columnheader', { name: /^Rating/ }).getAttribute('aria-sort')).toBe('descending');
  const edge = screen.getByRole('separator', { name: 'Width: Clip' });
  const before = Number(edge.getAttribute('aria-valuenow'));
  fireEvent.keyDown(edge, { key: 'ArrowRight' });
  await waitFor(() => expect(Number(edge.getAttribute('aria-valuenow'))).toBe(before + 16));
  expect(localStorage.getItem('restage.library.columns')).toContain(`"clip":${before + 16}`);
  // Under the pointer, at every size of the interface.
  document.documentElement.dataset.scale = '200';
  fireEvent.pointerDown(edge, { button: 0, pointerId: 1, clientX: 500 });
  fireEvent.pointerMove(edge, { pointerId: 1, clientX: 600 });
  fireEvent.pointerUp(edge, { pointerId: 1 });
  delete document.documentElement.dataset.scale;
  await waitFor(() => expect(Number(edge.getAttribute('aria-valuenow'))).toBe(before + 66));
});

it('library: another search begins at its top, with nothing chosen', async () => {
  await openScreen();
  click(card('take 1'));
  act(() => setSearch('rain'));
  expect(chosen()).toEqual([]);
  expect(useLibraryStore.getState().topIndex).toBe(0);
});
