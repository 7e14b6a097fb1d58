/** Clicks on results, the same in grid and list. One listener each for all of them: which one is meant is read from the element. */
import type { MouseEvent, PointerEvent } from 'react';
import { useRef } from 'react';
import { useLibraryStore } from '../../../state/library/libraryStore.ts';
import type { LibraryPages } from '../pages/useLibraryPages.ts';
import type { Choose } from '../selection/useChoose.ts';
import { isToggleKey } from './useListKeys.ts';

export function indexUnder(target: EventTarget): number | null {
  const element = target instanceof Element ? target.closest<HTMLElement>('[data-card]') : null;
  return element ? Number(element.dataset.card) : null;
}

export function useListPointer(pages: LibraryPages, choose: Choose) {
  /** A press on what is chosen may begin a drag of all of it; that it means this one alone is known at the click. */
  const isDone = useRef(false);
  const open = (index: number) => {
    const item = pages.itemAt(index);
    if (item) useLibraryStore.setState({ openId: item.id });
  };
  return {
    onPointerDown: (event: PointerEvent) => {
      const index = indexUnder(event.target);
      isDone.current = false;
      if (index === null || event.button !== 0 || event.shiftKey || isToggleKey(event)) return;
      const id = pages.itemAt(index)?.id;
      if (id !== undefined && useLibraryStore.getState().selection.ids.has(id)) return;
      isDone.current = true;
      choose.at(index, { isToggle: false, isRange: false });
    },
    onClick: (event: MouseEvent) => {
      const index = indexUnder(event.target);
      if (index === null || isDone.current) return;
      if (event.target instanceof Element && event.target.closest('[data-stack]')) return open(index);
      choose.at(index, { isToggle: isToggleKey(event), isRange: event.shiftKey });
    },
    onDoubleClick: (event: MouseEvent) => {
      const index = indexUnder(event.target);
      if (index !== null && !event.shiftKey && !isToggleKey(event)) open(index);
    },
  };
}
