/** Notes with a timecode: written at the playhead, jumped to, ticked off; exports turn them into markers. */
import { ActionIcon, Checkbox, TextInput, Tooltip } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { type RefObject, useState } from 'react';
import type { LibraryNote } from '../../../../shared/contract/library.ts';
import { useKeyHints } from '../../../keys/useKeys.ts';
import { type ClipClock, formatPosition } from '../../../state/trim/trim.ts';
import { useTexts } from '../../../text/i18n.ts';
import type { Group } from '../compare/group.ts';
import { useGroupState } from '../compare/useGroup.ts';
import classes from './Opened.module.css';
import { Section } from './Section.tsx';
import type { NotesEditor } from './useNotes.ts';

interface NotesProps {
  notes: NotesEditor;
  group: Group;
  clock: ClipClock;
  /** The field for a new one. */
  newNote: RefObject<HTMLInputElement | null>;
  secondsAt: (position: number) => number;
  ticksAt: (seconds: number) => number;
}

const textLength = 5000;

export function Notes({ notes, group, clock, newNote, secondsAt, ticksAt }: NotesProps) {
  const { t } = useTexts();
  const open = notes.list.filter(({ isDone }) => !isDone).length;
  return (
    <Section title={t('viewer.notes.title')} aside={open > 0 ? t('viewer.notes.open', { count: open }) : null}>
      <NewNote notes={notes} group={group} clock={clock} field={newNote} secondsAt={secondsAt} />
      {notes.list.length > 0 ? (
        <ul className={classes.notes} data-testid="notes">
          {notes.list.map((note) => (
            <NoteRow
              key={note.id}
              note={note}
              notes={notes}
              timecode={note.atSeconds === null ? null : formatPosition(clock, ticksAt(note.atSeconds))}
              onJump={() => {
                group.play(0);
                if (note.atSeconds !== null) group.seek(ticksAt(note.atSeconds));
              }}
            />
          ))}
        </ul>
      ) : null}
    </Section>
  );
}

interface NewNoteProps {
  notes: NotesEditor;
  group: Group;
  clock: ClipClock;
  field: RefObject<HTMLInputElement | null>;
  secondsAt: (position: number) => number;
}

/** For the moment at which writing began, wherever the picture goes meanwhile. */
function NewNote({ notes, group, clock, field, secondsAt }: NewNoteProps) {
  const { t } = useTexts();
  const { keyOf } = useKeyHints();
  const [text, setText] = useState('');
  const [heldAt, setHeldAt] = useState<number | null>(null);
  const position = useGroupState(group, (state) => heldAt ?? state.position);
  const timecode = formatPosition(clock, position);
  const submit = () => {
    if (text.trim() === '') return;
    notes.add(secondsAt(position), text.trim());
    setText('');
    setHeldAt(group.store.getState().position);
  };
  return (
    <TextInput
      ref={field}
      aria-label={t('viewer.notes.newAt', { timecode })}
      placeholder={t('viewer.notes.placeholder', { key: keyOf('addNote') })}
      leftSection={<span className={`${classes.noteTime} mono`}>{timecode}</span>}
      leftSectionWidth={92}
      maxLength={textLength}
      value={text}
      disabled={notes.isFull}
      error={notes.isFull ? t('viewer.notes.full') : null}
      onFocus={() => {
        group.play(0);
        setHeldAt(group.store.getState().position);
      }}
      onBlur={() => {
        if (text === '') setHeldAt(null);
      }}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'Enter') submit();
        if (event.key !== 'Escape') return;
        // Leaves the field, not the result; what was written stays in it.
        event.currentTarget.blur();
        event.currentTarget.closest<HTMLElement>('[data-autofocus]')?.focus();
      }}
      data-mantine-stop-propagation="true"
    />
  );
}

interface NoteRowProps {
  note: LibraryNote;
  notes: NotesEditor;
  timecode: string | null;
  onJump: () => void;
}

function NoteRow({ note, notes, timecode, onJump }: NoteRowProps) {
  const { t } = useTexts();
  return (
    <li className={classes.note} data-done={note.isDone}>
      <Checkbox
        aria-label={t('viewer.notes.done', { text: note.text })}
        checked={note.isDone}
        onChange={(event) => notes.change(note.id, { isDone: event.currentTarget.checked })}
      />
      {timecode === null ? null : (
        <Tooltip label={t('viewer.notes.jump')}>
          <button
            type="button"
            className={`${classes.jump} mono`}
            aria-label={t('viewer.notes.jumpTo', { timecode })}
            onClick={onJump}
          >
            {timecode}
          </button>
        </Tooltip>
      )}
      <NoteText note={note} notes={notes} />
      <Tooltip label={t('viewer.notes.remove')}>
        <ActionIcon
          size="sm"
          aria-label={t('viewer.notes.removeOf', { text: note.text })}
          onClick={(event) => {
            // The button goes with its note: the keys stay with the result.
            event.currentTarget.closest<HTMLElement>('[data-autofocus]')?.focus();
            notes.remove(note.id);
          }}
        >
          <IconTrash size={14} />
        </ActionIcon>
      </Tooltip>
    </li>
  );
}

/** Written where it stands; Enter or leaving the field keeps it, Escape puts back what was there. */
function NoteText({ note, notes }: { note: LibraryNote; notes: NotesEditor }) {
  const { t } = useTexts();
  return (
    <input
      // What is undone or changed elsewhere is shown.
      key={note.text}
      className={classes.noteText}
      aria-label={t('viewer.notes.text')}
      title={note.text}
      defaultValue={note.text}
      maxLength={textLength}
      onBlur={(event) => {
        const text = event.currentTarget.value.trim();
        if (text === '') event.currentTarget.value = note.text;
        else if (text !== note.text) notes.change(note.id, { text });
      }}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'Escape') event.currentTarget.value = note.text;
        if (event.key !== 'Escape' && event.key !== 'Enter') return;
        event.currentTarget.closest<HTMLElement>('[data-autofocus]')?.focus();
      }}
      data-mantine-stop-propagation="true"
    />
  );
}
