/** From the task answer on the wire to the TaskSnapshot that the rest of the app reads. */
import type { TaskSnapshot } from '../services.ts';
import { elementModel } from './requests.ts';
import { elementIdIn, linksIn } from './resultsOf.ts';
import type { TaskAnswer } from './schemas.ts';

export function snapshotOf(answer: TaskAnswer, raw: unknown): TaskSnapshot {
  const rawStatus = answer.status ?? '';
  const status = statusOf(rawStatus);
  const model = answer.model ?? '';
  const creditsReserved = answer.usage?.credits_reserved ?? null;
  const creditsUsed = answer.usage?.credits_used ?? answer.usage?.cost?.credits ?? null;
  return {
    id: answer.id,
    model,
    status,
    rawStatus,
    isReadable: rawStatus !== '',
    progress: answer.progress == null ? null : Math.min(100, Math.max(0, answer.progress)),
    estimatedSeconds: answer.task_info?.estimated_time ?? null,
    videoSeconds: answer.task_info?.video_duration ?? null,
    creditsReserved,
    creditsUsed,
    chargeState: chargeStateOf(answer, { status, model, creditsReserved, creditsUsed }),
    resultUrls: [...new Set([...linksIn(answer.results), ...linksIn(answer.result_data)])],
    elementId: elementIdIn(answer.result_data) ?? elementIdIn(answer.results),
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
    isReadable: false,
    progress: null,
    estimatedSeconds: null,
    videoSeconds: null,
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

/** Other words for the contract's states, as gateways of this kind use them [r]; anything else means "still running" [contract section 3]. */
const statusWords: Readonly<Record<string, TaskSnapshot['status']>> = {
  ...{ pending: 'pending', queued: 'pending', submitted: 'pending', created: 'pending', waiting: 'pending' },
  ...{ completed: 'completed', complete: 'completed', succeeded: 'completed', success: 'completed' },
  ...{ successful: 'completed', succeed: 'completed', finished: 'completed', done: 'completed' },
  ...{ failed: 'failed', failure: 'failed', fail: 'failed', error: 'failed', errored: 'failed' },
  ...{ cancelled: 'cancelled', canceled: 'cancelled', aborted: 'cancelled' },
};

function statusOf(raw: string): TaskSnapshot['status'] {
  const word = raw.toLowerCase();
  return (Object.hasOwn(statusWords, word) ? statusWords[word] : undefined) ?? 'running';
}

interface ChargeFacts {
  status: TaskSnapshot['status'];
  model: string;
  creditsReserved: string | null;
  creditsUsed: string | null;
}

/** `billing` is believed first. Without it a failed element is refunded (promised), a failed video is anybody's guess. */
function chargeStateOf(answer: TaskAnswer, facts: ChargeFacts): TaskSnapshot['chargeState'] {
  if (answer.billing?.refund_status?.toLowerCase() === 'completed') return 'released';
  switch (answer.billing?.charge_status?.toLowerCase()) {
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
  const { error } = answer;
  const message = error?.message ?? (error && 'msg' in error ? error.msg : null);
  if (error?.code == null && message == null)
    return status === 'failed' ? { code: 'unknown_error', message: '' } : null;
  return { code: error?.code || 'unknown_error', message: typeof message === 'string' ? message : '' };
}
