/** The project of everything that is chosen: one that is there, a new one, or none. */
import { ActionIcon, Button, Popover, TextInput, Tooltip } from '@mantine/core';
import { IconFolderSymlink } from '@tabler/icons-react';
import { type FormEvent, useId, useState } from 'react';
import { useCommand } from '../../../bridge/queries.ts';
import { useTexts } from '../../../text/i18n.ts';
import classes from './Selection.module.css';
import type { SelectionActions } from './useSelectionActions.ts';

export function ProjectPopover({ actions }: { actions: SelectionActions }) {
  const { t } = useTexts();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Popover opened={isOpen} onChange={setIsOpen} position="top" trapFocus returnFocus withinPortal width={280}>
      <Popover.Target>
        <Tooltip label={t('library.selection.project')}>
          <ActionIcon aria-label={t('library.selection.project')} onClick={() => setIsOpen(!isOpen)}>
            <IconFolderSymlink size={16} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('library.selection.project')}>
        <ProjectForm actions={actions} onDone={() => setIsOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}

function ProjectForm({ actions, onDone }: { actions: SelectionActions; onDone: () => void }) {
  const { t } = useTexts();
  const [name, setName] = useState('');
  const listId = useId();
  const known = useCommand('library.facets', { query: '' }).data?.projects ?? [];
  const set = (project: string | null) => {
    actions.edit({ set: { project } });
    onDone();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim()) set(name.trim());
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <div className={classes.row}>
        <TextInput
          data-autofocus
          className={classes.growField}
          aria-label={t('library.selection.projectName')}
          placeholder={t('library.selection.projectName')}
          list={listId}
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <datalist id={listId}>
          {known
            .filter(({ label }) => label !== '')
            .map(({ label }) => (
              <option key={label} value={label} />
            ))}
        </datalist>
        <Button type="submit" disabled={name.trim() === ''}>
          {t('library.selection.setProject')}
        </Button>
      </div>
      <Button variant="subtle" color="gray" onClick={() => set(null)}>
        {t('library.selection.noProject')}
      </Button>
    </form>
  );
}
