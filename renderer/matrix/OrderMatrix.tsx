/** Many orders at once: characters as rows, clips as columns, a price and a state in every cell, one button for what is picked. */
import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { mediaUrl } from '../../shared/media/mediaUrl.ts';
import { shownText } from '../../shared/words/shownText.ts';
import { useCommand } from '../bridge/queries.ts';
import { Dialog } from '../components/Dialog.tsx';
import { Poster } from '../components/Poster.tsx';
import { useTexts } from '../i18n.ts';
import { closeMatrix, emptyMatrix, toggleCharacter, useMatrixStore } from '../state/matrix/matrixStore.ts';
import { useDraft } from '../state/order/draftStore.ts';
import { hrefOf } from '../state/shell/route.ts';
import classes from './Matrix.module.css';
import { MatrixTable } from './MatrixTable.tsx';

const mostImages = 60;

export function OrderMatrix() {
  const { t } = useTexts();
  const { quality } = useDraft();
  const images = useCommand('assets.list', { kind: 'image', limit: mostImages }).data ?? [];
  const { clips } = useMatrixStore((state) => state.layout);
  const chosen = useMatrixStore((state) => state.imageIds);
  const [isEditing, setIsEditing] = useState(false);
  // As they were dropped or chosen, not as the list has them.
  const rows = useMemo(() => chosen.flatMap((id) => images.find((image) => image.id === id) ?? []), [images, chosen]);
  return (
    <Dialog
      onClose={closeMatrix}
      // Escape leaves the cell first.
      closeOnEscape={!isEditing}
      size="auto"
      title={t('create.matrix.title')}
      isFirm
    >
      <Stack gap="sm" miw={520}>
        <Group justify="space-between" wrap="nowrap">
          <Text c="dimmed" size="xs" maw={640}>
            {t('create.matrix.about', { quality })}
          </Text>
          <Button size="compact-xs" variant="subtle" color="gray" onClick={emptyMatrix}>
            {t('create.matrix.empty')}
          </Button>
        </Group>
        {images.length === 0 ? (
          <Anchor href={hrefOf('create')} onClick={closeMatrix}>
            {t('create.matrix.noCharacters')}
          </Anchor>
        ) : null}
        <fieldset className={classes.characters} hidden={images.length === 0}>
          <legend>{t('create.matrix.characters')}</legend>
          {images.map((image) => (
            <label key={image.id} className={classes.character} title={shownText(image.name)}>
              <input type="checkbox" checked={chosen.includes(image.id)} onChange={() => toggleCharacter(image.id)} />
              <Poster src={mediaUrl('poster', image.id)} alt={shownText(image.name)} />
            </label>
          ))}
        </fieldset>
        {rows.length > 0 ? <MatrixTable clips={clips} rows={rows} onEditing={setIsEditing} /> : null}
      </Stack>
    </Dialog>
  );
}
