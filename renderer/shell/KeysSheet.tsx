/** The sheet of keyboard shortcuts. */
import { Kbd, Modal, Text, Title } from '@mantine/core';
import { useReturnFocus } from '../components/useReturnFocus.ts';
import { useTexts } from '../i18n.ts';
import { keyLabel } from './keyLabel.ts';
import classes from './Shell.module.css';

const groups = [
  {
    name: 'player',
    rows: [
      ['playPause', ['space']],
      ['reverse', ['j']],
      ['stop', ['k']],
      ['forward', ['l']],
      ['frame', ['left', 'right']],
      ['tenFrames', ['shift+left', 'shift+right']],
      ['ends', ['home', 'end']],
      ['goTo', ['g']],
    ],
  },
  {
    name: 'trim',
    rows: [
      ['markIn', ['i']],
      ['markOut', ['o']],
      ['goIn', ['shift+i']],
      ['goOut', ['shift+o']],
      ['zoom', ['+', '-']],
      ['zoomFit', ['\\']],
      ['suspendSnap', ['alt']],
    ],
  },
  {
    name: 'order',
    rows: [
      ['generate', ['mod+enter']],
      ['prepare', ['mod+shift+enter']],
      ['undo', ['mod+z']],
      ['redo', ['mod+shift+z']],
    ],
  },
  {
    name: 'app',
    rows: [
      ['screens', ['mod+1', 'mod+6']],
      ['palette', ['mod+k']],
      ['sheet', ['shift+/']],
    ],
  },
] as const;

export function KeysSheet({ onClose }: { onClose: () => void }) {
  useReturnFocus();
  const { t } = useTexts();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('app.keys.title')}
      size={760}
      closeButtonProps={{ 'aria-label': t('app.action.close') }}
    >
      <div className={classes.keys}>
        {groups.map((group) => (
          <section key={group.name} className={classes.keyGroup}>
            <Title order={3} mb={4}>
              {t(`app.keys.groups.${group.name}`)}
            </Title>
            <dl style={{ margin: 0 }}>
              {group.rows.map(([name, keys]) => (
                <div key={name} className={classes.keyRow}>
                  <dt>{t(`app.keys.${name}`)}</dt>
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
      <Text c="dimmed">{t('app.keys.note')}</Text>
    </Modal>
  );
}
