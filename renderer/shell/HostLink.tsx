/** The page's side of a host with menus of its own: tells what they show, runs what was chosen there, takes what was opened outside. Draws nothing. */
import { useEffect, useRef } from 'react';
import type { HostMessage } from '../../shared/contract/hostMessages.ts';
import { commandOf, isCommandId } from '../keys/commands.ts';
import { liveCommand, onLiveCommandsChange } from '../keys/liveCommands.ts';
import { menuCommandsOf } from '../keys/menuCommands.ts';
import { useKeyMap } from '../keys/useKeys.ts';
import { openItem } from '../state/library/libraryStore.ts';
import { useIntake } from '../state/order/intake.ts';
import { goTo } from '../state/shell/route.ts';

/** Screens come and go with a dozen components: the menu is told once they are there. */
const settledMs = 100;

export function HostLink() {
  useMenu();
  useHostMessages();
  return null;
}

function useMenu(): void {
  const map = useKeyMap();
  useEffect(() => {
    let last = '';
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tell = () => {
      const commands = menuCommandsOf(map, (id) => liveCommand(id) !== null);
      const text = JSON.stringify(commands);
      if (text !== last) window.restage.setMenu?.(commands);
      last = text;
    };
    const soon = () => {
      clearTimeout(timer);
      timer = setTimeout(tell, settledMs);
    };
    soon();
    const stop = onLiveCommandsChange(soon);
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [map]);
}

function useHostMessages(): void {
  const { receiveOpened } = useIntake();
  const current = useRef(receiveOpened);
  current.current = receiveOpened;
  useEffect(
    () =>
      window.restage.onHost?.((message: HostMessage) => {
        if (message.kind === 'command') runCommand(message.id);
        else if (message.kind === 'opened') void current.current(message.files);
        else if (message.itemId !== null) openItem(message.itemId);
        else goTo(message.screen);
      }),
    [],
  );
}

/** As the key would: hardly anything while a dialog is open; and in a text field, undo is the field's. */
function runCommand(id: string): void {
  if (!isCommandId(id)) return;
  if (document.querySelector('[role="dialog"][aria-modal="true"]') && commandOf(id).overDialogs !== true) return;
  const field = document.activeElement?.closest('input, textarea, [contenteditable="true"]');
  // The one way to the field's own history; it stays in browsers for that reason.
  if (field && (id === 'undo' || id === 'redo')) document.execCommand(id);
  else void liveCommand(id)?.();
}
