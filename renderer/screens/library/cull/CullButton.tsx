/** Starts going through the results of the list, one by one. */
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconCards } from '@tabler/icons-react';
import { useTexts } from '../../../i18n.ts';
import { useCommandKeys, useKeyHints } from '../../../keys/useKeys.ts';
import { useLibraryStore } from '../../../state/library/libraryStore.ts';

export function CullButton({ ids }: { ids: readonly string[] }) {
  const { t } = useTexts();
  const { withKey } = useKeyHints();
  const start = () => {
    if (ids.length > 0) useLibraryStore.setState({ cullIds: [...ids] });
  };
  useCommandKeys({ cull: start });
  return (
    <Tooltip label={withKey(t('keys.command.cull'), 'cull')}>
      <ActionIcon aria-label={t('keys.command.cull')} disabled={ids.length === 0} onClick={start}>
        <IconCards size={16} />
      </ActionIcon>
    </Tooltip>
  );
}
