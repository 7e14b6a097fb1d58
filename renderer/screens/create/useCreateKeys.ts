/** The key map of the Create screen. Keys rest while typing and while a dialog is open. */
import { useEffect, useRef } from 'react';
import { useDraftStore } from '../../state/draftStore.ts';
import { nextSpeed, usePlayerStore } from '../../state/player.ts';
import { markIn, markOut, stepOf } from '../../state/trim.ts';
import { type Clip, useClip } from './useClip.ts';

interface Actions {
  generate: () => void;
  prepare: () => void;
}

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

export function useCreateKeys(actions: Actions): void {
  const clip = useClip();
  const current = useRef({ clip, actions });
  current.current = { clip, actions };

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || document.querySelector('[role="dialog"][aria-modal="true"]')) return;
      const { clip: now, actions: act } = current.current;
      const isHandled =
        event.ctrlKey || event.metaKey ? runCommandKey(event, act) : now !== null && runClipKey(event, now);
      if (isHandled) event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}

/** Ctrl or Cmd: order, prepare (both also while typing a prompt), undo and redo. */
function runCommandKey(event: KeyboardEvent, { generate, prepare }: Actions): boolean {
  if (event.key === 'Enter') {
    if (event.repeat) return true;
    if (event.shiftKey) prepare();
    else generate();
    return true;
  }
  if (isTyping(event)) return false;
  const { undo, redo } = useDraftStore.getState();
  const key = event.key.toLowerCase();
  if (key === 'z') (event.shiftKey ? redo : undo)();
  else if (key === 'y') redo();
  else return false;
  return true;
}

function runClipKey(event: KeyboardEvent, clip: Clip): boolean {
  const { controls, timeline, speed, position } = usePlayerStore.getState();
  if (!controls || event.altKey || isTyping(event) || belongsToControl(event)) return false;
  const { clock, range, maxSeconds, setRange } = clip;
  const at = { at: position, maxSeconds };
  const frames = event.shiftKey ? 10 : 1;
  const keys: Record<string, () => void> = {
    ' ': () => controls.toggle(),
    j: () => controls.play(nextSpeed(speed, -1)),
    k: () => controls.play(0),
    l: () => controls.play(nextSpeed(speed, 1)),
    i: () => (event.shiftKey ? controls.seek(range.from) : setRange(markIn(clock, range, at))),
    o: () => (event.shiftKey ? controls.seek(range.to - stepOf(clock)) : setRange(markOut(clock, range, at))),
    g: () => usePlayerStore.setState({ isGoToOpen: true }),
    arrowleft: () => controls.step(-frames),
    arrowright: () => controls.step(frames),
    home: () => controls.seek(0),
    end: () => controls.seek(clock.length - stepOf(clock)),
    '+': () => timeline?.zoom(0.5),
    '=': () => timeline?.zoom(0.5),
    '-': () => timeline?.zoom(2),
    '\\': () => timeline?.showAll(),
  };
  const run = keys[event.key.toLowerCase()];
  run?.();
  return run !== undefined;
}
