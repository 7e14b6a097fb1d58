/** Keys for components: the map as it is now, how it reads in hints, and listening for commands. Keys rest while typing and while a dialog is open. */
import { useEffect, useMemo, useRef } from 'react';
import { useSettings } from '../bridge/queries.ts';
import { chordsOf, typesText } from './chord.ts';
import { type CommandId, commandOf, isCommandId } from './commands.ts';
import { isMac, keyLabel } from './keyLabel.ts';
import { findCommand, type KeyMap, keyMapOf, noShortcuts } from './keyMap.ts';
import { addLiveCommands, type CommandHandlers } from './liveCommands.ts';
import { isUnderDialog } from './underDialog.ts';

const typing = 'input:not([type="radio"], [type="checkbox"]), textarea, select, [contenteditable="true"]';
/** On these Space and Enter already mean something, and arrows on radio buttons. */
const ownKeys = 'button, a, input, [role="switch"], [role="tab"]';

function isTyping(event: KeyboardEvent): boolean {
  return event.target instanceof Element && event.target.closest(typing) !== null;
}

function belongsToControl(event: KeyboardEvent): boolean {
  if (!(event.target instanceof Element) || !event.target.closest(ownKeys)) return false;
  const isArrow = event.key.startsWith('Arrow');
  return event.key === ' ' || event.key === 'Enter' || (isArrow && event.target.closest('input') !== null);
}

export function useKeyMap(): KeyMap {
  const shortcuts = useSettings().data?.shortcuts ?? noShortcuts;
  return useMemo(() => keyMapOf(shortcuts, isMac), [shortcuts]);
}

/** The first key of a command as it is printed, and a hint with it: "Play (Space)". */
export function useKeyHints() {
  const map = useKeyMap();
  const keyOf = (id: CommandId): string => {
    const chord = map[id][0];
    return chord === undefined ? '' : keyLabel(chord);
  };
  const withKey = (label: string, id: CommandId): string => {
    const key = keyOf(id);
    return key === '' ? label : `${label} (${key})`;
  };
  return { keyOf, withKey };
}

/** Runs commands by their keys as long as the component is there. A handler that answers false has not handled it. */
export function useCommandKeys(handlers: CommandHandlers): void {
  useKeys(handlers, false);
}

/** The same inside a dialog, which must be the only one. */
export function useDialogKeys(handlers: CommandHandlers): void {
  useKeys(handlers, true);
}

function useKeys(handlers: CommandHandlers, isInDialog: boolean): void {
  const map = useKeyMap();
  const current = useRef({ handlers, map });
  current.current = { handlers, map };

  useEffect(() => (isInDialog ? undefined : addLiveCommands(() => current.current.handlers)), [isInDialog]);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const isDialogOpen = document.querySelector('[role="dialog"][aria-modal="true"]') !== null;
      if (isInDialog && !isDialogOpen) return;
      const isOverDialog = isDialogOpen && !isInDialog;
      if (!isInDialog && event.key === 'Escape' && isUnderDialog(event)) return;
      const now = current.current;
      const chords = chordsOf(event, isMac);
      if (belongsToControl(event) && chords.every(typesText)) return;
      const among = Object.keys(now.handlers)
        .filter(isCommandId)
        .filter((id) => !isOverDialog || commandOf(id).overDialogs === true);
      const id = findCommand(now.map, chords, { among, isTyping: isTyping(event) });
      if (id === null) return;
      const rests = event.repeat && commandOf(id).repeats !== true;
      if (rests || now.handlers[id]?.() !== false) event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [isInDialog]);
}
