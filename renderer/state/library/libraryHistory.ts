/** What was done to results and how it is undone: each step with its way back, in the order of doing. Pure; who runs a step is `useLibraryEdits`. */
import type { CommandInput } from '../../../shared/contract/index.ts';
import type { LibraryItem } from '../../../shared/contract/library.ts';

export type ItemPatch = Omit<CommandInput<'library.update'>, 'id'>;

export type LibraryStep =
  | { type: 'update'; id: string; patch: ItemPatch }
  | { type: 'trash'; ids: readonly string[] }
  | { type: 'putBack'; ids: readonly string[] };

export function idsOf(step: LibraryStep): readonly string[] {
  return step.type === 'update' ? [step.id] : step.ids;
}

interface Done {
  step: LibraryStep;
  back: LibraryStep;
}

export interface LibraryHistory {
  past: readonly Done[];
  future: readonly Done[];
}

export const noLibraryHistory: LibraryHistory = { past: [], future: [] };

const historyLimit = 100;

/** Of each field that a patch names, what the result says now. */
export function updateOf(item: LibraryItem, patch: ItemPatch): Done {
  const { id } = item;
  const before = Object.fromEntries(Object.keys(patch).map((field) => [field, item[field as keyof ItemPatch]]));
  return { step: { type: 'update', id, patch }, back: { type: 'update', id, patch: before } };
}

export function trashingOf(ids: readonly string[]): Done {
  return { step: { type: 'trash', ids }, back: { type: 'putBack', ids } };
}

export function record({ past }: LibraryHistory, done: Done): LibraryHistory {
  return { past: [...past, done].slice(-historyLimit), future: [] };
}

/** What to run, and the history once it has run; null: there is nothing to undo. */
export function undoStep({ past, future }: LibraryHistory): { step: LibraryStep; after: LibraryHistory } | null {
  const last = past.at(-1);
  return last ? { step: last.back, after: { past: past.slice(0, -1), future: [last, ...future] } } : null;
}

export function redoStep({ past, future }: LibraryHistory): { step: LibraryStep; after: LibraryHistory } | null {
  const [next, ...rest] = future;
  return next ? { step: next.step, after: { past: [...past, next], future: rest } } : null;
}

/** What names a result that was deleted for good has no way back or forth. */
export function forget({ past, future }: LibraryHistory, ids: readonly string[]): LibraryHistory {
  const stays = ({ step }: Done) => !idsOf(step).some((id) => ids.includes(id));
  return { past: past.filter(stays), future: future.filter(stays) };
}

/** Taken back by itself, out of its turn: what was done before and after stays. */
export function withoutStep({ past, future }: LibraryHistory, done: Done): LibraryHistory {
  return { past: past.filter((other) => other !== done), future };
}
