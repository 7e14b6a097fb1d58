/** What a reading of a task means for its job. No ending is believed at the first word: a result that is paid for may hang on it. */
import { taskErrorAdvice } from '../../../shared/jobs/taskErrors.ts';
import type { AccountClient } from '../../accounts/accounts.ts';
import type { TaskSnapshot } from '../../services.ts';
import type { JobContext } from '../context.ts';
import type { JobProblem, JobRecord } from '../record/record.ts';
import { storedUrl } from '../stages/upload.ts';

/** So far the server's clock and ours may lie apart. */
const CLOCK_SLACK_MS = 5 * 60_000;
/** More links than this are not kept. */
const MAX_LINKS = 10;

/** moved: the state changed. unfinished: to be read again. unusable: to be read again, and something is wrong with the answer. */
export type TaskNews = 'moved' | 'unfinished' | { unusable: string; problem: JobProblem };

export interface TaskNewsReader {
  /** Writes down what the reading says and answers what comes of it. */
  apply(job: JobRecord, task: TaskSnapshot, client: Pick<AccountClient, 'apiOrigin' | 'filesOrigin'>): TaskNews;
  forget(jobId: string): void;
}

export function createTaskNews(context: JobContext): TaskNewsReader {
  const { store } = context;
  /** The ending that the last reading of a job told of. */
  const endings = new Map<string, TaskSnapshot['status']>();

  /** True when it is to be believed: the second reading in a row that says so. */
  function isConfirmed(job: JobRecord, task: TaskSnapshot): boolean {
    if (endings.get(job.id) === task.status) return true;
    endings.set(job.id, task.status);
    store.log(job.id, `said to be ${task.status}`, `asked once more: ${JSON.stringify(task.error)}`);
    return false;
  }

  return {
    forget: (jobId) => void endings.delete(jobId),
    apply(job, task, client) {
      if (task.status === 'failed' || task.status === 'cancelled') {
        return isConfirmed(job, task) && end(context, job, task) ? 'moved' : 'unfinished';
      }
      endings.delete(job.id);
      if (task.status !== 'completed') return goOn(context, job, task);
      bookCompleted(context, job, task);
      return job.recipe.kind === 'element' ? completeElement(context, job, task) : complete(context, job, task, client);
    },
  };
}

function bookCompleted({ store }: JobContext, job: JobRecord, task: TaskSnapshot): void {
  if (task.chargeState === 'charged' || task.chargeState === 'released') {
    store.charge(job.id, task.chargeState, task.creditsUsed ?? job.chargeCredits);
  } else if (task.creditsUsed !== null) {
    store.charge(job.id, 'charged', task.creditsUsed);
  } else if (store.get(job.id).chargeState !== 'charged') {
    store.charge(job.id, 'unknown', null);
  }
}

function complete(
  context: JobContext,
  job: JobRecord,
  task: TaskSnapshot,
  client: Pick<AccountClient, 'apiOrigin' | 'filesOrigin'>,
): TaskNews {
  const fresh = task.resultUrls.map((url) => storedUrl(url, client));
  const fields = {
    taskRaw: rawText(task),
    serverVideoSeconds: task.videoSeconds ?? job.serverVideoSeconds,
    serverCompletedAt: job.serverCompletedAt ?? completedAtOf(context, job, task),
    // What worked once may work again: older links stay behind the fresh ones.
    resultUrls: [...new Set([...fresh, ...job.resultUrls])].slice(0, MAX_LINKS),
    vanishedSince: null,
    serverProgress: 1,
  };
  if (job.state !== 'running') {
    context.store.update(job.id, fields, 'link.refreshed', `${fresh.length} links`);
    return 'moved';
  }
  return context.store.transition(job.id, 'serverCompleted', fields) === null ? 'unfinished' : 'moved';
}

function completeElement(context: JobContext, job: JobRecord, task: TaskSnapshot): TaskNews {
  if (task.elementId === null) return unusable('elementWithoutId', 'completed without an element id');
  context.store.addElement(job, task.elementId);
  const fields = {
    resultElementId: task.elementId,
    taskRaw: rawText(task),
    serverCompletedAt: completedAtOf(context, job, task),
    serverProgress: 1,
    problem: null,
  };
  return context.store.transition(job.id, 'fetched', fields, task.elementId) === null ? 'unfinished' : 'moved';
}

function end(context: JobContext, job: JobRecord, task: TaskSnapshot): boolean {
  const { store } = context;
  if (task.chargeState === 'charged' || task.chargeState === 'released') {
    store.charge(job.id, task.chargeState, task.creditsUsed ?? job.chargeCredits);
  } else {
    // Elements are promised a refund [p]; for motion control only the bill can say so.
    const isRefunded = job.recipe.kind === 'element' && task.status === 'failed';
    store.charge(job.id, isRefunded ? 'released' : 'unknown', task.creditsUsed);
  }
  const code = task.error?.code ?? (task.status === 'cancelled' ? 'request_cancelled' : 'unknown_error');
  const message = task.error?.message ?? '';
  const problem = { code, message, mayRetry: taskErrorAdvice(code, message).mayRetry, field: null };
  const event = task.status === 'failed' ? 'serverFailed' : 'serverCancelled';
  const fields = { taskRaw: rawText(task), problem, serverCompletedAt: completedAtOf(context, job, task) };
  return store.transition(job.id, event, fields, `${code}: ${message}`) !== null;
}

function goOn({ store }: JobContext, job: JobRecord, task: TaskSnapshot): TaskNews {
  if (!task.isReadable) return unusable('answerUnreadable', `status ${JSON.stringify(task.rawStatus)}`);
  if (task.chargeState === 'charged' || task.chargeState === 'released') {
    store.charge(job.id, task.chargeState, task.creditsUsed ?? job.chargeCredits);
  }
  if (job.state !== 'running') return 'unfinished';
  // Progress never runs backwards on the screen, whatever the server says.
  const serverProgress = Math.max(job.serverProgress ?? 0, (task.progress ?? 0) / 100);
  const isNews = serverProgress !== job.serverProgress || job.waitingFor !== null || job.vanishedSince !== null;
  if (isNews) {
    store.update(job.id, {
      serverProgress,
      taskRaw: rawText(task),
      waitingFor: null,
      nextTryAt: null,
      vanishedSince: null,
      problem: null,
      estimatedSeconds: task.estimatedSeconds ?? job.estimatedSeconds,
      serverVideoSeconds: task.videoSeconds ?? job.serverVideoSeconds,
    });
  }
  return 'unfinished';
}

/** The links live 24 h from here: a time that cannot be (before the order, or to come) is no time to count from. */
function completedAtOf({ clock }: JobContext, job: JobRecord, task: TaskSnapshot): string {
  const nowMs = clock.now();
  const saidMs = Date.parse(task.completedAt ?? '');
  const submittedMs = Date.parse(job.submittedAt ?? job.createdAt);
  const isPossible = saidMs >= submittedMs - CLOCK_SLACK_MS && saidMs <= nowMs;
  return new Date(isPossible ? saidMs : nowMs).toISOString();
}

const rawText = (task: TaskSnapshot): string => JSON.stringify(task.raw);

export function unusable(code: string, detail: string): { unusable: string; problem: JobProblem } {
  return { unusable: `${code}: ${detail}`, problem: { code, message: detail, mayRetry: true, field: null } };
}
