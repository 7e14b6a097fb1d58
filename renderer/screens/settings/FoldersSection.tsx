/** Where things lie on disk, and where new results go: by the system's dialog, or on the command line where the host has none. */
import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import type { Settings } from '../../../shared/contract/app.ts';
import { useCommand, useCommandMutation } from '../../bridge/queries.ts';
import { notifyDone, notifyError } from '../../state/shell/notify.tsx';
import { useTexts } from '../../text/i18n.ts';
import { Section } from './Section.tsx';
import classes from './Settings.module.css';

const names = ['library', 'profile', 'logs'] as const;
const commandLine = 'restage settings set library FOLDER';

export function FoldersSection({ settings }: { settings: Settings }) {
  const { t } = useTexts();
  const info = useCommand('app.info', {}).data;
  const folders = info?.folders;
  const isOverruled = settings.libraryDir !== '' && folders !== undefined && folders.library !== settings.libraryDir;
  return (
    <Section title={t('settings.folders.title')}>
      <dl className={classes.facts}>
        {names.map((name) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{t(`settings.folders.${name}`)}</dt>
            <dd>{folders?.[name] ?? ''}</dd>
            <dd>
              <CopyPath label={t(`settings.folders.${name}`)} path={folders?.[name] ?? ''} />
            </dd>
          </div>
        ))}
      </dl>
      {isOverruled ? (
        <div className={classes.dim} role="status">
          {t('settings.folders.forThisRun')}
        </div>
      ) : null}
      {info ? (
        <ChooseFolder
          key={settings.libraryDir}
          stored={settings.libraryDir}
          hasDialog={info.capabilities.chooseFolder}
        />
      ) : null}
    </Section>
  );
}

function CopyPath({ label: name, path }: { label: string; path: string }) {
  const { t } = useTexts();
  const label = t('settings.folders.copy', { name });
  const copy = () =>
    void navigator.clipboard
      .writeText(path)
      .then(() => notifyDone((t) => t('app.action.copied')))
      .catch((error: unknown) => notifyError(error));
  return (
    <Tooltip label={label}>
      <ActionIcon size="sm" aria-label={label} onClick={copy}>
        <IconCopy size={14} />
      </ActionIcon>
    </Tooltip>
  );
}

/** The page itself names no folder: the host's dialog does, or the command line; back to the default needs no name. */
function ChooseFolder({ stored, hasDialog }: { stored: string; hasDialog: boolean }) {
  const { t } = useTexts();
  const client = useQueryClient();
  const choosing = useCommandMutation('settings.chooseLibraryFolder');
  // Not the mutation's own callbacks: the new folder replaces this part, often before the answer is there.
  const choose = (isDefault: boolean) =>
    void choosing
      .mutateAsync({ isDefault })
      .then((settings) => {
        client.setQueryData(['settings.get', {}], settings);
        if (settings.libraryDir === stored) return;
        if (settings.libraryDir) notifyDone((t) => t('settings.folders.saved', { path: settings.libraryDir }));
      })
      .catch((error: unknown) => notifyError(error));
  return (
    <>
      <div className={classes.row}>
        {hasDialog ? (
          <Button variant="default" loading={choosing.isPending} onClick={() => choose(false)}>
            {t('settings.folders.choose')}
          </Button>
        ) : null}
        {stored === '' ? null : (
          <Button variant="default" loading={choosing.isPending} onClick={() => choose(true)}>
            {t('settings.folders.useDefault')}
          </Button>
        )}
      </div>
      {hasDialog ? null : (
        <div className={classes.dim}>
          {t('settings.folders.byCommand')}
          <br />
          <code>{commandLine}</code> <CopyPath label={commandLine} path={commandLine} />
        </div>
      )}
    </>
  );
}
