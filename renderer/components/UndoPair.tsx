/** Undo and redo for a hand on the mouse, with their keys in the tooltips. */
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react';
import { useKeyHints } from '../keys/useKeys.ts';
import { useTexts } from '../text/i18n.ts';

interface UndoPairProps {
  canUndo: boolean;
  canRedo: boolean;
  undo: () => void;
  redo: () => void;
}

export function UndoPair({ canUndo, canRedo, undo, redo }: UndoPairProps) {
  const { t } = useTexts();
  const { withKey } = useKeyHints();
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
