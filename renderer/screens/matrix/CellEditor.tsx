/** What one cell does differently from the Create screen; the same may be said for its row or its column. Until one is chosen, a line says how. */
import { Button, NativeSelect, NumberInput, SegmentedControl, Switch, Textarea } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { textLimits } from '../../../shared/rules/limits.ts';
import { countCharacters } from '../../../shared/words/texts.ts';
import type { CellChanges, CellSettings } from '../../state/matrix/matrix.ts';
import { useTexts } from '../../text/i18n.ts';
import classes from './Matrix.module.css';
import type { CellState, useMatrix } from './useMatrix.ts';

/** More of one pair at once is a slip of the finger. */
const mostTakes = 9;
const clampTakes = (value: number | string): number => Math.max(1, Math.min(mostTakes, Math.round(Number(value)) || 1));

interface CellEditorProps {
  cell: CellState | undefined;
  label: string;
  others: readonly CellState[];
  edit: ReturnType<typeof useMatrix>['edit'];
  onDone: () => void;
}

export function CellEditor({ cell, ...rest }: CellEditorProps) {
  const { t } = useTexts();
  if (!cell) return <p className={classes.hint}>{t('create.matrix.changeHint')}</p>;
  return <Fields cell={cell} {...rest} />;
}

function Fields({ cell, label, others, edit, onDone }: CellEditorProps & { cell: CellState }) {
  const { t } = useTexts();
  const fields = useRef<HTMLFieldSetElement>(null);
  // The keys that opened the editor go on inside it.
  useEffect(() => fields.current?.querySelector('select')?.focus(), []);
  const settings: CellSettings = { ...cell.usual, ...cell.changes };
  const change = (patch: CellChanges, step?: string) =>
    edit({ type: 'change', cells: [cell], patch, ...(step ? { edit: step } : {}) });
  const sameFor = (isIn: (other: CellState) => boolean) =>
    edit({ type: 'change', cells: others.filter(isIn), patch: settings });
  return (
    <fieldset ref={fields} className={classes.editor} data-testid="cell-editor">
      <legend>{label}</legend>
      <div className={classes.fields}>
        <Facing value={settings.orientation} onChange={(orientation) => change({ orientation })} />
        <SegmentedControl
          aria-label={t('create.recipe.quality')}
          data={['720p', '1080p']}
          value={settings.quality}
          onChange={(value) => change({ quality: value === '1080p' ? '1080p' : '720p' })}
        />
        <NumberInput
          aria-label={t('create.matrix.takesLabel')}
          prefix={`${t('create.matrix.takesPrefix')} `}
          min={1}
          max={mostTakes}
          value={settings.takes}
          onChange={(value) => change({ takes: clampTakes(value) }, `takes ${cell.key}`)}
        />
        <Switch
          label={t('create.recipe.keepSound')}
          checked={settings.keepSound}
          onChange={(event) => change({ keepSound: event.currentTarget.checked })}
        />
      </div>
      <Prompt value={settings.prompt} onChange={(prompt) => change({ prompt }, `prompt ${cell.key}`)} />
      <div className={classes.editorActions}>
        <Button size="compact-xs" variant="default" onClick={() => sameFor(({ imageId }) => imageId === cell.imageId)}>
          {t('create.matrix.sameRow')}
        </Button>
        <Button size="compact-xs" variant="default" onClick={() => sameFor(({ clipKey }) => clipKey === cell.clipKey)}>
          {t('create.matrix.sameColumn')}
        </Button>
        <Button
          size="compact-xs"
          variant="default"
          disabled={cell.changes === null}
          onClick={() => edit({ type: 'reset', keys: [cell.key] })}
        >
          {t('create.matrix.asForm')}
        </Button>
        <Button size="compact-xs" variant="light" onClick={onDone}>
          {t('create.matrix.done')}
        </Button>
      </div>
    </fieldset>
  );
}

interface FacingProps {
  value: CellSettings['orientation'];
  onChange: (value: CellSettings['orientation']) => void;
}

function Facing({ value, onChange }: FacingProps) {
  const { t } = useTexts();
  return (
    <NativeSelect
      aria-label={t('create.recipe.facing')}
      value={value}
      data={[
        { value: 'image', label: t('create.shelf.target.motion-image') },
        { value: 'video', label: t('create.shelf.target.motion-video') },
      ]}
      onChange={(event) => onChange(event.currentTarget.value === 'image' ? 'image' : 'video')}
    />
  );
}

function Prompt({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useTexts();
  const length = countCharacters(value);
  const isTooLong = length > textLimits.promptMax;
  return (
    <Textarea
      label={t('create.recipe.prompt')}
      description={t('create.recipe.promptCount', { number: length, max: textLimits.promptMax })}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      placeholder={t('create.recipe.promptHint')}
      rows={3}
      value={value}
      error={isTooLong ? t('create.recipe.promptTooLong') : null}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
