/** Where things lie on disk. */
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { useCommand } from '../../bridge/queries.ts';
import { useTexts } from '../../i18n.ts';
import { notifyDone, useNotifyError } from '../../text/notify.tsx';
import { Section } from './Section.tsx';
import classes from './Settings.module.css';

const names = ['library', 'profile', 'logs'] as const;

export function FoldersSection() {
  const { t } = useTexts();
  const notifyError = useNotifyError();
  const folders = useCommand('app.info', {}).data?.folders;
  const copy = (path: string) =>
    void navigator.clipboard
      .writeText(path)
      .then(() => notifyDone(t('app.action.copied')))
      .catch((error: unknown) => notifyError(error));
  return (
    <Section title={t('settings.folders.title')}>
      <dl className={classes.facts}>
        {names.map((name) => {
          const label = t('settings.folders.copy', { name: t(`settings.folders.${name}`) });
          return (
            <div key={name} style={{ display: 'contents' }}>
              <dt>{t(`settings.folders.${name}`)}</dt>
              <dd>{folders?.[name] ?? ''}</dd>
              <dd>
                <Tooltip label={label}>
                  <ActionIcon size="sm" aria-label={label} onClick={() => copy(folders?.[name] ?? '')}>
                    <IconCopy size={14} />
                  </ActionIcon>
                </Tooltip>
              </dd>
            </div>
          );
        })}
      </dl>
    </Section>
  );
}
