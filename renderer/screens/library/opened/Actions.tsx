/** What can be done with the file of a result and its recipe. */
import { Button } from '@mantine/core';
import { IconBadgeHd, IconCopy, IconDragDrop, IconFolder, IconRepeat, IconTrash } from '@tabler/icons-react';
import type { LibraryItem } from '../../../../shared/contract/library.ts';
import { useCommand, useCommandMutation } from '../../../bridge/queries.ts';
import { useLoadRecipe } from '../../../components/useLoadRecipe.tsx';
import { prepareDrag } from '../../../state/library/dragResults.ts';
import { useLibraryStore } from '../../../state/library/libraryStore.ts';
import { notifyDone, notifyError } from '../../../state/shell/notify.tsx';
import { useTexts } from '../../../text/i18n.ts';
import { motionOf } from '../compare/useSides.ts';
import { useLibraryEdits } from '../useLibraryEdits.tsx';
import classes from './Opened.module.css';

export function Actions({ item, onClose }: { item: LibraryItem; onClose: () => void }) {
  const { t } = useTexts();
  const loadRecipe = useLoadRecipe();
  const capabilities = useCommand('app.info', {}).data?.capabilities;
  const reveal = useCommandMutation('library.reveal');
  const { trash } = useLibraryEdits();
  const recipe = motionOf(item);
  const copy = () =>
    void navigator.clipboard
      .writeText(item.file)
      .then(() => notifyDone((t) => t('library.pathCopied')))
      .catch((error: unknown) => notifyError(error));
  return (
    <div className={classes.actions}>
      {recipe ? (
        <Button
          leftSection={<IconRepeat size={14} />}
          onClick={() => {
            onClose();
            loadRecipe(recipe);
          }}
        >
          {t('library.useAgain')}
        </Button>
      ) : null}
      {recipe?.quality === '720p' ? (
        <Button
          variant="default"
          leftSection={<IconBadgeHd size={14} />}
          onClick={() => {
            onClose();
            useLibraryStore.setState({ promoteIds: [item.id] });
          }}
        >
          {t('library.promote.action')}
        </Button>
      ) : null}
      {capabilities?.nativeDragOut ? (
        <Button
          variant="default"
          draggable
          leftSection={<IconDragDrop size={14} />}
          onPointerDown={() => prepareDrag([item.id])}
          onDragStart={(event) => {
            // The drag is the system's from here on.
            event.preventDefault();
            window.restage.dragOut?.([item.id]);
          }}
        >
          {t('viewer.dragOut')}
        </Button>
      ) : null}
      <Button variant="default" leftSection={<IconCopy size={14} />} onClick={copy}>
        {t('library.copyPath')}
      </Button>
      {capabilities?.reveal ? (
        <Button
          variant="default"
          leftSection={<IconFolder size={14} />}
          onClick={() => reveal.mutate({ id: item.id }, { onError: (error) => notifyError(error) })}
        >
          {t('library.reveal')}
        </Button>
      ) : null}
      <Button
        variant="subtle"
        color="gray"
        leftSection={<IconTrash size={14} />}
        onClick={() => {
          trash(item);
          onClose();
        }}
      >
        {t('library.toTrash')}
      </Button>
    </div>
  );
}
