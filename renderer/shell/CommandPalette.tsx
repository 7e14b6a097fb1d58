/** Everything that can be reached from everywhere, by typing a part of its name. */
import { Kbd, Modal, Text, TextInput } from '@mantine/core';
import { type KeyboardEvent, useId, useState } from 'react';
import { useSettingsMutation } from '../bridge/queries.ts';
import { useReturnFocus } from '../components/useReturnFocus.ts';
import { useTexts } from '../i18n.ts';
import type { CommandId } from '../keys/commands.ts';
import { screenCommands, useCommandName } from '../keys/useCommandName.ts';
import { useKeyHints } from '../keys/useKeys.ts';
import { useLibraryEdits } from '../screens/library/useLibraryEdits.tsx';
import { useDraftStore } from '../state/order/draftStore.ts';
import { matchCommands } from '../state/shell/matchCommands.ts';
import { goTo, screens, useScreen } from '../state/shell/route.ts';
import { languageNames, languageSetting } from '../text/languageNames.ts';
import { notifyError } from '../text/notify.tsx';
import classes from './Shell.module.css';

interface Command {
  id: string;
  label: string;
  /** Whose key is printed beside it. */
  command?: CommandId;
  run: () => void;
}

/** Arrows may lead past the edge of the list. */
function showActive(option: HTMLElement | null): void {
  option?.scrollIntoView?.({ block: 'nearest' });
}

interface PaletteProps {
  onShowKeys: () => void;
  onClose: () => void;
}

export function CommandPalette({ onShowKeys, onClose }: PaletteProps) {
  useReturnFocus();
  const { t } = useTexts();
  const listId = useId();
  const commands = useCommands(onShowKeys);
  const { keyOf } = useKeyHints();
  const [typed, setTyped] = useState('');
  const [index, setIndex] = useState(0);
  const found = matchCommands(commands, typed);
  const active = found[Math.min(index, found.length - 1)];
  const run = (command: Command | undefined) => {
    if (!command) return;
    onClose();
    command.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && found.length > 0) {
      event.preventDefault();
      setIndex((Math.min(index, found.length - 1) + step + found.length) % found.length);
    }
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      run(active);
    }
  };
  return (
    <Modal opened onClose={onClose} withCloseButton={false} yOffset="12vh" aria-label={t('app.palette.title')}>
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
      <div id={listId} role="listbox" aria-label={t('app.palette.title')} className={classes.palette}>
        {found.map((command) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys go to the field, as in every combobox
          // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the active option
          <div
            key={command.id}
            id={`${listId}-${command.id}`}
            role="option"
            aria-selected={command === active}
            ref={command === active ? showActive : null}
            className={classes.command}
            onClick={() => run(command)}
          >
            {command.label}
            {command.command && keyOf(command.command) ? <Kbd size="xs">{keyOf(command.command)}</Kbd> : null}
          </div>
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

function useCommands(onShowKeys: () => void): Command[] {
  const { t } = useTexts();
  const nameOf = useCommandName();
  const saving = useSettingsMutation();
  const edits = useLibraryEdits();
  const { undo, redo } = useScreen() === 'library' ? edits : useDraftStore.getState();
  const save = (patch: Parameters<typeof saving.mutate>[0]) =>
    saving.mutate(patch, { onError: (error) => notifyError(error) });
  return [
    ...screens.map((screen) => ({
      id: screen,
      label: nameOf(screenCommands[screen]),
      command: screenCommands[screen],
      run: () => goTo(screen),
    })),
    { id: 'undo', label: nameOf('undo'), command: 'undo', run: () => void undo() },
    { id: 'redo', label: nameOf('redo'), command: 'redo', run: () => void redo() },
    ...(['dark', 'light', 'system'] as const).map((theme) => ({
      id: theme,
      label: t('app.palette.theme', { theme: t(`settings.look.${theme}`) }),
      run: () => save({ theme }),
    })),
    ...Object.entries(languageNames).map(([value, language]) => ({
      id: value,
      label: t('app.palette.language', { language }),
      run: () => save({ language: languageSetting(value) }),
    })),
    { id: 'keys', label: t('keys.title'), command: 'sheet', run: onShowKeys },
  ];
}
