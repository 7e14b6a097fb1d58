/** Which columns there are, to be shown, hidden and put in another order without a mouse. */
import { ActionIcon, Button, Popover, Tooltip } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconColumns3 } from '@tabler/icons-react';
import { useTexts } from '../../../text/i18n.ts';
import classes from './List.module.css';
import type { Columns } from './useColumns.ts';

export function ColumnsMenu({ columns }: { columns: Columns }) {
  const { t } = useTexts();
  return (
    <Popover position="bottom-end" trapFocus returnFocus withinPortal>
      <Popover.Target>
        <Tooltip label={t('library.columns.title')}>
          <ActionIcon size="sm" aria-label={t('library.columns.title')}>
            <IconColumns3 size={15} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('library.columns.title')}>
        <ul className={classes.columnList}>
          {columns.order.map((id, place) => {
            const name = t(`library.column.${id}`);
            const [above, below] = [columns.order[place - 1], columns.order[place + 1]];
            return (
              <li key={id}>
                <label className={classes.columnName}>
                  <input
                    type="checkbox"
                    checked={columns.visibility[id] !== false}
                    disabled={id === 'name'}
                    onChange={(event) => columns.setVisible(id, event.currentTarget.checked)}
                  />
                  {name}
                </label>
                <ActionIcon
                  size="sm"
                  aria-label={t('library.columns.up', { name })}
                  disabled={above === undefined}
                  onClick={() => above && columns.move(id, above)}
                >
                  <IconChevronUp size={14} />
                </ActionIcon>
                <ActionIcon
                  size="sm"
                  aria-label={t('library.columns.down', { name })}
                  disabled={below === undefined}
                  onClick={() => below && columns.move(id, below)}
                >
                  <IconChevronDown size={14} />
                </ActionIcon>
              </li>
            );
          })}
        </ul>
        <Button variant="subtle" color="gray" fullWidth onClick={columns.reset}>
          {t('library.columns.reset')}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}
