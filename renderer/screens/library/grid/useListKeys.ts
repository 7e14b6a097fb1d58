/** The keys that move through results and choose them, the same in grid and list: arrows, pages, ends, with Shift a range, with Ctrl the focus alone, Space plays, Enter opens. */
import { type RefObject, useEffect, useRef } from 'react';
import { isMac } from '../../../keys/keyLabel.ts';
import { isUnderDialog } from '../../../keys/underDialog.ts';
import { useLibraryStore } from '../../../state/library/libraryStore.ts';
import type { LibraryPages } from '../pages/useLibraryPages.ts';
import type { Choose } from '../selection/useChoose.ts';
import { type Geometry, type Step, stepFrom } from './geometry.ts';

const steps: Readonly<Record<string, Step>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
  PageUp: 'pageUp',
  PageDown: 'pageDown',
  Home: 'first',
  End: 'last',
};

export const isToggleKey = (event: { ctrlKey: boolean; metaKey: boolean }): boolean =>
  isMac ? event.metaKey : event.ctrlKey;

const typing = 'input:not([type="checkbox"]), textarea, select, [contenteditable="true"]';
/** What has arrows, Space and Enter of its own. */
const owners = 'button, a, summary, [role="menu"], [role="tab"], [role="separator"], input[type="checkbox"]';

/** Beside the list (on a button, or nowhere) only what chooses or clears means the list. */
function isForList(event: KeyboardEvent, list: HTMLElement | null): boolean {
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest(typing)) return false;
  if (list && target && list.contains(target)) return true;
  if (event.key === 'Escape' || (event.key.toLowerCase() === 'a' && isToggleKey(event))) return true;
  return target === document.body || !target?.closest(owners);
}

interface ListKeys {
  list: RefObject<HTMLElement | null>;
  geometry: Geometry;
  pages: LibraryPages;
  choose: Choose;
  viewPx: number;
  reveal: (index: number) => void;
  onPlay: (index: number) => void;
}

export function useListKeys(keys: ListKeys): void {
  const current = useRef(keys);
  current.current = keys;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const now = current.current;
      if (event.defaultPrevented || event.isComposing || event.altKey) return;
      if (isUnderDialog(event)) return;
      if (isForList(event, now.list.current) && press(event, now)) event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}

/** Whether it meant something. */
function press(event: KeyboardEvent, { geometry, pages, choose, viewPx, reveal, onPlay }: ListKeys): boolean {
  const { focus, ids } = useLibraryStore.getState().selection;
  const isToggle = isToggleKey(event);
  const step = steps[event.key];
  if (step !== undefined) {
    const index = stepFrom(geometry, Math.min(focus, Math.max(0, geometry.total - 1)), step, viewPx);
    if (isToggle && !event.shiftKey) choose.focus(index);
    else choose.at(index, { isToggle: false, isRange: event.shiftKey });
    reveal(index);
    return true;
  }
  if (isToggle && event.key.toLowerCase() === 'a' && !event.shiftKey) {
    choose.all();
    return true;
  }
  if (event.key === 'Escape' && ids.size > 0) {
    choose.none();
    return true;
  }
  if (event.key === ' ' && isToggle) {
    choose.at(focus, { isToggle: true, isRange: false });
    return true;
  }
  if (isToggle || event.shiftKey) return false;
  const item = pages.itemAt(focus);
  if (event.key === 'Enter' && item) {
    useLibraryStore.setState({ openId: item.id });
    return true;
  }
  if (event.key !== ' ' || !item) return false;
  onPlay(focus);
  return true;
}
