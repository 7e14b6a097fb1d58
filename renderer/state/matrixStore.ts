/** What is laid out as a matrix, and what a person has made of it: kept when the matrix is closed, until another one is laid out. */
import { create } from 'zustand';
import { startHistory } from './history.ts';
import { type MatrixClip, type MatrixHistory, type MatrixStep, matrixHistoryReducer, noEdits } from './matrix.ts';

interface Layout {
  clips: readonly MatrixClip[];
  /** The characters that are chosen at first. */
  imageIds: readonly string[];
}

interface MatrixState {
  isOpen: boolean;
  layout: Layout;
  /** The characters in it by now, in their order. */
  imageIds: readonly string[];
  history: MatrixHistory;
  /** Something of it was ordered since it was opened. */
  hasOrdered: boolean;
}

const emptyLayout: Layout = { clips: [], imageIds: [] };

const laidOut = (layout: Layout) => ({
  layout,
  imageIds: layout.imageIds,
  history: startHistory(noEdits),
  hasOrdered: false,
});

export const useMatrixStore = create<MatrixState>()(() => ({ isOpen: false, ...laidOut(emptyLayout) }));

/** The same clips and characters again: as it was left; after an order with the gaps picked, whatever was left out of that order. */
export function openMatrix(layout: Layout): void {
  const known = useMatrixStore.getState();
  const isSame = JSON.stringify(layout) === JSON.stringify(known.layout);
  useMatrixStore.setState({ isOpen: true, ...(isSame ? {} : laidOut(layout)) });
  if (!isSame || !known.hasOrdered) return;
  editMatrix({ type: 'pickGaps' });
  useMatrixStore.setState({ hasOrdered: false });
}

export const closeMatrix = (): void => useMatrixStore.setState({ isOpen: false });

export function editMatrix(step: MatrixStep): void {
  useMatrixStore.setState(({ history, hasOrdered }) => ({
    history: matrixHistoryReducer(history, step),
    hasOrdered: hasOrdered || step.type === 'ordered',
  }));
}

/** In at the end, or out. */
export function toggleCharacter(id: string): void {
  useMatrixStore.setState(({ imageIds }) => ({
    imageIds: imageIds.includes(id) ? imageIds.filter((other) => other !== id) : [...imageIds, id],
  }));
}

/** One id per cell and intent, kept over failures and renewed when the order was acknowledged: the same click twice is one job. */
export const matrixOrderIds = new Map<string, string>();
