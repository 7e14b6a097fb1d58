/** Kept recipes or snippets: one press uses one, another forgets it, and what is in the form now can be kept. */
import { ActionIcon, Button, Text, TextInput, Tooltip } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTexts } from '../../text/i18n.ts';
import classes from './Create.module.css';

export interface SavedListProps {
  title: string;
  emptyText: string;
  items: readonly { key: string; label: string }[];
  onUse: (key: string) => void;
  onRemove: (key: string) => void;
  /** Keeps what is there now; absent: there is nothing to keep. `takesName`: under a name of the person's. */
  saving: { label: string; takesName?: { label: string; maxLength: number }; isPossible: boolean };
  onSave: (name: string) => void;
  onDone: () => void;
}

export function SavedList({ emptyText, items, onUse, onRemove, onDone, saving, onSave, title }: SavedListProps) {
  const { t } = useTexts();
  const [name, setName] = useState('');
  const { takesName } = saving;
  // A button that goes or rests would take the focus with it, and Escape would reach nobody.
  const root = useRef<HTMLDivElement>(null);
  return (
    <div ref={root} tabIndex={-1} className={classes.saved}>
      {items.length === 0 ? (
        <Text size="xs" c="dimmed">
          {emptyText}
        </Text>
      ) : (
        <ul className={classes.savedItems} aria-label={title}>
          {items.map(({ key, label }) => (
            <li key={key}>
              <button
                type="button"
                className={classes.savedItem}
                title={label}
                onClick={() => {
                  onUse(key);
                  onDone();
                }}
              >
                {label}
              </button>
              <Tooltip label={t('create.saved.remove', { name: label })} maw={280} multiline>
                <ActionIcon
                  size="sm"
                  aria-label={t('create.saved.remove', { name: label })}
                  onClick={() => {
                    root.current?.focus();
                    onRemove(key);
                  }}
                >
                  <IconX size={14} />
                </ActionIcon>
              </Tooltip>
            </li>
          ))}
        </ul>
      )}
      <form
        className={classes.savedForm}
        onSubmit={(event) => {
          event.preventDefault();
          root.current?.focus();
          onSave(name.trim());
          setName('');
        }}
      >
        {takesName ? (
          <TextInput
            label={takesName.label}
            maxLength={takesName.maxLength}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        ) : null}
        <Button
          type="submit"
          variant="default"
          disabled={!saving.isPossible || (takesName !== undefined && name.trim() === '')}
        >
          {saving.label}
        </Button>
      </form>
    </div>
  );
}
