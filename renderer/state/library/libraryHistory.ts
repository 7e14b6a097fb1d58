/** What was done to results and how it is undone: each step with its way back, in the order of doing. Pure; who runs a step is `useLibraryEdits`. */
import type { CommandInput } from '../../../shared/contract/index.ts';
import type { LibraryItem } from '../../../shared/contract/library.ts';
import type { LibraryChange } from '../../../shared/contract/libraryCommands.ts';

export type ItemPatch = Omit<CommandInput<'library.update'>, 'id'>;

export type LibraryStep =
  | { type: 'update'; id: string; patch: ItemPatch }
  | { type: 'change'; changes: readonly LibraryChange[] }
  | { type: 'trash'; ids: readonly string[] }
  | { type: 'putBack'; ids: readonly string[] };

export interface DoneStep {
  step: LibraryStep;
  back: LibraryStep;
}

export interface LibraryHistory {
  past: readonly DoneStep[];
  future: readonly DoneStep[];
}

export const noLibraryHistory: LibraryHistory = { past: [], future: [] };

const historyLimit = 100;

/** Of each field that a patch names, what the result says now. */
export function updateOf(item: LibraryItem, patch: ItemPatch): DoneStep {
  const { id } = item;
  const before = Object.fromEntries(Object.keys(patch).map((field) => [field, item[field as keyof ItemPatch]]));
  return { step: { type: 'update', id, patch }, back: { type: 'update', id, patch: before } };
}

/** `undo`: as the library answered it. */
export function changeOf(changes: readonly LibraryChange[], undo: readonly LibraryChange[]): DoneStep {
  return { step: { type: 'change', changes }, back: { type: 'change', changes: undo } };
}

export function trashingOf(ids: readonly string[]): DoneStep {
  return { step: { type: 'trash', ids }, back: { type: 'putBack', ids } };
}

export function record({ past }: LibraryHistory, done: DoneStep): LibraryHistory {
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

export function idsOf(step: LibraryStep): string[] {
  if (step.type === 'update') return [step.id];
  return step.type === 'change' ? step.changes.flatMap(({ ids }) => ids) : [...step.ids];
}

/** What was deleted for good has no way back or forth; of a step over many the others keep theirs. */
export function forget({ past, future }: LibraryHistory, ids: readonly string[]): LibraryHistory {
  const gone = new Set(ids);
  const lessened = (done: readonly DoneStep[]) =>
    done.flatMap(({ step, back }) => {
      const [left, leftBack] = [without(step, gone), without(back, gone)];
      return left && leftBack ? [{ step: left, back: leftBack }] : [];
    });
  return { past: lessened(past), future: lessened(future) };
}

function without(step: LibraryStep, gone: ReadonlySet<string>): LibraryStep | null {
  const stays = (id: string) => !gone.has(id);
  if (step.type === 'update') return stays(step.id) ? step : null;
  if (step.type === 'change') {
    const changes = step.changes.flatMap((change) => {
      const ids = change.ids.filter(stays);
      return ids.length > 0 ? [{ ...change, ids }] : [];
    });
    return changes.length > 0 ? { ...step, changes } : null;
  }
  const ids = step.ids.filter(stays);
  return ids.length > 0 ? { ...step, ids } : null;
}

/** Taken back by itself, out of its turn: what was done before and after stays. */
export function withoutStep({ past, future }: LibraryHistory, done: DoneStep): LibraryHistory {
  return { past: past.filter((other) => other !== done), future };
}
