/** One cell: whether it is ordered and for how much, what became of it, and what is different about it. */
import { ActionIcon } from '@mantine/core';
import {
  IconAdjustmentsHorizontal,
  IconMovie,
  IconQuote,
  IconUser,
  IconVolume,
  IconVolumeOff,
} from '@tabler/icons-react';
import { memo } from 'react';
import { creditsOf } from '../../../shared/money/testCredits.ts';
import { formatCreditRange } from '../../format/units.ts';
import type { CellChanges } from '../../state/matrix/matrix.ts';
import { explainReason, sentenceOf } from '../../text/explain.ts';
import { useTexts } from '../../text/i18n.ts';
import classes from './Matrix.module.css';
import type { CellState } from './useMatrix.ts';

interface MatrixCellProps
  extends Pick<
    CellState,
    'changes' | 'takes' | 'price' | 'blockedBy' | 'jobState' | 'group' | 'isChecked' | 'isOrderable' | 'isPicked'
  > {
  cellKey: string;
  row: number;
  column: number;
  label: string;
  isEdited: boolean;
  isSandbox: boolean;
  onPick: (key: string, isIn: boolean) => void;
  onEdit: (key: string) => void;
}

/** A hundred of them may be in sight: only those whose own values have changed are drawn anew. */
export const MatrixCell = memo(function MatrixCell(cell: MatrixCellProps) {
  const { t } = useTexts();
  const { cellKey, row, column, label, changes, jobState, group, isEdited, onEdit } = cell;
  return (
    <td
      className={classes.cell}
      data-testid="matrix-cell"
      data-row={row}
      data-column={column}
      data-edited={isEdited}
      data-picked={cell.isPicked}
    >
      <div className={classes.cellLine}>
        <Verdict {...cell} />
        <ActionIcon
          size="sm"
          className={classes.edit}
          aria-label={t('create.matrix.change', { cell: label })}
          aria-pressed={isEdited}
          color={changes ? 'accent' : 'gray'}
          data-edit={cellKey}
          onClick={() => onEdit(cellKey)}
        >
          <IconAdjustmentsHorizontal size={14} />
        </ActionIcon>
      </div>
      <div className={classes.cellLine}>
        {jobState ? (
          <span data-group={group} className={classes.state}>
            {t(`jobs.state.${jobState}`)}
          </span>
        ) : null}
        {changes ? <Changes changes={changes} /> : null}
      </div>
    </td>
  );
}, isSame);

/** Recipes are made anew with every edit; what a cell shows is what it is compared by. */
function isSame(before: MatrixCellProps, after: MatrixCellProps): boolean {
  const names = [
    'row',
    'column',
    'label',
    'jobState',
    'group',
    'isChecked',
    'isOrderable',
    'isPicked',
    'isEdited',
    'isSandbox',
  ] as const;
  const objects = ['changes', 'price', 'blockedBy'] as const;
  return (
    before.cellKey === after.cellKey &&
    before.onPick === after.onPick &&
    before.onEdit === after.onEdit &&
    names.every((name) => before[name] === after[name]) &&
    objects.every((name) => JSON.stringify(before[name]) === JSON.stringify(after[name]))
  );
}

function Verdict({
  isSandbox,
  cellKey,
  label,
  price,
  blockedBy,
  isChecked,
  isOrderable,
  isPicked,
  onPick,
}: MatrixCellProps) {
  const texts = useTexts();
  const { t, language } = texts;
  if (!isChecked) return <span className={classes.dim}>{t('create.checks.checking')}</span>;
  if (!price) {
    const reason = blockedBy ? sentenceOf(explainReason(texts, blockedBy)) : '';
    return (
      <span className={classes.bad} title={reason}>
        {t('create.matrix.blocked')} <span className="visually-hidden">{reason}</span>
      </span>
    );
  }
  // Mantine's box is many elements; a hundred of them are felt.
  return (
    <label className={`${classes.pick} tabular`}>
      <input
        type="checkbox"
        aria-label={label}
        checked={isPicked}
        disabled={!isOrderable}
        onChange={(event) => onPick(cellKey, event.currentTarget.checked)}
      />
      {t('create.cost.credits', { credits: formatCreditRange(price, language), ...creditsOf(isSandbox) })}
    </label>
  );
}

function Changes({ changes }: { changes: CellChanges }) {
  const { t } = useTexts();
  const { quality, orientation, keepSound, prompt, takes } = changes;
  const what = [
    takes === undefined ? undefined : t('create.matrix.takes', { number: takes }),
    quality,
    orientation ? t(`create.matrix.facing.${orientation}`) : undefined,
    keepSound === undefined ? undefined : t(keepSound ? 'create.shelf.sound' : 'create.shelf.silent'),
    prompt === undefined ? undefined : t('create.recipe.prompt'),
  ].filter((part) => part !== undefined);
  const text = t('create.matrix.changed', { what: what.join(', ') });
  return (
    <span className={classes.changes} title={text}>
      <span className="visually-hidden">{text}</span>
      <span aria-hidden="true">{takes === undefined ? null : `×${takes}`}</span>
      <span aria-hidden="true">{quality}</span>
      {orientation === 'image' ? <IconUser size={13} /> : null}
      {orientation === 'video' ? <IconMovie size={13} /> : null}
      {keepSound === true ? <IconVolume size={13} /> : null}
      {keepSound === false ? <IconVolumeOff size={13} /> : null}
      {prompt === undefined ? null : <IconQuote size={13} />}
    </span>
  );
}
