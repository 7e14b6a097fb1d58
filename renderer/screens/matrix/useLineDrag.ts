/** Dragging a row or a column to another place: it takes the place of the one on which it is let go. */
import { type DragEvent, useState } from 'react';
import type { Line } from '../../state/matrix/matrixEdits.ts';
import { editMatrix } from '../../state/matrix/matrixStore.ts';

const typeOf = (line: Line) => `application/x-restage-matrix-${line}`;

export function useLineDrag(line: Line) {
  const [overKey, setOverKey] = useState<string | null>(null);
  const isMeant = (event: DragEvent) => event.dataTransfer.types.includes(typeOf(line));
  return (key: string, index: number) => ({
    draggable: true,
    'data-over': overKey === key,
    onDragStart: (event: DragEvent) => {
      event.dataTransfer.effectAllowed = 'move';
      event.dataTransfer.setData(typeOf(line), key);
    },
    onDragOver: (event: DragEvent) => {
      if (!isMeant(event)) return;
      event.preventDefault();
      setOverKey(key);
    },
    onDragLeave: () => setOverKey(null),
    onDragEnd: () => setOverKey(null),
    onDrop: (event: DragEvent) => {
      if (!isMeant(event)) return;
      event.preventDefault();
      event.stopPropagation();
      setOverKey(null);
      editMatrix({ type: 'move', line, key: event.dataTransfer.getData(typeOf(line)), to: index });
    },
  });
}
