/** The heads of rows and columns: what they are, what is picked of them and for how much, and what can be done with them. */
import { Checkbox } from '@mantine/core';
import { mediaUrl } from '../../../shared/media/mediaUrl.ts';
import { creditsOf } from '../../../shared/money/testCredits.ts';
import { formatSeconds } from '../../../shared/time/duration.ts';
import { shownText } from '../../../shared/words/shownText.ts';
import { Poster } from '../../components/Poster.tsx';
import { formatCreditRange } from '../../format/units.ts';
import type { MatrixClip } from '../../state/matrix/matrix.ts';
import { useTexts } from '../../text/i18n.ts';
import { LineMenu } from './LineMenu.tsx';
import classes from './Matrix.module.css';
import { useLineDrag } from './useLineDrag.ts';
import { type CellState, sumOf, type useMatrix } from './useMatrix.ts';

type Edit = ReturnType<typeof useMatrix>['edit'];

export interface RowImage {
  id: string;
  name: string;
}

interface ColumnHeadsProps {
  clips: readonly MatrixClip[];
  states: readonly CellState[];
  edit: Edit;
  isSandbox: boolean;
}

export function ColumnHeads({ clips, states, edit, isSandbox }: ColumnHeadsProps) {
  const { t, language } = useTexts();
  const dragOf = useLineDrag('clip');
  return (
    <thead>
      <tr>
        <td />
        {clips.map((clip, index) => {
          const cells = states.filter((cell) => cell.clipKey === clip.key);
          return (
            <th key={clip.key} scope="col" {...dragOf(clip.key, index)}>
              <div className={classes.head}>
                <Picker label={t('create.matrix.column', { clip: clip.name })} cells={cells} edit={edit} />
                <Poster className={classes.still} src={mediaUrl('poster', clip.assetId)} />
                <div className={classes.names}>
                  <div className={classes.name} title={shownText(clip.name)}>
                    {shownText(clip.name)}
                  </div>
                  <div className={`${classes.dim} tabular`}>
                    {formatSeconds(clip.seconds, language)} · {t(`create.matrix.facing.${clip.orientation}`)}
                  </div>
                  <Sum cells={cells} isSandbox={isSandbox} />
                </div>
                <LineMenu line="clip" id={clip.key} name={clip.name} index={index} count={clips.length} />
              </div>
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

interface RowHeadProps {
  row: RowImage;
  index: number;
  count: number;
  cells: readonly CellState[];
  edit: Edit;
  isSandbox: boolean;
  drag: ReturnType<ReturnType<typeof useLineDrag>>;
}

export function RowHead({ row, index, count, cells, edit, isSandbox, drag }: RowHeadProps) {
  const { t } = useTexts();
  return (
    <th scope="row" {...drag}>
      <div className={classes.head}>
        <Picker label={t('create.matrix.row', { image: row.name })} cells={cells} edit={edit} />
        <Poster className={classes.thumb} src={mediaUrl('poster', row.id)} />
        <div className={classes.names}>
          <div className={classes.name} title={shownText(row.name)}>
            {shownText(row.name)}
          </div>
          <Sum cells={cells} isSandbox={isSandbox} />
        </div>
        <LineMenu line="image" id={row.id} name={row.name} index={index} count={count} />
      </div>
    </th>
  );
}

/** What is picked of a line costs so much. */
function Sum({ cells, isSandbox }: { cells: readonly CellState[]; isSandbox: boolean }) {
  const { t, language } = useTexts();
  const picked = cells.filter((cell) => cell.isPicked);
  if (picked.length === 0) return <div className={classes.dim}>–</div>;
  return (
    <div className={`${classes.dim} tabular`}>
      {t('create.cost.credits', { credits: formatCreditRange(sumOf(picked), language), ...creditsOf(isSandbox) })}
    </div>
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
