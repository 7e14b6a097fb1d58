/** A task as the contract shows it, at this moment. */
import { creditsToNumber, parseCredits } from '../../shared/money/pricing.ts';
import { elementModel } from '../evolink/requests.ts';
import type { Context } from './context.ts';
import type { TaskState } from './store.ts';

export function taskView(context: Context, { task, outcome }: TaskState): Record<string, unknown> {
  const share = task.takesMs > 0 ? (context.now() - task.createdMs) / task.takesMs : 1;
  const isElement = task.model === elementModel;
  const usage = {
    billing_rule: isElement ? 'per_call' : 'per_second',
    credits_reserved: creditsToNumber(parseCredits(task.reserved)),
    user_group: 'default',
  };
  const base = {
    created: Math.floor(task.createdMs / 1000),
    id: task.taskId,
    model: task.model,
    object: 'video.generation.task',
    progress: outcome ? 100 : Math.max(0, Math.min(95, Math.floor(share * 100))),
    status: outcome?.status ?? (share < 0.15 ? 'pending' : 'processing'),
    task_info: {
      can_cancel: outcome === null,
      estimated_time: Math.ceil(task.takesMs / 1000),
      // Whole seconds, as EvoLink's manual shows it.
      ...(task.order.kind === 'motion' && { video_duration: Math.round(task.order.referenceSeconds) }),
    },
    type: 'video',
  };
  if (!outcome) return { ...base, usage, billing: { charge_status: 'reserved', refund_status: 'not_required' } };
  const charged = creditsToNumber(parseCredits(outcome.charged));
  if (outcome.status !== 'completed') {
    return {
      ...base,
      usage,
      error: outcome.error,
      billing: { charge_status: 'released', refund_status: 'completed' },
    };
  }
  return {
    ...base,
    usage: { ...usage, credits_used: charged },
    billing: { charge_status: 'charged', refund_status: 'not_required' },
    ...(isElement ? { result_data: [{ element_id: outcome.elementId }] } : motionResult(context, { task, outcome })),
  };
}

function motionResult(context: Context, { task, outcome }: TaskState): Record<string, unknown> {
  const url = `${context.origin()}/results/${task.taskId}/result.mp4`;
  return { results: [url], result_data: [{ video_url: url, duration: outcome?.resultSeconds }] };
}

export function taskRow(context: Context, state: TaskState): Record<string, unknown> {
  const view = taskView(context, state);
  return {
    id: view.id,
    model: view.model,
    type: view.type,
    status: view.status,
    progress: view.progress,
    created_at: view.created,
    has_results: state.outcome?.status === 'completed',
    has_error: state.outcome?.error != null,
    credits_used: creditsToNumber(parseCredits(state.outcome?.charged ?? '0')),
  };
}
