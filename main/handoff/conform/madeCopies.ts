/** Which copies the last tasks made, for the timeline that is written of them: the page names tasks, never files. */
import type { ConformOutcome } from '../../../shared/contract/conform.ts';
import { mostCopyTasks } from '../../../shared/contract/handoff.ts';

export interface MadeCopy {
  /** Absolute. */
  file: string;
  /** Every picture once, at another rate: moments of the result are not moments of the copy. */
  isRestamped: boolean;
}

export interface MadeCopies {
  remember(taskId: string, outcomes: readonly ConformOutcome[], options: { isRestamped: boolean }): void;
  /** The last task that made one has the word; null: none did, or it is forgotten. */
  find(itemId: string, taskIds: readonly string[]): MadeCopy | null;
}

export function createMadeCopies(): MadeCopies {
  const tasks = new Map<string, Map<string, MadeCopy>>();
  return {
    remember(taskId, outcomes, { isRestamped }) {
      const copies = outcomes.flatMap((outcome): [string, MadeCopy][] =>
        'copy' in outcome ? [[outcome.id, { file: outcome.copy.file, isRestamped }]] : [],
      );
      tasks.delete(taskId);
      tasks.set(taskId, new Map(copies));
      for (const oldest of tasks.keys()) if (tasks.size > mostCopyTasks) tasks.delete(oldest);
    },
    find(itemId, taskIds) {
      const newest = taskIds.findLast((taskId) => tasks.get(taskId)?.has(itemId));
      return newest === undefined ? null : (tasks.get(newest)?.get(itemId) ?? null);
    },
  };
}
