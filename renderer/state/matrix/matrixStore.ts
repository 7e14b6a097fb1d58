/** The matrix that is laid out, and what a person has made of it: there until it is emptied, whatever is dropped next. */
import { create } from 'zustand';
import type { Draft } from '../order/draft.ts';
import { startHistory } from '../order/history.ts';
import { goTo } from '../shell/route.ts';
import { cellKey } from './matrix.ts';
import { blankMatrix, type Matrix, type MatrixHistory, type MatrixStep, matrixHistoryReducer } from './matrixEdits.ts';

/** A column or a row that is being worked on in Create. */
export interface Visit {
  line: 'clip' | 'image';
  key: string;
  /** The form as it was, for afterwards. */
  before: Draft;
}

interface MatrixState {
  history: MatrixHistory;
  /** Something of it was ordered since something was added. */
  hasOrdered: boolean;
  visit: Visit | null;
}

const blank = { history: startHistory(blankMatrix), hasOrdered: false, visit: null };

export const useMatrixStore = create<MatrixState>()(() => blank);

export const useMatrixNow = (): Matrix => useMatrixStore((state) => state.history.present);

/** More of it, whatever it is: what was laid out before stays, with what was changed and picked. Shows it. */
export function addToMatrix(
  { clips, imageIds }: Pick<Matrix, 'clips' | 'imageIds'>,
  { isOnlyPicked = false } = {},
): void {
  const before = useMatrixStore.getState().history.present;
  editMatrix({ type: 'add', clips, imageIds });
  if (useMatrixStore.getState().hasOrdered) editMatrix({ type: 'pickGaps' });
  useMatrixStore.setState({ hasOrdered: false });
  goTo('matrix');
  if (!isOnlyPicked) return;
  // What is asked for is these clips: what else lies there is not ordered along with them.
  const others = before.clips.filter(({ key }) => !clips.some((clip) => clip.key === key));
  const rows = useMatrixStore.getState().history.present.imageIds;
  const keys = rows.flatMap((id) => others.map(({ key }) => cellKey(id, key)));
  if (keys.length > 0) editMatrix({ type: 'pick', keys, isIn: false });
}

/** Can be undone. */
export const emptyMatrix = (): void => editMatrix({ type: 'empty' });

/** As another start of the app left it. */
export function startMatrix(matrix: Matrix): void {
  useMatrixStore.setState({ ...blank, history: startHistory(matrix) });
}

export function editMatrix(step: MatrixStep): void {
  useMatrixStore.setState(({ history, hasOrdered }) => ({
    history: matrixHistoryReducer(history, step),
    hasOrdered: hasOrdered || step.type === 'ordered',
  }));
}

/** One id per order and intent, kept over failures and renewed when the order was acknowledged: the same click twice is one job. */
export const matrixOrderIds = new Map<string, string>();
