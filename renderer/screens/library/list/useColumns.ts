/** The columns as a person has set them up, and the changes to them. */
import { useState } from 'react';
import {
  type ColumnId,
  type ColumnState,
  clampWidth,
  keepColumns,
  keptColumns,
  movedColumn,
  usualColumns,
} from './columnKeep.ts';

export interface Columns extends ColumnState {
  setWidths: (widths: Readonly<Record<string, number>>) => void;
  setVisible: (id: ColumnId, isVisible: boolean) => void;
  move: (id: ColumnId, to: ColumnId) => void;
  reset: () => void;
}

export function useColumns(): Columns {
  const [columns, setColumns] = useState(keptColumns);
  const change = (patch: Partial<ColumnState>) =>
    setColumns((was) => {
      const next = { ...was, ...patch };
      keepColumns(next);
      return next;
    });
  return {
    ...columns,
    setWidths: (widths) =>
      change({ widths: Object.fromEntries(Object.entries(widths).map(([id, width]) => [id, clampWidth(width)])) }),
    setVisible: (id, isVisible) => change({ visibility: { ...columns.visibility, [id]: isVisible } }),
    move: (id, to) => change({ order: movedColumn(columns.order, id, to) }),
    reset: () => change(usualColumns),
  };
}
