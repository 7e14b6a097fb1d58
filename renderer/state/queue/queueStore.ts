/** How a person looks at the queue: filter, search, density, folded batches, and which rows are chosen. Kept while they visit other screens. */
import { create } from 'zustand';

export const queueFilters = ['all', 'active', 'completed', 'failed', 'hidden'] as const;
export type QueueFilter = (typeof queueFilters)[number];
export const densities = ['compact', 'normal', 'roomy'] as const;
export type Density = (typeof densities)[number];

interface QueueView {
  filter: QueueFilter;
  search: string;
  density: Density;
  folded: readonly string[];
  selected: readonly string[];
  /** The row that the keys stand on; a range of rows is chosen from the anchor to here. */
  focusedId: string | null;
  anchorId: string | null;
}

const storageKey = 'restage.queue.density';

function storedDensity(): Density {
  try {
    return densities.find((name) => name === localStorage.getItem(storageKey)) ?? 'normal';
  } catch {
    return 'normal';
  }
}

export const useQueueStore = create<QueueView>()(() => ({
  filter: 'all',
  search: '',
  density: storedDensity(),
  folded: [],
  selected: [],
  focusedId: null,
  anchorId: null,
}));

export function setDensity(density: Density): void {
  useQueueStore.setState({ density });
  try {
    localStorage.setItem(storageKey, density);
  } catch {
    // It is then chosen again after a restart.
  }
}

export function toggleFold(key: string): void {
  useQueueStore.setState(({ folded }) => ({
    folded: folded.includes(key) ? folded.filter((other) => other !== key) : [...folded, key],
  }));
}

/** How a click or an arrow key chooses, as lists of files do: alone, one more or less, or all between the anchor and here. */
export type SelectionMode = 'only' | 'toggle' | 'range';

export function selectRow(id: string, mode: SelectionMode, order: readonly string[]): void {
  useQueueStore.setState(({ selected, anchorId }) => {
    if (mode === 'toggle') {
      const isIn = selected.includes(id);
      const rest = isIn ? selected.filter((other) => other !== id) : [...selected, id];
      return { selected: rest, focusedId: id, anchorId: id };
    }
    const [from, to] = [order.indexOf(anchorId ?? id), order.indexOf(id)];
    if (mode === 'range' && from !== -1 && to !== -1) {
      return { selected: order.slice(Math.min(from, to), Math.max(from, to) + 1), focusedId: id };
    }
    return { selected: [id], focusedId: id, anchorId: id };
  });
}
