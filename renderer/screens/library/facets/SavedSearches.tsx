/** Searches with a name: they stay live, bring their order with them, and are kept in the settings. */
import { ActionIcon, Button, Popover, TextInput, Tooltip } from '@mantine/core';
import { IconBookmarkPlus, IconX } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { SavedSearch } from '../../../../shared/contract/libraryCommands.ts';
import { useCommand, useCommandMutation } from '../../../bridge/queries.ts';
import { applySearch, queryOf, useLibraryStore } from '../../../state/library/libraryStore.ts';
import { notifyError } from '../../../state/shell/notify.tsx';
import { useTexts } from '../../../text/i18n.ts';
import classes from './Facets.module.css';

export function SavedSearches() {
  const { t } = useTexts();
  const client = useQueryClient();
  const saved = useCommand('library.searches', {}).data ?? [];
  const remove = useCommandMutation('library.removeSearch');
  const search = useLibraryStore((state) => state.search);
  const show = (searches: SavedSearch[]) => client.setQueryData(['library.searches', {}], searches);
  return (
    <section className={classes.facet} aria-label={t('library.saved.title')}>
      <div className={classes.head}>
        <h2 className={classes.title}>{t('library.saved.title')}</h2>
        <SaveSearch onSaved={show} />
      </div>
      {saved.length === 0 ? <p className={classes.hint}>{t('library.saved.hint')}</p> : null}
      <ul className={classes.values}>
        {saved.map((one) => (
          <li key={one.id} className={classes.savedRow}>
            <button
              type="button"
              className={classes.saved}
              aria-pressed={one.query === search.trim()}
              title={one.query}
              onClick={() => applySearch(one)}
            >
              {one.name}
            </button>
            <ActionIcon
              size="sm"
              className={classes.remove}
              aria-label={t('library.saved.remove', { name: one.name })}
              onClick={() => remove.mutate({ id: one.id }, { onSuccess: show, onError: (error) => notifyError(error) })}
            >
              <IconX size={13} />
            </ActionIcon>
          </li>
        ))}
      </ul>
    </section>
  );
}

function SaveSearch({ onSaved }: { onSaved: (searches: SavedSearch[]) => void }) {
  const { t } = useTexts();
  const search = useLibraryStore((state) => state.search);
  const [isOpen, setIsOpen] = useState(false);
  const [name, setName] = useState('');
  const save = useCommandMutation('library.saveSearch');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { search, view } = useLibraryStore.getState();
    save.mutate(
      { name: name.trim(), ...queryOf(search, view) },
      {
        onSuccess: (searches) => {
          onSaved(searches);
          setIsOpen(false);
        },
        onError: (error) => notifyError(error),
      },
    );
  };
  return (
    <Popover opened={isOpen} onChange={setIsOpen} position="bottom-start" trapFocus returnFocus withinPortal>
      <Popover.Target>
        <Tooltip label={t('library.saved.save')}>
          <ActionIcon
            size="sm"
            aria-label={t('library.saved.save')}
            disabled={search.trim() === ''}
            onClick={() => {
              setName(search.trim().slice(0, 100));
              setIsOpen(!isOpen);
            }}
          >
            <IconBookmarkPlus size={15} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('library.saved.save')}>
        <form className={classes.form} onSubmit={submit}>
          <TextInput
            data-autofocus
            label={t('library.saved.name')}
            value={name}
            maxLength={100}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit" disabled={name.trim() === ''} loading={save.isPending}>
            {t('library.saved.keep')}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
