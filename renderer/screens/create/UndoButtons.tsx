/** Undo and redo over everything that the form holds, for a hand on the mouse. */
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react';
import { useTexts } from '../../i18n.ts';
import { useKeyHints } from '../../keys/useKeys.ts';
import { useDraftStore } from '../../state/draftStore.ts';

export function UndoButtons() {
  const { t } = useTexts();
  const { withKey } = useKeyHints();
  const canUndo = useDraftStore((state) => state.history.past.length > 0);
  const canRedo = useDraftStore((state) => state.history.future.length > 0);
  const { undo, redo } = useDraftStore.getState();
  return (
    <>
      <Tooltip label={withKey(t('keys.command.undo'), 'undo')}>
        <ActionIcon aria-label={t('keys.command.undo')} disabled={!canUndo} onClick={undo}>
          <IconArrowBackUp size={16} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={withKey(t('keys.command.redo'), 'redo')}>
        <ActionIcon aria-label={t('keys.command.redo')} disabled={!canRedo} onClick={redo}>
          <IconArrowForwardUp size={16} />
        </ActionIcon>
      </Tooltip>
    </>
  );
}
