/** Results and their recipes dropped on the window: a clip, or their order again. */
import { screen } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';
import { draggedResults, outgoingResults, startDrag } from '../../../../renderer/state/library/dragResults.ts';
import { takeDropped } from '../../../../renderer/state/library/droppedResults.ts';
import { useRestoreStore } from '../../../../renderer/state/order/restoreStore.ts';
import { installBridge } from '../fakeBridge.ts';
import { renderPage } from '../renderPage.tsx';
import { libraryItem, videoAsset } from '../samples.ts';

const item = libraryItem();
const rest = { receive: vi.fn(async () => undefined), acceptAll: vi.fn(async () => undefined) };
const textFile = (name: string, content: unknown) => new File([JSON.stringify(content)], name);

beforeEach(() => {
  useRestoreStore.setState({ recipe: null });
  vi.clearAllMocks();
  installBridge({
    'library.get': () => item,
    'assets.ofResult': () => videoAsset,
    'library.list': () => ({ items: [{ ...item, versions: 1, groupKey: '' }], next: null, problems: [] }),
  });
});

it('library drop: results become clips, unless their order is asked for', async () => {
  await takeDropped({ ids: [item.id], files: [], target: 'video', ...rest });
  expect(rest.acceptAll).toHaveBeenCalledWith([videoAsset]);
  expect(useRestoreStore.getState().recipe).toBeNull();
  await takeDropped({ ids: [item.id], files: [], target: 'order', ...rest });
  expect(useRestoreStore.getState().recipe).toEqual(item.recipe);
});

it('library drop: a recipe file brings its order back, a film of the library by its name and size', async () => {
  const sidecar = textFile('take.restage.json', { restage: 1, recipe: item.recipe });
  await takeDropped({ ids: [], files: [sidecar], target: null, ...rest });
  expect(useRestoreStore.getState().recipe).toMatchObject({ kind: 'motion', videoId: videoAsset.id });

  useRestoreStore.setState({ recipe: null });
  const film = new File(['x'], 'take.mp4');
  Object.defineProperty(film, 'size', { value: item.sizeBytes });
  await takeDropped({ ids: [], files: [film], target: 'order', ...rest });
  expect(useRestoreStore.getState().recipe).toEqual(item.recipe);
});

it('library drop: what tells of no order says so, and changes nothing', async () => {
  await renderPage(null);
  for (const file of [textFile('a.restage.json', { recipe: { kind: 'motion' } }), new File(['{'], 'b.restage.json')])
    await takeDropped({ ids: [], files: [file], target: null, ...rest });
  expect((await screen.findAllByText(/No order found in it/)).length).toBeGreaterThan(0);
  expect(useRestoreStore.getState().recipe).toBeNull();
});

it('library drag: all that are chosen go along; to the system where it can take them, and they are known when they come back', () => {
  const data = new Map<string, string>();
  const dataTransfer = {
    setData: (type: string, text: string) => data.set(type, text),
    getData: (type: string) => data.get(type) ?? '',
    effectAllowed: 'none',
  } as unknown as DataTransfer;
  const preventDefault = vi.fn();
  startDrag({ dataTransfer, preventDefault }, ['a', 'b'], false);
  expect(draggedResults(dataTransfer)).toEqual(['a', 'b']);
  expect(preventDefault).not.toHaveBeenCalled();

  const dragOut = vi.fn();
  Object.assign(window.restage, { dragOut });
  startDrag({ dataTransfer, preventDefault }, ['a', 'b'], true);
  expect([dragOut.mock.calls, preventDefault.mock.calls.length]).toEqual([[[['a', 'b']]], 1]);
  expect(outgoingResults()).toEqual(['a', 'b']);
  window.dispatchEvent(new Event('pointerdown'));
  expect(outgoingResults()).toEqual([]);
});
