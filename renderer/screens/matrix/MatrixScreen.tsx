/** Many orders at once, as a place of its own: characters as rows, clips as columns, a price and a state in every cell, one button for what is picked. */
import { Button } from '@mantine/core';
import { IconGridDots } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { Asset } from '../../../shared/contract/media.ts';
import { useCommand } from '../../bridge/queries.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import screenClasses from '../../components/Screen.module.css';
import { ScreenHeader } from '../../components/ScreenHeader.tsx';
import { UndoPair } from '../../components/UndoPair.tsx';
import { useCommandKeys } from '../../keys/useKeys.ts';
import { editMatrix, emptyMatrix, useMatrixNow, useMatrixStore } from '../../state/matrix/matrixStore.ts';
import { useTexts } from '../../text/i18n.ts';
import { AddLines } from './AddLines.tsx';
import classes from './Matrix.module.css';
import { MatrixTable } from './MatrixTable.tsx';

/** More than are shown to choose from: what lies in the matrix may have been used long ago. */
const mostAssets = 1000;

const undo = () => editMatrix({ type: 'undo' });
const redo = () => editMatrix({ type: 'redo' });

export function MatrixScreen() {
  const { t } = useTexts();
  const { clips, imageIds } = useMatrixNow();
  const canUndo = useMatrixStore((state) => state.history.past.length > 0);
  const canRedo = useMatrixStore((state) => state.history.future.length > 0);
  const images = useCommand('assets.list', { kind: 'image', limit: mostAssets }).data;
  const rows = useRows(imageIds, images);
  const isEmpty = clips.length === 0 && imageIds.length === 0;
  useCommandKeys({ undo, redo });
  return (
    <div className={screenClasses.screen}>
      <ScreenHeader title={t('create.matrix.title')}>
        <AddLines line="image" />
        <AddLines line="clip" />
        <span className={classes.headEnd}>
          <UndoPair canUndo={canUndo} canRedo={canRedo} undo={undo} redo={redo} />
          <Button size="compact-sm" variant="subtle" color="gray" disabled={isEmpty} onClick={emptyMatrix}>
            {t('create.matrix.empty')}
          </Button>
        </span>
      </ScreenHeader>
      {clips.length > 0 && rows.length > 0 ? (
        <MatrixTable clips={clips} rows={rows} />
      ) : (
        <EmptyState
          icon={<IconGridDots size={48} stroke={1.2} />}
          title={t(
            isEmpty
              ? 'create.matrix.none'
              : clips.length === 0
                ? 'create.matrix.noClips'
                : 'create.matrix.noCharacters',
          )}
          text={t('create.matrix.noneText')}
        />
      )}
    </div>
  );
}

/** As they were dropped or chosen, not as the list has them; what is not known any more keeps its row, by its id. */
function useRows(imageIds: readonly string[], images: readonly Asset[] | undefined) {
  return useMemo(() => {
    const known = new Map((images ?? []).map((image) => [image.id, image]));
    return imageIds.map((id) => ({ id, name: known.get(id)?.name ?? '…' }));
  }, [imageIds, images]);
}
