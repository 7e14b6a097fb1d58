/** Notes about a result, each at a moment of it or about the whole: added, changed, put in order. Pure. */
import type { LibraryNote } from '../../../shared/contract/library.ts';

/** By time, those about the whole first; notes of one moment as they were written. */
export function sortedNotes(notes: readonly LibraryNote[]): LibraryNote[] {
  return notes.toSorted((a, b) => (a.atSeconds ?? -1) - (b.atSeconds ?? -1));
}

export function addNote(
  notes: readonly LibraryNote[],
  note: { id: string; atSeconds: number; text: string },
): LibraryNote[] {
  return [...notes, { ...note, isDone: false }];
}

export function changeNote(
  notes: readonly LibraryNote[],
  id: string,
  patch: Partial<Omit<LibraryNote, 'id'>>,
): LibraryNote[] {
  return notes.map((note) => (note.id === id ? { ...note, ...patch } : note));
}

export function removeNote(notes: readonly LibraryNote[], id: string): LibraryNote[] {
  return notes.filter((note) => note.id !== id);
}
