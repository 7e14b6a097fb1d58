/** The table with what belongs to it: what is picked, the settings of one cell, the total and the order. */

import { Button } from '@mantine/core';
import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { cellKey, type MatrixClip, neighbourCell } from '../../state/matrix/matrix.ts';
import { useTexts } from '../../text/i18n.ts';
import { CellEditor } from './CellEditor.tsx';
import classes from './Matrix.module.css';
import { MatrixCell } from './MatrixCell.tsx';
import { MatrixFoot } from './MatrixFoot.tsx';
import { ColumnHeads, RowHead, type RowImage } from './MatrixHeads.tsx';
import { useLineDrag } from './useLineDrag.ts';
import { type CellState, useMatrix } from './useMatrix.ts';

interface MatrixTableProps {
  clips: readonly MatrixClip[];
  rows: readonly RowImage[];
}

export function MatrixTable({ clips, rows }: MatrixTableProps) {
  const { t } = useTexts();
  const imageIds = useMemo(() => rows.map((row) => row.id), [rows]);
  const matrix = useMatrix(clips, imageIds);
  const { states, edit } = matrix;
  const byKey = useMemo(() => new Map(states.map((cell) => [cell.key, cell])), [states]);
  const [editedKey, setEditedKey] = useState<string | null>(null);
  const table = useRef<HTMLTableElement>(null);
  const edited = editedKey === null ? undefined : byKey.get(editedKey);
  const dragOf = useLineDrag('image');
  const stopEditing = () => {
    setEditedKey(null);
    const buttons = table.current?.querySelectorAll<HTMLElement>('[data-edit]') ?? [];
    [...buttons].find((button) => button.dataset.edit === editedKey)?.focus();
  };
  useCellEscape(edited ? stopEditing : null);
  // Its editor takes room from the table: the cell stays in sight.
  useEffect(() => {
    if (editedKey !== null)
      table.current?.querySelector('[data-edited="true"]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [editedKey]);
  const onPick = useCallback((key: string, isIn: boolean) => edit({ type: 'pick', keys: [key], isIn }), [edit]);
  return (
    <div className={classes.body}>
      <Picks states={states} edit={edit} />
      <div className={classes.scroll}>
        <table ref={table} className={classes.table} onKeyDown={moveByArrows(rows.length, clips.length)}>
          <ColumnHeads clips={clips} states={states} edit={edit} isSandbox={!matrix.isReal} />
          <tbody>
            {rows.map((row, rowIndex) => (
              <tr key={row.id}>
                <RowHead
                  row={row}
                  index={rowIndex}
                  count={rows.length}
                  cells={states.filter((cell) => cell.imageId === row.id)}
                  edit={edit}
                  isSandbox={!matrix.isReal}
                  drag={dragOf(row.id, rowIndex)}
                />
                {clips.map((clip, column) => {
                  const cell = byKey.get(cellKey(row.id, clip.key));
                  if (!cell) return null;
                  const { key, ...shown } = cell;
                  return (
                    <MatrixCell
                      key={clip.key}
                      row={rowIndex}
                      column={column}
                      label={t('create.matrix.cell', { image: row.name, clip: clip.name })}
                      {...shown}
                      cellKey={key}
                      isEdited={key === editedKey}
                      isSandbox={!matrix.isReal}
                      onPick={onPick}
                      onEdit={setEditedKey}
                    />
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <CellEditor
        key={editedKey}
        cell={edited}
        label={labelOf(t, edited, { rows, clips })}
        others={states}
        edit={edit}
        onDone={stopEditing}
      />
      <MatrixFoot matrix={matrix} />
    </div>
  );
}

/** Escape leaves the cell that is being changed, wherever in the matrix the focus is, and nowhere. */
function useCellEscape(leave: (() => void) | null): void {
  const latest = useRef(leave);
  latest.current = leave;
  useEffect(() => {
    const onKeyDown = (event: globalThis.KeyboardEvent) => {
      if (event.key === 'Escape' && !event.isComposing && !event.defaultPrevented) latest.current?.();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}

type Edit = ReturnType<typeof useMatrix>['edit'];
type Translate = ReturnType<typeof useTexts>['t'];

function labelOf(t: Translate, cell: CellState | undefined, { rows, clips }: Pick<MatrixTableProps, 'rows' | 'clips'>) {
  const image = rows.find((row) => row.id === cell?.imageId)?.name ?? '';
  const clip = clips.find((column) => column.key === cell?.clipKey)?.name ?? '';
  return cell ? t('create.matrix.cell', { image, clip }) : '';
}

/** Arrows go from cell to cell; Space and Enter do what they do on any box and button. */
function moveByArrows(rows: number, columns: number) {
  return (event: KeyboardEvent<HTMLTableElement>) => {
    const from = (event.target as Element).closest<HTMLElement>('[data-row]');
    if (!from || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = { row: Number(from.dataset.row), column: Number(from.dataset.column) };
    const to = neighbourCell(at, event.key, { rows, columns });
    if (!to) return;
    event.preventDefault();
    const place = `[data-row="${to.row}"][data-column="${to.column}"]`;
    event.currentTarget.querySelector<HTMLElement>(`${place} input, ${place} button`)?.focus();
  };
}

function Picks({ states, edit }: { states: readonly CellState[]; edit: Edit }) {
  const { t } = useTexts();
  const keys = states.filter((cell) => cell.isOrderable).map((cell) => cell.key);
  return (
    <fieldset className={classes.picks}>
      <legend>{t('create.matrix.pick')}</legend>
      <Button size="compact-xs" variant="default" onClick={() => edit({ type: 'pick', keys, isIn: true })}>
        {t('create.matrix.pickAll')}
      </Button>
      <Button size="compact-xs" variant="default" onClick={() => edit({ type: 'pickGaps' })}>
        {t('create.matrix.pickGaps')}
      </Button>
      <Button size="compact-xs" variant="default" onClick={() => edit({ type: 'pick', keys, isIn: false })}>
        {t('create.matrix.pickNone')}
      </Button>
    </fieldset>
  );
}
