/** The sheet of keyboard shortcuts: every command that has a key, as the keys are now. */
import { Anchor, Group, Kbd, Text, Title } from '@mantine/core';
import { Dialog } from '../components/Dialog.tsx';
import { commandGroups, commandIds, commandOf } from '../keys/commands.ts';
import { keyLabel } from '../keys/keyLabel.ts';
import { useCommandName } from '../keys/useCommandName.ts';
import { useKeyMap } from '../keys/useKeys.ts';
import { hrefOf } from '../state/shell/route.ts';
import { useTexts } from '../text/i18n.ts';
import classes from './Shell.module.css';

export function KeysSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTexts();
  const map = useKeyMap();
  const nameOf = useCommandName();
  const rowsOf = (group: (typeof commandGroups)[number]) => [
    ...commandIds
      .filter((id) => commandOf(id).group === group && map[id].length > 0)
      .map((id) => ({ id: id as string, name: nameOf(id), keys: map[id] })),
    // Held while a handle is dragged: no command, so it cannot be another key.
    ...(group === 'trim' ? [{ id: 'suspendSnap', name: t('keys.suspendSnap'), keys: ['alt'] }] : []),
  ];
  return (
    <Dialog onClose={onClose} title={t('keys.title')} size={820}>
      <div className={classes.keys}>
        {commandGroups.map((group) => (
          <section key={group} className={classes.keyGroup}>
            <Title order={3} mb={4}>
              {t(`keys.groups.${group}`)}
            </Title>
            <dl style={{ margin: 0 }}>
              {rowsOf(group).map(({ id, name, keys }) => (
                <div key={id} className={classes.keyRow}>
                  <dt>{name}</dt>
                  <dd>
                    {keys.map((key) => (
                      <Kbd key={key} size="xs" ml={4}>
                        {keyLabel(key)}
                      </Kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <Group justify="space-between">
        <Text c="dimmed">{t('keys.note')}</Text>
        <Anchor href={hrefOf('settings')} size="sm" onClick={onClose}>
          {t('keys.change')}
        </Anchor>
      </Group>
    </Dialog>
  );
}
