/** Tags of everything that is chosen: one more for all, or one less for all that have it. */
import { ActionIcon, Button, Popover, TextInput, Tooltip } from '@mantine/core';
import { IconTag, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { call } from '../../../bridge/bridge.ts';
import { useCommand } from '../../../bridge/queries.ts';
import { useTexts } from '../../../text/i18n.ts';
import classes from './Selection.module.css';
import type { SelectionActions } from './useSelectionActions.ts';

/** Of more than so many, those tags are offered that the whole library has. */
const mostRead = 200;
const tagLength = 60;

export function TagsPopover({ actions }: { actions: SelectionActions }) {
  const { t } = useTexts();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Popover opened={isOpen} onChange={setIsOpen} position="top" trapFocus returnFocus withinPortal width={280}>
      <Popover.Target>
        <Tooltip label={t('library.selection.tags')}>
          <ActionIcon aria-label={t('library.selection.tags')} onClick={() => setIsOpen(!isOpen)}>
            <IconTag size={16} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('library.selection.tags')}>
        <TagsForm actions={actions} />
      </Popover.Dropdown>
    </Popover>
  );
}

function TagsForm({ actions }: { actions: SelectionActions }) {
  const { t } = useTexts();
  const [text, setText] = useState('');
  const listId = useId();
  const known = useCommand('library.facets', { query: '' }).data?.tags ?? [];
  const ids = actions.ids();
  const theirs = useQuery({
    queryKey: ['library.get', 'tags', ids],
    queryFn: async () => {
      const items = await Promise.all(ids.map((id) => call('library.get', { id })));
      return [...new Set(items.flatMap(({ tags }) => tags))];
    },
    enabled: ids.length <= mostRead,
  }).data;
  const removable = theirs ?? known.map(({ label }) => label);
  const add = (event: FormEvent) => {
    event.preventDefault();
    const addTags = text
      .split(/[,、，]/)
      .map((tag) => tag.trim().slice(0, tagLength))
      .filter(Boolean);
    if (addTags.length > 0) actions.edit({ addTags });
    setText('');
  };
  return (
    <form className={classes.form} onSubmit={add}>
      <div className={classes.row}>
        <TextInput
          data-autofocus
          className={classes.growField}
          aria-label={t('library.tags')}
          placeholder={t('library.tagsHint')}
          list={listId}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <datalist id={listId}>
          {known.map(({ label }) => (
            <option key={label} value={label} />
          ))}
        </datalist>
        <Button type="submit" disabled={text.trim() === ''}>
          {t('library.selection.add')}
        </Button>
      </div>
      {removable.length > 0 ? (
        <ul className={classes.tags} aria-label={t('library.tags')}>
          {removable.map((tag) => (
            <li key={tag}>
              <button
                type="button"
                className={classes.tag}
                aria-label={t('library.selection.removeTag', { tag })}
                onClick={() => actions.edit({ removeTags: [tag] })}
              >
                <span>{tag}</span>
                <IconX size={12} aria-hidden="true" />
              </button>
            </li>
          ))}
        </ul>
      ) : null}
    </form>
  );
}
