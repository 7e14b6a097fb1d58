/** What can be done with a whole row or column: worked on in Create, moved, taken out. */
import { ActionIcon, Menu } from '@mantine/core';
import { IconDotsVertical } from '@tabler/icons-react';
import type { Line } from '../../state/matrix/matrixEdits.ts';
import { editMatrix } from '../../state/matrix/matrixStore.ts';
import { startVisit } from '../../state/matrix/visit.ts';
import { useTexts } from '../../text/i18n.ts';

interface LineMenuProps {
  line: Line;
  id: string;
  name: string;
  index: number;
  count: number;
}

export function LineMenu({ line, id, name, index, count }: LineMenuProps) {
  const { t } = useTexts();
  const move = (to: number) => editMatrix({ type: 'move', line, key: id, to });
  return (
    <Menu position="bottom-end" withinPortal returnFocus>
      <Menu.Target>
        <ActionIcon size="sm" aria-label={t('create.matrix.line.menu', { name })} data-testid={`matrix-${line}-menu`}>
          <IconDotsVertical size={14} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => startVisit(line, id)}>{t(`create.matrix.line.open.${line}`)}</Menu.Item>
        <Menu.Item disabled={index === 0} onClick={() => move(index - 1)}>
          {t(`create.matrix.line.back.${line}`)}
        </Menu.Item>
        <Menu.Item disabled={index === count - 1} onClick={() => move(index + 1)}>
          {t(`create.matrix.line.on.${line}`)}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item color="red" onClick={() => editMatrix({ type: 'remove', line, key: id })}>
          {t('create.matrix.line.remove')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
