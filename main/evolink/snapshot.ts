/** From the task answer on the wire to the TaskSnapshot that the rest of the app reads. */
import type { TaskSnapshot } from '../services.ts';
import { elementModel } from './requests.ts';
import type { TaskAnswer } from './schemas.ts';

export function snapshotOf(answer: TaskAnswer, raw: unknown): TaskSnapshot {
  const status = statusOf(answer.status);
  const model = answer.model ?? '';
  const creditsReserved = answer.usage?.credits_reserved ?? null;
  const creditsUsed = answer.usage?.credits_used ?? answer.usage?.cost?.credits ?? null;
  const items = answer.result_data ? [answer.result_data].flat() : [];
  const fromData = items.flatMap((item) => (item.video_url ? [item.video_url] : []));
  return {
    id: answer.id,
    model,
    status,
    rawStatus: answer.status,
    progress: answer.progress == null ? null : Math.min(100, Math.max(0, answer.progress)),
    estimatedSeconds: answer.task_info?.estimated_time ?? null,
    creditsReserved,
    creditsUsed,
    chargeState: chargeStateOf(answer, { status, model, creditsReserved, creditsUsed }),
    resultUrls: answer.results?.length ? answer.results : fromData,
    elementId: items.find((item) => item.element_id != null)?.element_id ?? null,
    error: errorOf(answer, status),
    createdAt: answer.created ?? answer.created_at ?? null,
    completedAt: answer.completed_at ?? null,
    raw,
  };
}

/** A row that cannot be read but names its task: still running, as far as anybody knows. */
export function unreadableSnapshot(id: string, raw: unknown): TaskSnapshot {
  return {
    id,
    model: '',
    status: 'running',
    rawStatus: '',
    progress: null,
    estimatedSeconds: null,
    creditsReserved: null,
    creditsUsed: null,
    chargeState: 'unknown',
    resultUrls: [],
    elementId: null,
    error: null,
    createdAt: null,
    completedAt: null,
    raw,
  };
}

function statusOf(raw: string): TaskSnapshot['status'] {
  switch (raw) {
    case 'pending':
    case 'completed':
    case 'failed':
    case 'cancelled':
      return raw;
    default:
      return 'running';
  }
}

interface ChargeFacts {
  status: TaskSnapshot['status'];
  model: string;
  creditsReserved: string | null;
  creditsUsed: string | null;
}

/** `billing` is believed first. Without it a failed element is refunded (promised), a failed video is anybody's guess. */
function chargeStateOf(answer: TaskAnswer, facts: ChargeFacts): TaskSnapshot['chargeState'] {
  if (answer.billing?.refund_status === 'completed') return 'released';
  switch (answer.billing?.charge_status) {
    case 'reserved':
      return 'hold';
    case 'charged':
      return 'charged';
    case 'released':
      return 'released';
  }
  if (facts.status === 'pending' || facts.status === 'running') {
    return facts.creditsReserved === null ? 'unknown' : 'hold';
  }
  if (facts.status === 'completed') return facts.creditsUsed === null ? 'unknown' : 'charged';
  if (facts.status === 'failed' && facts.model === elementModel) return 'released';
  return 'unknown';
}

function errorOf(answer: TaskAnswer, status: TaskSnapshot['status']): TaskSnapshot['error'] {
  if (status !== 'failed' && status !== 'cancelled') return null;
  const code = answer.error?.code;
  const message = answer.error?.message;
  if (code == null && message == null) return status === 'failed' ? { code: 'unknown_error', message: '' } : null;
  return { code: String(code ?? 'unknown_error'), message: String(message ?? '') };
}
