/** One command with its keys: changed by pressing the new ones, with a way out where they already mean something else. */
import { ActionIcon, Button, Kbd, Text, Tooltip } from '@mantine/core';
import { IconPencil, IconPlus, IconRestore, IconX } from '@tabler/icons-react';
import { type ReactNode, useRef, useState } from 'react';
import type { Shortcuts } from '../../../shared/contract/app.ts';
import type { CommandId } from '../../keys/commands.ts';
import { isMac, keyLabel } from '../../keys/keyLabel.ts';
import { assignKey, conflictOf, isChanged, type KeyMap, removeKeys, resetKeys } from '../../keys/keyMap.ts';
import { useCommandName } from '../../keys/useCommandName.ts';
import { useTexts } from '../../text/i18n.ts';
import classes from './Settings.module.css';
import { useKeyRecorder } from './useKeyRecorder.ts';

interface KeyRowProps {
  id: CommandId;
  map: KeyMap;
  shortcuts: Shortcuts;
  onChange: (shortcuts: Shortcuts) => void;
}

type Entry =
  | { kind: 'record'; isAdded: boolean; refused?: string }
  | { kind: 'taken'; isAdded: boolean; chord: string };

/** The question has the focus: its answer is one key away. */
const focus = (button: HTMLButtonElement | null) => button?.focus();

export function KeyRow({ id, map, shortcuts, onChange }: KeyRowProps) {
  const { t } = useTexts();
  const nameOf = useCommandName();
  const name = nameOf(id);
  const [entry, setEntry] = useState<Entry | null>(null);
  const row = useRef<HTMLLIElement>(null);
  const close = () => {
    setEntry(null);
    row.current?.querySelector('button')?.focus();
  };
  const assign = (chord: string, isAdded: boolean) => {
    close();
    onChange(assignKey(shortcuts, { id, chord, isAdded }, isMac));
  };
  const isAdded = entry?.isAdded ?? false;
  useKeyRecorder({
    isOn: entry?.kind === 'record',
    onChord: (chord) =>
      conflictOf(map, id, chord) ? setEntry({ kind: 'taken', isAdded, chord }) : assign(chord, isAdded),
    onRefused: (refused) => setEntry({ kind: 'record', isAdded, refused }),
    onCancel: () => setEntry(null),
  });
  const other = entry?.kind === 'taken' ? conflictOf(map, id, entry.chord) : null;
  return (
    <li ref={row} className={classes.keyRow} data-testid={`key-${id}`}>
      <span className={classes.keyName}>{name}</span>
      {entry?.kind === 'record' ? (
        <span className={classes.recording} role="status">
          {entry.refused ? t('keys.system', { key: keyLabel(entry.refused) }) : t('keys.press')}
        </span>
      ) : (
        <KeyCaps keys={map[id]} />
      )}
      <span className={classes.keyActions}>
        <Action label={t('keys.record', { name })} onClick={() => setEntry({ kind: 'record', isAdded: false })}>
          <IconPencil size={14} />
        </Action>
        <Action label={t('keys.add', { name })} onClick={() => setEntry({ kind: 'record', isAdded: true })}>
          <IconPlus size={14} />
        </Action>
        <Action
          label={t('keys.clear', { name })}
          isDisabled={map[id].length === 0}
          onClick={() => onChange(removeKeys(shortcuts, id, isMac))}
        >
          <IconX size={14} />
        </Action>
        <Action
          label={t('keys.reset', { name })}
          isDisabled={!isChanged(shortcuts, id, isMac)}
          onClick={() => onChange(resetKeys(shortcuts, id, isMac))}
        >
          <IconRestore size={14} />
        </Action>
      </span>
      {entry?.kind === 'taken' && other ? (
        <div className={classes.taken} role="alert">
          <Text size="xs">{t('keys.taken', { key: keyLabel(entry.chord), name: nameOf(other) })}</Text>
          <Button ref={focus} size="compact-xs" onClick={() => assign(entry.chord, entry.isAdded)}>
            {t('keys.takeOver')}
          </Button>
          <Button size="compact-xs" variant="default" onClick={close}>
            {t('app.action.cancel')}
          </Button>
        </div>
      ) : null}
    </li>
  );
}

function KeyCaps({ keys }: { keys: readonly string[] }) {
  const { t } = useTexts();
  if (keys.length === 0) return <span className={classes.dim}>{t('keys.none')}</span>;
  return (
    <span className={classes.keyCaps}>
      {keys.map((key) => (
        <Kbd key={key} size="xs">
          {keyLabel(key)}
        </Kbd>
      ))}
    </span>
  );
}

interface ActionProps {
  label: string;
  isDisabled?: boolean;
  onClick: () => void;
  children: ReactNode;
}

function Action({ label, isDisabled = false, onClick, children }: ActionProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon size="sm" aria-label={label} disabled={isDisabled} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
