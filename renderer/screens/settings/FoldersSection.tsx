/** Where things lie on disk, and where new results go: by the system's dialog, or typed where the host has none. */
import { ActionIcon, Button, TextInput, Tooltip } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Settings } from '../../../shared/contract/app.ts';
import { useCommand, useCommandMutation } from '../../bridge/queries.ts';
import { useTexts } from '../../i18n.ts';
import { notifyDone, notifyError } from '../../text/notify.tsx';
import { Section } from './Section.tsx';
import classes from './Settings.module.css';

const names = ['library', 'profile', 'logs'] as const;

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

function ChooseFolder({ stored, hasDialog }: { stored: string; hasDialog: boolean }) {
  const { t } = useTexts();
  const client = useQueryClient();
  const choosing = useCommandMutation('settings.chooseLibraryFolder');
  const [typed, setTyped] = useState(stored);
  // Not the mutation's own callbacks: the new folder replaces this form, often before the answer is there.
  const choose = (path?: string) =>
    void choosing
      .mutateAsync(path === undefined ? {} : { path })
      .then((settings) => {
        client.setQueryData(['settings.get', {}], settings);
        if (settings.libraryDir === stored) return;
        if (settings.libraryDir) notifyDone((t) => t('settings.folders.saved', { path: settings.libraryDir }));
      })
      .catch((error: unknown) => notifyError(error));
  if (hasDialog) {
    return (
      <Button
        variant="default"
        loading={choosing.isPending}
        onClick={() => choose()}
        style={{ alignSelf: 'flex-start' }}
      >
        {t('settings.folders.choose')}
      </Button>
    );
  }
  return (
    <form
      className={classes.row}
      onSubmit={(event) => {
        event.preventDefault();
        choose(typed);
      }}
    >
      <TextInput
        className={classes.grow}
        label={t('settings.folders.typed')}
        description={t('settings.folders.typedHint', { name: 'Restage' })}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={typed}
        spellCheck={false}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" loading={choosing.isPending} disabled={typed.trim() === stored}>
        {t('settings.folders.typedSave')}
      </Button>
    </form>
  );
}
