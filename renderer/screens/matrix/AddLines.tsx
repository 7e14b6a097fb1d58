/** Adds characters or clips to the matrix: files from the system's dialog, or what was used before. */
import { Button, Popover } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Asset } from '../../../shared/contract/media.ts';
import { mediaUrl } from '../../../shared/media/mediaUrl.ts';
import { shownText } from '../../../shared/words/shownText.ts';
import { useCommand } from '../../bridge/queries.ts';
import { FilePicker } from '../../components/FilePicker.tsx';
import { Poster } from '../../components/Poster.tsx';
import { layOut } from '../../state/matrix/layOut.ts';
import type { Line } from '../../state/matrix/matrixEdits.ts';
import { editMatrix, useMatrixNow } from '../../state/matrix/matrixStore.ts';
import { useIntake } from '../../state/order/intake.ts';
import { useLimits } from '../../state/shell/limits.ts';
import { useTexts } from '../../text/i18n.ts';
import classes from './Matrix.module.css';

const mostOffered = 60;

export function AddLines({ line }: { line: Line }) {
  const { t } = useTexts();
  const [isOpen, setIsOpen] = useState(false);
  const { receive } = useIntake();
  const slot = line === 'clip' ? 'video' : 'image';
  return (
    <Popover opened={isOpen} onChange={setIsOpen} trapFocus returnFocus position="bottom-start" withArrow width={420}>
      <Popover.Target>
        <Button
          size="compact-sm"
          variant="default"
          aria-expanded={isOpen}
          leftSection={<IconPlus size={14} aria-hidden="true" />}
          onClick={() => setIsOpen(!isOpen)}
        >
          {t(`create.matrix.add.${line}`)}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t(`create.matrix.add.${line}`)} p="sm">
        <FilePicker
          slot={slot}
          id={`matrix-${slot}`}
          inputLabel={t(`create.matrix.add.${line}`)}
          takesSeveral
          onFiles={(files) => void receive(files)}
        >
          {(choose) => (
            <Button size="compact-sm" onClick={choose}>
              {t('create.matrix.add.files')}
            </Button>
          )}
        </FilePicker>
        <Recents line={line} />
      </Popover.Dropdown>
    </Popover>
  );
}

function Recents({ line }: { line: Line }) {
  const { t } = useTexts();
  const client = useQueryClient();
  const limits = useLimits();
  const kind = line === 'clip' ? 'video' : 'image';
  const offered = (useCommand('assets.list', { kind, limit: mostOffered }).data ?? []).filter(
    ({ isPresent }) => isPresent,
  );
  const { clips, imageIds } = useMatrixNow();
  const isIn = ({ id }: Asset) => (line === 'clip' ? clips.some(({ key }) => key === id) : imageIds.includes(id));
  const toggle = (asset: Asset) =>
    isIn(asset) ? editMatrix({ type: 'remove', line, key: asset.id }) : layOut([asset], limits, client);
  if (offered.length === 0) return null;
  return (
    <fieldset className={classes.recents}>
      <legend>{t('create.recent')}</legend>
      {offered.map((asset) => (
        <label key={asset.id} className={classes.recent} title={shownText(asset.name)}>
          <input type="checkbox" checked={isIn(asset)} onChange={() => toggle(asset)} />
          <Poster src={mediaUrl('poster', asset.id)} alt={shownText(asset.name)} />
          <span aria-hidden="true">{shownText(asset.name)}</span>
        </label>
      ))}
    </fieldset>
  );
}
