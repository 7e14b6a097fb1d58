/** Name, tags and the note about the whole: saved when the field is left, also by Escape. */
import { Textarea, TextInput } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import type { LibraryItem } from '../../../../shared/contract/library.ts';
import { useTexts } from '../../../text/i18n.ts';
import { useLibraryEdits } from '../useLibraryEdits.tsx';
import { Section } from './Section.tsx';

/** Escape leaves the field, which keeps what was written, and not the result. */
const leaving = {
  'data-mantine-stop-propagation': 'true',
  onKeyDown(event: KeyboardEvent<HTMLElement>) {
    if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
    event.currentTarget.closest<HTMLElement>('[data-autofocus]')?.focus();
  },
} as const;

export function Fields({ item }: { item: LibraryItem }) {
  const { t } = useTexts();
  const { update } = useLibraryEdits();
  return (
    <Section title={t('viewer.about')}>
      <TextInput
        // What is undone or changed elsewhere is shown.
        key={`name ${item.name}`}
        label={t('library.name')}
        defaultValue={item.name}
        {...leaving}
        onBlur={(event) => {
          const name = event.currentTarget.value.trim();
          if (name && name !== item.name) void update(item, { name });
        }}
      />
      <TextInput
        key={`tags ${item.tags.join()}`}
        label={t('library.tags')}
        placeholder={t('library.tagsHint')}
        defaultValue={item.tags.join(', ')}
        {...leaving}
        onBlur={(event) => {
          const tags = event.currentTarget.value
            .split(/[,、，]/)
            .map((tag) => tag.trim())
            .filter(Boolean);
          if (tags.join() !== item.tags.join()) void update(item, { tags });
        }}
      />
      <Textarea
        key={`note ${item.note}`}
        label={t('viewer.noteOfAll')}
        autosize
        minRows={2}
        maxRows={8}
        defaultValue={item.note}
        {...leaving}
        onBlur={(event) => {
          const note = event.currentTarget.value;
          if (note !== item.note) void update(item, { note });
        }}
      />
    </Section>
  );
}
