/** What a person lays out and changes in the matrix, step by step, so that each can be undone. Pure. */
import type { ImageEdit } from '../../../shared/contract/media.ts';
import { type History, recordEdit, redo, startHistory, undo } from '../order/history.ts';
import {
  type Cell,
  type CellChanges,
  type CellSettings,
  cellKey,
  type MatrixChanges,
  type MatrixClip,
} from './matrix.ts';

export interface Matrix {
  clips: readonly MatrixClip[];
  /** The characters, in their order. */
  imageIds: readonly string[];
  /** What of a character's image is used, where it was changed from the matrix; all others follow the form. */
  imageEdits: Readonly<Record<string, ImageEdit | null>>;
  changes: MatrixChanges;
  /** A person's word on single cells; without one the gaps are in. */
  picks: Readonly<Record<string, boolean>>;
}

export const blankMatrix: Matrix = { clips: [], imageIds: [], imageEdits: {}, changes: {}, picks: {} };

export type Line = 'clip' | 'image';

export type MatrixAction =
  /** What is there already stays where it is. */
  | { type: 'add'; clips: readonly MatrixClip[]; imageIds: readonly string[] }
  /** The column keeps its place, its cells what is different about them. */
  | { type: 'setClip'; key: string; clip: MatrixClip }
  | { type: 'setImageEdit'; imageId: string; imageEdit: ImageEdit | null }
  | { type: 'remove'; line: Line; key: string }
  /** To the place `to` among its own kind, counted from 0. */
  | { type: 'move'; line: Line; key: string; to: number }
  | { type: 'empty' }
  | { type: 'pick'; keys: readonly string[]; isIn: boolean }
  /** `usual` of each cell: a value that says the same again is no change. */
  | { type: 'change'; cells: readonly Pick<Cell, 'key' | 'usual'>[]; patch: CellChanges; edit?: string }
  | { type: 'reset'; keys: readonly string[] }
  /** Back to the gaps: all of it, or what has just been ordered. */
  | { type: 'pickGaps'; keys?: readonly string[] };

export type MatrixHistory = History<Matrix>;
export type MatrixStep =
  | MatrixAction
  | { type: 'undo' }
  | { type: 'redo' }
  | { type: 'ordered'; keys: readonly string[] };

/** An order cannot be undone: what was picked for it is no step to go back to. */
export function matrixHistoryReducer(history: MatrixHistory, step: MatrixStep): MatrixHistory {
  if (step.type === 'undo') return undo(history);
  if (step.type === 'redo') return redo(history);
  if (step.type === 'ordered')
    return startHistory(matrixReducer(history.present, { type: 'pickGaps', keys: step.keys }));
  const edit = step.type === 'change' ? (step.edit ?? null) : null;
  return recordEdit(history, matrixReducer(history.present, step), edit);
}

export function matrixReducer(matrix: Matrix, action: MatrixAction): Matrix {
  switch (action.type) {
    case 'add':
      return add(matrix, action);
    case 'setClip':
      return { ...matrix, clips: matrix.clips.map((clip) => (clip.key === action.key ? action.clip : clip)) };
    case 'setImageEdit':
      return { ...matrix, imageEdits: { ...matrix.imageEdits, [action.imageId]: action.imageEdit } };
    case 'remove':
      return removed(matrix, action);
    case 'move':
      return action.line === 'clip'
        ? {
            ...matrix,
            clips: moved(
              matrix.clips,
              matrix.clips.findIndex(({ key }) => key === action.key),
              action.to,
            ),
          }
        : { ...matrix, imageIds: moved(matrix.imageIds, matrix.imageIds.indexOf(action.key), action.to) };
    case 'empty':
      return blankMatrix;
    case 'pick':
      return {
        ...matrix,
        picks: { ...matrix.picks, ...Object.fromEntries(action.keys.map((key) => [key, action.isIn])) },
      };
    case 'pickGaps':
      return { ...matrix, picks: action.keys ? without(matrix.picks, action.keys) : {} };
    case 'reset':
      return { ...matrix, changes: without(matrix.changes, action.keys) };
    case 'change':
      return { ...matrix, changes: changed(matrix.changes, action.cells, action.patch) };
  }
}

function add(matrix: Matrix, { clips, imageIds }: Pick<Matrix, 'clips' | 'imageIds'>): Matrix {
  const newClips = clips.filter(({ key }) => !matrix.clips.some((known) => known.key === key));
  const newImages = imageIds.filter((id) => !matrix.imageIds.includes(id));
  if (newClips.length + newImages.length === 0) return matrix;
  return { ...matrix, clips: [...matrix.clips, ...newClips], imageIds: [...matrix.imageIds, ...newImages] };
}

/** What was changed for its cells goes with it, and comes back with undo. */
function removed(matrix: Matrix, { line, key }: { line: Line; key: string }): Matrix {
  const isClip = line === 'clip';
  const gone = isClip
    ? matrix.imageIds.map((id) => cellKey(id, key))
    : matrix.clips.map((clip) => cellKey(key, clip.key));
  return {
    ...matrix,
    clips: isClip ? matrix.clips.filter((clip) => clip.key !== key) : matrix.clips,
    imageIds: isClip ? matrix.imageIds : matrix.imageIds.filter((id) => id !== key),
    imageEdits: isClip ? matrix.imageEdits : without(matrix.imageEdits, [key]),
    changes: without(matrix.changes, gone),
    picks: without(matrix.picks, gone),
  };
}

function moved<Item>(items: readonly Item[], from: number, to: number): readonly Item[] {
  const item = items[from];
  if (item === undefined) return items;
  const others = items.toSpliced(from, 1);
  return others.toSpliced(Math.max(0, Math.min(others.length, to)), 0, item);
}

function changed(
  changes: MatrixChanges,
  cells: readonly Pick<Cell, 'key' | 'usual'>[],
  patch: CellChanges,
): MatrixChanges {
  const next = { ...changes };
  for (const { key, usual } of cells) {
    const tidied = tidyChanges(usual, { ...next[key], ...patch });
    if (tidied) next[key] = tidied;
    else delete next[key];
  }
  return next;
}

function without<Value>(record: Readonly<Record<string, Value>>, keys: readonly string[]): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)));
}

function tidyChanges(usual: CellSettings, changes: CellChanges): CellChanges | null {
  const own = Object.entries(changes).filter(([name, value]) => value !== usual[name as keyof CellSettings]);
  return own.length > 0 ? (Object.fromEntries(own) as CellChanges) : null;
}
