/** Reading tasks: one, many, the account's list; and the results' bytes, for 24 hours. */
import { stat } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { creditsToNumber, parseCredits } from '../../shared/money/pricing.ts';
import type { Context } from './context.ts';
import { positive } from './files.ts';
import { invalid, json, Problem, type Reply } from './reply.ts';
import { parseJsonObject, readBytes } from './requestBody.ts';
import { taskRow, taskView } from './taskView.ts';

const batchMax = 50;

/** Ids begin so; another one is refused before it is looked for (EvoLink's documentation, read in November 2026). */
const idStart = 'task-unified-';

export function readTask(context: Context, taskId: string): Reply {
  if (!taskId.startsWith(idStart)) throw new Problem(400, 'invalid_task_id', `task ids begin with ${idStart}`);
  const state = context.store.task(taskId);
  if (!state) throw new Problem(404, 'resource_not_found', `no task ${taskId}`);
  return json(200, taskView(context, state));
}

export async function readBatch(context: Context, request: IncomingMessage): Promise<Reply> {
  if (!context.switches.hasBatch) throw new Problem(404, 'resource_not_found', 'no such endpoint');
  const ids = parseJsonObject(await readBytes(request)).task_ids;
  if (!Array.isArray(ids) || ids.length === 0) throw invalid('task_ids', 'a list is required');
  if (ids.length > batchMax) throw invalid('task_ids', `${ids.length} ids, at most ${batchMax}`);
  const data = ids.flatMap((id) => {
    const state = context.store.task(String(id));
    return state ? [taskView(context, state)] : [];
  });
  return json(200, { data });
}

export function listTasks(context: Context, query: URLSearchParams): Reply {
  const page = positive(query.get('page'), 1);
  const pageSize = Math.min(100, positive(query.get('page_size'), 20));
  const wanted = { model: query.get('model'), type: query.get('type'), status: query.get('status') };
  const rows = context.store
    .tasks()
    .map((state) => taskRow(context, state))
    .filter((row) => {
      // The filter `processing` includes what is queued.
      const status = wanted.status === 'processing' && row.status === 'pending' ? 'processing' : row.status;
      return (
        (wanted.model === null || wanted.model === row.model) &&
        (wanted.type === null || wanted.type === row.type) &&
        (wanted.status === null || wanted.status === status)
      );
    });
  const data = rows.slice((page - 1) * pageSize, page * pageSize);
  return json(200, { data, total: rows.length, page, page_size: pageSize });
}

export function credits(context: Context): Reply {
  const balance = context.store.balance();
  const remaining = creditsToNumber(parseCredits(balance.remaining));
  const used = creditsToNumber(parseCredits(balance.used));
  return json(200, {
    success: true,
    message: '',
    data: {
      user: { remaining_credits: remaining, used_credits: used },
      token: { remaining_credits: 0, used_credits: used, unlimited_credits: true },
    },
  });
}

export async function resultBytes(context: Context, taskId: string): Promise<Reply> {
  const state = context.store.task(taskId);
  if (state?.outcome?.status !== 'completed' || state.task.order.kind !== 'motion') {
    throw new Problem(404, 'resource_not_found', 'no such result');
  }
  if (context.now() - state.outcome.finishedMs > context.switches.linkLifeMs) {
    throw new Problem(403, 'link_expired', 'this link has expired');
  }
  const file = context.store.resultPath(taskId);
  const { size } = await stat(file);
  return { status: 200, headers: { 'content-type': 'video/mp4' }, body: { file, start: 0, end: size } };
}
