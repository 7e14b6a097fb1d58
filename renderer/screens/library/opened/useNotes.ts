/**
 * The notes of a result, shown as they are meant to be before they are written: the next edit builds on the last one, not on what the
 * library still says.
 */
import { useRef, useState } from 'react';
import type { LibraryItem, LibraryNote } from '../../../../shared/contract/library.ts';
import { libraryLimits } from '../../../../shared/library/libraryLimits.ts';
import { addNote, changeNote, removeNote, sortedNotes } from '../../../state/library/notes.ts';
import { useLibraryEdits } from '../useLibraryEdits.tsx';

export interface NotesEditor {
  /** By time. */
  list: LibraryNote[];
  isFull: boolean;
  add: (atSeconds: number, text: string) => void;
  change: (id: string, patch: Partial<Omit<LibraryNote, 'id'>>) => void;
  remove: (id: string) => void;
}

export function useNotes(item: LibraryItem): NotesEditor {
  const { update } = useLibraryEdits();
  const [meant, setMeant] = useState<LibraryNote[] | null>(null);
  const writes = useRef(0);
  const latest = useRef<LibraryNote[]>(item.notes);
  if (writes.current === 0) latest.current = item.notes;

  const edit = (change: (notes: readonly LibraryNote[]) => LibraryNote[]) => {
    const before = latest.current;
    const next = change(before);
    latest.current = next;
    writes.current += 1;
    setMeant(next);
    void update({ ...item, notes: before }, { notes: next }).finally(() => {
      writes.current -= 1;
      // What the library says now holds: also where the change was refused.
      if (writes.current === 0) setMeant(null);
    });
  };

  return {
    list: sortedNotes(meant ?? item.notes),
    isFull: latest.current.length >= libraryLimits.notes,
    add: (atSeconds, text) => edit((notes) => addNote(notes, { id: crypto.randomUUID(), atSeconds, text })),
    change: (id, patch) => edit((notes) => changeNote(notes, id, patch)),
    remove: (id) => edit((notes) => removeNote(notes, id)),
  };
}
