/** Ordering prepared takes: characters as rows, takes as columns, a price or a state in every cell, one button for what is picked. */

import { Anchor, Button, Checkbox, Group, Modal, Stack, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { Asset, Prepared } from '../../../shared/contract/media.ts';
import { formatSeconds } from '../../../shared/duration.ts';
import { mediaUrl } from '../../../shared/mediaUrl.ts';
import { useCommand } from '../../bridge/queries.ts';
import { useReturnFocus } from '../../components/useReturnFocus.ts';
import { formatCreditRange, formatDollarRange } from '../../format/units.ts';
import { useTexts } from '../../i18n.ts';
import { useDraft } from '../../state/draftStore.ts';
import { groupOf } from '../../state/jobCounts.ts';
import { hrefOf } from '../../state/route.ts';
import classes from './OrderMatrix.module.css';
import { type CellState, useMatrix } from './useMatrix.ts';

export function OrderMatrix({ takes, onClose }: { takes: readonly Prepared[]; onClose: () => void }) {
  useReturnFocus();
  const { t } = useTexts();
  const { imageId, quality } = useDraft();
  const images = useCommand('assets.list', { kind: 'image', limit: 24 }).data ?? [];
  const [chosen, setChosen] = useState<readonly string[]>(imageId === null ? [] : [imageId]);
  const rows = useMemo(() => images.filter((image) => chosen.includes(image.id)), [images, chosen]);
  const choose = (id: string) =>
    setChosen(chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id]);
  return (
    <Modal
      opened
      onClose={onClose}
      size="auto"
      title={t('create.matrix.title')}
      closeButtonProps={{ 'aria-label': t('app.action.close') }}
    >
      <Stack gap="sm" miw={420}>
        <Text c="dimmed" size="xs" maw={640}>
          {t('create.matrix.about', { quality })}
        </Text>
        {images.length === 0 ? <Anchor href={hrefOf('create')}>{t('create.matrix.noCharacters')}</Anchor> : null}
        <fieldset className={classes.characters} hidden={images.length === 0}>
          <legend>{t('create.matrix.characters')}</legend>
          {images.map((image) => (
            <label key={image.id} className={classes.character} title={image.name}>
              <input type="checkbox" checked={chosen.includes(image.id)} onChange={() => choose(image.id)} />
              <img src={mediaUrl('poster', image.id)} alt={image.name} />
            </label>
          ))}
        </fieldset>
        <Table takes={takes} rows={rows} />
      </Stack>
    </Modal>
  );
}

function Table({ takes, rows }: { takes: readonly Prepared[]; rows: readonly Asset[] }) {
  const { t, language } = useTexts();
  const imageIds = useMemo(() => rows.map((row) => row.id), [rows]);
  const matrix = useMatrix(takes, imageIds);
  const keysOf = (isIn: (cell: CellState) => boolean) => matrix.states.filter(isIn).map((cell) => cell.key);
  if (rows.length === 0) return null;
  return (
    <>
      <div className={classes.scroll}>
        <table className={classes.table}>
          <thead>
            <tr>
              <td />
              {takes.map((take) => (
                <th key={take.id} scope="col">
                  <Picker
                    label={t('create.matrix.column', { take: take.assetName })}
                    cells={matrix.states.filter((cell) => cell.takeId === take.id)}
                    onToggle={() => matrix.toggle(keysOf((cell) => cell.takeId === take.id))}
                  />
                  <span className={classes.name} title={take.assetName}>
                    {take.assetName}
                  </span>
                  <span className={classes.dim}>{formatSeconds(take.plan.output.durationSeconds, language)}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <th scope="row">
                  <Picker
                    label={t('create.matrix.row', { image: row.name })}
                    cells={matrix.states.filter((cell) => cell.imageId === row.id)}
                    onToggle={() => matrix.toggle(keysOf((cell) => cell.imageId === row.id))}
                  />
                  <span className={classes.name} title={row.name}>
                    {row.name}
                  </span>
                </th>
                {takes.map((take) => (
                  <td key={take.id} data-testid="matrix-cell">
                    <CellView
                      cell={matrix.states.find((cell) => cell.imageId === row.id && cell.takeId === take.id)}
                      label={t('create.matrix.cell', { image: row.name, take: take.assetName })}
                      onToggle={(key) => matrix.toggle([key])}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Foot matrix={matrix} />
    </>
  );
}

function Picker({ label, cells, onToggle }: { label: string; cells: CellState[]; onToggle: () => void }) {
  const open = cells.filter((cell) => cell.isOrderable);
  const picked = open.filter((cell) => cell.isPicked).length;
  return (
    <Checkbox
      size="xs"
      aria-label={label}
      checked={picked > 0 && picked === open.length}
      indeterminate={picked > 0 && picked < open.length}
      disabled={open.length === 0}
      onChange={onToggle}
    />
  );
}

interface CellViewProps {
  cell: CellState | undefined;
  label: string;
  onToggle: (key: string) => void;
}

function CellView({ cell, label, onToggle }: CellViewProps) {
  const { t, language } = useTexts();
  if (!cell) return null;
  if (cell.job)
    return (
      <span data-group={groupOf(cell.job)} className={classes.state}>
        {t(`jobs.state.${cell.job.state}`)}
      </span>
    );
  if (!cell.isChecked) return <span className={classes.dim}>{t('create.checks.checking')}</span>;
  if (!cell.price) return <span className={classes.bad}>{t('create.matrix.blocked')}</span>;
  return (
    <Checkbox
      size="xs"
      className="tabular"
      label={formatCreditRange(cell.price, language)}
      aria-label={label}
      checked={cell.isPicked}
      onChange={() => onToggle(cell.key)}
    />
  );
}

function Foot({ matrix }: { matrix: ReturnType<typeof useMatrix> }) {
  const { t, language } = useTexts();
  const [hasRights, setHasRights] = useState(false);
  const { picked, total } = matrix;
  const sums = {
    number: picked.length,
    credits: formatCreditRange(total, language),
    dollars: formatDollarRange(total, language),
  };
  return (
    <>
      {matrix.needsRights ? (
        <Checkbox
          label={t('create.confirm.rights')}
          checked={hasRights}
          onChange={(event) => setHasRights(event.currentTarget.checked)}
        />
      ) : null}
      {matrix.isReal ? <Text c="dimmed">{t('create.confirm.noUndo')}</Text> : null}
      <Group justify="space-between" gap="md">
        <Text className="tabular" role="status" data-testid="matrix-total">
          {picked.length > 0 ? t('create.matrix.total', sums) : t('create.matrix.nothing')}
        </Text>
        <Button
          disabled={picked.length === 0 || (matrix.needsRights && !hasRights)}
          loading={matrix.isOrdering}
          onClick={matrix.order}
        >
          {picked.length > 0 ? t('create.matrix.order', { number: picked.length }) : t('create.shelf.order')}
        </Button>
      </Group>
    </>
  );
}
