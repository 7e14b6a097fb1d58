/** What is laid out as a matrix, and what a person has made of it: kept when the matrix is closed, and when more is dropped, until it is emptied. */
import { create } from 'zustand';
import { startHistory } from '../order/history.ts';
import {
  cellKey,
  type MatrixClip,
  type MatrixHistory,
  type MatrixStep,
  matrixHistoryReducer,
  noEdits,
} from './matrix.ts';

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

/** More of it, whatever it is: what was laid out before stays, with what was changed and picked. */
export function addToMatrix({ clips, imageIds }: Layout, { isOnlyPicked = false } = {}): void {
  const before = useMatrixStore.getState();
  useMatrixStore.setState((known) => {
    const isNew = (key: string) => !known.layout.clips.some((clip) => clip.key === key);
    return {
      isOpen: true,
      layout: { ...known.layout, clips: [...known.layout.clips, ...clips.filter(({ key }) => isNew(key))] },
      imageIds: [...known.imageIds, ...imageIds.filter((id) => !known.imageIds.includes(id))],
    };
  });
  if (useMatrixStore.getState().hasOrdered) editMatrix({ type: 'pickGaps' });
  useMatrixStore.setState({ hasOrdered: false });
  if (!isOnlyPicked) return;
  // What is asked for is these clips: what else lies there is not ordered along with them.
  const others = before.layout.clips.filter(({ key }) => !clips.some((clip) => clip.key === key));
  const keys = useMatrixStore.getState().imageIds.flatMap((id) => others.map(({ key }) => cellKey(id, key)));
  if (keys.length > 0) editMatrix({ type: 'pick', keys, isIn: false });
}

/** As it was left. */
export const reopenMatrix = (): void => useMatrixStore.setState({ isOpen: true });

export function emptyMatrix(): void {
  useMatrixStore.setState({ isOpen: false, ...laidOut(emptyLayout) });
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
