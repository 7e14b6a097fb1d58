/** Everything that can be reached from everywhere, by typing a part of its name: commands with their keys, and what there is to open or use. */
import { Kbd, Modal, Text, TextInput } from '@mantine/core';
import { type KeyboardEvent, useId, useMemo, useState } from 'react';
import { Poster } from '../../components/Poster.tsx';
import { useReturnFocus } from '../../components/useReturnFocus.ts';
import { useKeyHints } from '../../keys/useKeys.ts';
import { useTexts } from '../../text/i18n.ts';
import { indexEntries, matchEntries } from '../../text/matchEntries.ts';
import type { PaletteEntry } from './entries.ts';
import classes from './Palette.module.css';
import { rememberCommand } from './recentCommands.ts';
import { useCommandEntries } from './useCommandEntries.ts';
import { useObjectEntries } from './useObjectEntries.ts';

/** More is found by another letter sooner than by scrolling. */
const mostShown = 50;
/** Commands before things, while nothing is typed. */
const mostUntyped = { commands: 12, objects: 12 } as const;

/** Arrows may lead past the edge of the list. */
function showActive(option: HTMLElement | null): void {
  option?.scrollIntoView?.({ block: 'nearest' });
}

function useFound(typed: string): { found: PaletteEntry[]; isSettled: boolean } {
  const commandEntries = useCommandEntries();
  const { entries: objectEntries, isSettled } = useObjectEntries(typed);
  const commands = useMemo(() => indexEntries(commandEntries), [commandEntries]);
  const objects = useMemo(() => indexEntries(objectEntries), [objectEntries]);
  const found = useMemo(() => {
    const isTyped = typed.trim() !== '';
    const of = (most: number) => (isTyped ? mostShown : most);
    return [
      ...matchEntries(commands, typed, of(mostUntyped.commands)),
      ...matchEntries(objects, typed, of(mostUntyped.objects)),
    ];
  }, [commands, objects, typed]);
  return { found, isSettled };
}

export function CommandPalette({ onClose }: { onClose: () => void }) {
  useReturnFocus();
  const { t } = useTexts();
  const listId = useId();
  const [typed, setTyped] = useState('');
  const [index, setIndex] = useState(0);
  const { found, isSettled } = useFound(typed);
  const active = found[Math.min(index, found.length - 1)];
  const run = (entry: PaletteEntry | undefined) => {
    if (!entry) return;
    if (entry.kind === 'command') rememberCommand(entry.id);
    onClose();
    entry.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // While Japanese or Korean is being composed, arrows and Enter belong to the composition.
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (step !== undefined && found.length > 0) {
      event.preventDefault();
      const from = Math.min(index, found.length - 1);
      const isPage = Math.abs(step) > 1;
      setIndex(
        isPage ? Math.max(0, Math.min(found.length - 1, from + step)) : (from + step + found.length) % found.length,
      );
    }
    if (event.key === 'Enter') {
      event.preventDefault();
      run(active);
    }
  };
  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      yOffset="12cqh"
      size={560}
      aria-label={t('app.palette.title')}
    >
      <TextInput
        data-autofocus
        role="combobox"
        aria-label={t('app.palette.placeholder')}
        placeholder={t('app.palette.placeholder')}
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={active ? `${listId}-${active.id}` : undefined}
        value={typed}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setIndex(0);
        }}
      />
      <div
        id={listId}
        role="listbox"
        aria-label={t('app.palette.title')}
        data-shown={isSettled ? typed : undefined}
        className={classes.list}
      >
        {found.map((entry) => (
          <Option
            key={entry.id}
            id={`${listId}-${entry.id}`}
            entry={entry}
            isActive={entry === active}
            onChoose={() => run(entry)}
          />
        ))}
      </div>
      {found.length === 0 ? (
        <Text c="dimmed" role="status">
          {t('app.palette.none')}
        </Text>
      ) : null}
    </Modal>
  );
}

interface OptionProps {
  id: string;
  entry: PaletteEntry;
  isActive: boolean;
  onChoose: () => void;
}

function Option({ id, entry, isActive, onChoose }: OptionProps) {
  const { keyOf } = useKeyHints();
  const key = entry.command && !entry.isElsewhere ? keyOf(entry.command) : '';
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys go to the field, as in every combobox
    // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the active option
    <div
      id={id}
      role="option"
      aria-selected={isActive}
      ref={isActive ? showActive : null}
      className={classes.entry}
      data-kind={entry.kind}
      onClick={onChoose}
    >
      {entry.kind === 'command' ? null : (
        <span className={classes.still}>{entry.poster ? <Poster src={entry.poster} /> : null}</span>
      )}
      <span className={classes.label} data-elsewhere={entry.isElsewhere}>
        {entry.label}
      </span>
      {entry.detail ? <span className={classes.detail}>{entry.detail}</span> : null}
      {key ? <Kbd size="xs">{key}</Kbd> : null}
    </div>
  );
}
