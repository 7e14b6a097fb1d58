/** The table with what belongs to it: what is picked, the settings of one cell, the total and the order. */

import { Button, Checkbox } from '@mantine/core';
import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Asset } from '../../shared/contract/media.ts';
import { mediaUrl } from '../../shared/media/mediaUrl.ts';
import { formatSeconds } from '../../shared/time/duration.ts';
import { shownText } from '../../shared/words/shownText.ts';
import { Poster } from '../components/Poster.tsx';
import { UndoPair } from '../components/UndoPair.tsx';
import { useTexts } from '../i18n.ts';
import { useDialogKeys } from '../keys/useKeys.ts';
import { cellKey, type MatrixClip, neighbourCell } from '../state/matrix/matrix.ts';
import { CellEditor } from './CellEditor.tsx';
import classes from './Matrix.module.css';
import { MatrixCell } from './MatrixCell.tsx';
import { MatrixFoot } from './MatrixFoot.tsx';
import { type CellState, useMatrix } from './useMatrix.ts';

interface MatrixTableProps {
  clips: readonly MatrixClip[];
  rows: readonly Asset[];
  onEditing: (isEditing: boolean) => void;
}

export function MatrixTable({ clips, rows, onEditing }: MatrixTableProps) {
  const { t } = useTexts();
  const imageIds = useMemo(() => rows.map((row) => row.id), [rows]);
  const matrix = useMatrix(clips, imageIds);
  const { states, edit } = matrix;
  const byKey = useMemo(() => new Map(states.map((cell) => [cell.key, cell])), [states]);
  const [editedKey, setEditedKey] = useState<string | null>(null);
  const table = useRef<HTMLTableElement>(null);
  const edited = editedKey === null ? undefined : byKey.get(editedKey);
  const startEditing = useCallback(
    (key: string | null) => {
      setEditedKey(key);
      onEditing(key !== null);
    },
    [onEditing],
  );
  const stopEditing = () => {
    startEditing(null);
    const buttons = table.current?.querySelectorAll<HTMLElement>('[data-edit]') ?? [];
    [...buttons].find((button) => button.dataset.edit === editedKey)?.focus();
  };
  useCellEscape(editedKey === null ? null : stopEditing);
  useDialogKeys({ undo: () => edit({ type: 'undo' }), redo: () => edit({ type: 'redo' }) });
  const onPick = useCallback((key: string, isIn: boolean) => edit({ type: 'pick', keys: [key], isIn }), [edit]);
  return (
    <>
      <div className={classes.tools}>
        <Picks states={states} edit={edit} />
        <UndoPair
          canUndo={matrix.canUndo}
          canRedo={matrix.canRedo}
          undo={() => edit({ type: 'undo' })}
          redo={() => edit({ type: 'redo' })}
        />
      </div>
      <div className={classes.scroll}>
        <table ref={table} className={classes.table} onKeyDown={moveByArrows(rows.length, clips.length)}>
          <Head clips={clips} states={states} edit={edit} />
          <tbody>
            {rows.map((row, rowIndex) => (
              <tr key={row.id}>
                <RowHead row={row} cells={states.filter((cell) => cell.imageId === row.id)} edit={edit} />
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
                      onEdit={startEditing}
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
    </>
  );
}

/** Escape leaves the cell that is being changed, wherever in the matrix the focus is, and nowhere. */
function useCellEscape(leave: (() => void) | null): void {
  const latest = useRef(leave);
  latest.current = leave;
  useEffect(() => {
    const onKeyDown = (event: globalThis.KeyboardEvent) => {
      if (event.key === 'Escape' && !event.isComposing) latest.current?.();
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

function Head({ clips, states, edit }: { clips: readonly MatrixClip[]; states: readonly CellState[]; edit: Edit }) {
  const { t, language } = useTexts();
  return (
    <thead>
      <tr>
        <td />
        {clips.map((clip) => (
          <th key={clip.key} scope="col">
            <div className={classes.head}>
              <Picker
                label={t('create.matrix.column', { clip: clip.name })}
                cells={states.filter((cell) => cell.clipKey === clip.key)}
                edit={edit}
              />
              <div className={classes.names}>
                <div className={classes.name} title={shownText(clip.name)}>
                  {shownText(clip.name)}
                </div>
                <div className={`${classes.dim} tabular`}>
                  {formatSeconds(clip.seconds, language)} · {t(`create.matrix.facing.${clip.orientation}`)}
                </div>
              </div>
            </div>
          </th>
        ))}
      </tr>
    </thead>
  );
}

function RowHead({ row, cells, edit }: { row: Asset; cells: CellState[]; edit: Edit }) {
  const { t } = useTexts();
  return (
    <th scope="row">
      <div className={classes.head}>
        <Picker label={t('create.matrix.row', { image: row.name })} cells={cells} edit={edit} />
        <Poster className={classes.thumb} src={mediaUrl('poster', row.id)} />
        <div className={classes.name} title={shownText(row.name)}>
          {shownText(row.name)}
        </div>
      </div>
    </th>
  );
}

/** A row or a column: out when all of it was in, in otherwise. */
function Picker({ label, cells, edit }: { label: string; cells: readonly CellState[]; edit: Edit }) {
  const open = cells.filter((cell) => cell.isOrderable);
  const picked = open.filter((cell) => cell.isPicked).length;
  const areAll = picked > 0 && picked === open.length;
  return (
    <Checkbox
      size="xs"
      aria-label={label}
      checked={areAll}
      indeterminate={picked > 0 && !areAll}
      disabled={open.length === 0}
      onChange={() => edit({ type: 'pick', keys: open.map((cell) => cell.key), isIn: !areAll })}
    />
  );
}
