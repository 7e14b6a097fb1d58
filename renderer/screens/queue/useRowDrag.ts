/** Dragging rows to another place in the line: the chosen ones together; they are put before the row on which they are let go. */
import { type DragEvent, useMemo, useRef } from 'react';
import { useQueueStore } from '../../state/queue/queueStore.ts';
import type { QueueActions } from './useQueue.ts';

const dragType = 'application/x-restage-jobs';

export interface RowDrag {
  onDragStart: (id: string, event: DragEvent) => void;
  onDragOver: (id: string, event: DragEvent) => void;
  onDrop: (id: string, event: DragEvent) => void;
}

/** `line`: ids of what has not been sent, in order. */
export function useRowDrag(line: readonly string[], move: QueueActions['move']): RowDrag {
  const now = useRef({ line, move });
  now.current = { line, move };
  return useMemo(() => {
    let dragged: readonly string[] = [];
    let marked: HTMLElement | null = null;
    const mark = (row: HTMLElement | null, side: 'before' | 'after') => {
      if (marked && marked !== row) delete marked.dataset.drop;
      marked = row;
      if (row) row.dataset.drop = side;
    };
    /** Below the middle of a row means after it. */
    const sideOf = (event: DragEvent): 'before' | 'after' => {
      const box = event.currentTarget.getBoundingClientRect();
      return event.clientY > box.top + box.height / 2 ? 'after' : 'before';
    };
    return {
      onDragStart: (id, event) => {
        const { selected } = useQueueStore.getState();
        const chosen = selected.includes(id) ? selected : [id];
        dragged = now.current.line.filter((one) => chosen.includes(one));
        event.dataTransfer.effectAllowed = 'move';
        event.dataTransfer.setData(dragType, dragged.join(' '));
      },
      onDragOver: (id, event) => {
        if (!event.dataTransfer.types.includes(dragType) || !now.current.line.includes(id)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'move';
        mark(event.currentTarget as HTMLElement, sideOf(event));
      },
      onDrop: (id, event) => {
        if (!event.dataTransfer.types.includes(dragType)) return;
        event.preventDefault();
        event.stopPropagation();
        const side = sideOf(event);
        mark(null, 'before');
        const others = now.current.line.filter((one) => !dragged.includes(one));
        const at = others.indexOf(id);
        if (at === -1 || dragged.length === 0) return;
        now.current.move(dragged, { before: (side === 'before' ? id : others[at + 1]) ?? null });
      },
    };
  }, []);
}
