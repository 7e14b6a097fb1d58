/** The making of copies for one export: the tasks that made them, what came of each result, and how far it is. */
import { skipToken, useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ConformOutcome } from '../../../../shared/contract/conform.ts';
import type { EventPayload } from '../../../../shared/contract/index.ts';
import { call } from '../../../bridge/bridge.ts';
import { notifyError } from '../../../state/shell/notify.tsx';
import type { CopyOptions } from './copyForm.ts';

interface Task {
  taskId: string;
  ids: string[];
  options: CopyOptions;
}

export interface Copies {
  /** In the order of the export; a result that was copied again has its last outcome. */
  outcomes: readonly ConformOutcome[];
  /** By what was made last; null: nothing was made yet. */
  folder: string | null;
  /** Of the tasks, for the timeline: the last has the word. */
  taskIds: readonly string[];
  options: CopyOptions | null;
  running: { total: number; done: number; ratio: number | null; id: string | null } | null;
  error: unknown;
  make: (ids: readonly string[], options: CopyOptions) => void;
  cancel: () => void;
  /** Back to the form: what was made stays on disk and is found again. */
  forget: () => void;
}

interface Made {
  outcomes: readonly ConformOutcome[];
  folder: string | null;
  taskIds: readonly string[];
  /** Of the first task: what is made again differs by its offset alone. */
  options: CopyOptions | null;
}

const nothing: Made = { outcomes: [], folder: null, taskIds: [], options: null };

function withTask(made: Made, { taskId, options }: Task, folder: string, items: readonly ConformOutcome[]): Made {
  const isFirst = made.outcomes.length === 0;
  const newer = new Map(items.map((item) => [item.id, item]));
  return {
    outcomes: isFirst ? items : made.outcomes.map((item) => newer.get(item.id) ?? item),
    folder,
    taskIds: [...made.taskIds, taskId],
    options: isFirst ? options : made.options,
  };
}

export function useCopies(): Copies {
  const [made, setMade] = useState(nothing);
  const making = useMutation({
    mutationFn: ({ taskId, ids, options }: Task) => call('handoff.conform', { ...options, ids, taskId }),
    onSuccess: ({ folder, items }, task) => setMade((before) => withTask(before, task, folder, items)),
  });
  const task = making.isPending ? making.variables : null;
  // Filled by events only.
  const progress = useQuery<EventPayload<'handoff.conformProgress'>>({
    queryKey: ['handoff.conformProgress', task?.taskId ?? ''],
    queryFn: skipToken,
  }).data;
  return {
    ...made,
    error: making.error,
    running: task
      ? {
          total: task.ids.length,
          done: progress?.done ?? 0,
          ratio: progress?.ratio ?? null,
          id: progress?.id ?? null,
        }
      : null,
    make: (ids, options) => making.mutate({ taskId: `page-${crypto.randomUUID()}`, ids: [...ids], options }),
    cancel: () => {
      if (task) void call('handoff.conformCancel', { taskId: task.taskId }).catch(notifyError);
    },
    forget: () => {
      setMade(nothing);
      making.reset();
    },
  };
}
