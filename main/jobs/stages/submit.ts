/**
 * Stage 3: the one paid request. Key and exact body lie on disk; what is sent is marked before it is sent, so that a crash in between
 * reads as "outcome unknown" and never as "not sent". Contract section 4.
 */
import type { Account, AccountClient } from '../../accounts/accounts.ts';
import { EvolinkError } from '../../evolink/errors.ts';
import { isDiskFull } from '../../storage/files.ts';
import type { JobContext, Stage, StageResult } from '../context.ts';
import type { JobRecord } from '../record/record.ts';
import {
  askedPauseMs,
  type BackOff,
  LOOK_AGAIN_MS,
  problemOf,
  waitForLocal,
  waitForProvider,
} from '../trouble/trouble.ts';
import { isUploadAlive } from './upload.ts';

/** How long a key is assumed to live, and how often the same bytes go again on their own. */
export const RESEND_WINDOW_MS = 10 * 60_000;
export const MAX_RESENDS = 2;

/** Whether a lost answer may be asked for again without a person: only where keys were seen to be honoured, soon, and not often. */
export function mayResend(
  job: Pick<JobRecord, 'firstPostAt' | 'postCount'>,
  account: Pick<Account, 'honoursKeys'>,
  nowMs: number,
): boolean {
  // Nothing of this round was sent yet: a person said "send again", with the same key.
  if (job.firstPostAt === null) return true;
  if (!account.honoursKeys) return false;
  // A clock that was set back says nothing of how long ago it was.
  const ageMs = nowMs - job.firstPostAt;
  return job.postCount <= MAX_RESENDS && ageMs >= 0 && ageMs < RESEND_WINDOW_MS;
}

export function createSubmitStage(context: JobContext): Stage {
  const { store, accounts, clock } = context;
  /** What came of orders and could not be written down yet: nobody but us was told, and it must not be asked for again. */
  const conclusions = new Map<string, () => StageResult>();

  function conclude(id: string, write: () => StageResult): StageResult {
    conclusions.set(id, write);
    try {
      const result = write();
      conclusions.delete(id);
      return result;
    } catch (error) {
      if (isDiskFull(error)) return { wait: 'disk', delayMs: LOOK_AGAIN_MS, detail: String(error) };
      conclusions.delete(id);
      throw error;
    }
  }

  return async (found, run) => {
    const unwritten = conclusions.get(found.id);
    if (unwritten) return conclude(found.id, unwritten);
    const job = found.isPostInFlight ? afterCrash(context, found) : found;
    if (job.outcomeUnknownSince !== null && !mayResend(job, accounts.get(job.accountId), clock.now())) {
      return { wait: 'outcome', delayMs: null, detail: 'the answer to the order was lost' };
    }
    if (job.idempotencyKey === null || job.body === null) {
      store.transition(job.id, 'bodyMustChange', {}, 'no body on disk');
      return 'moved';
    }
    const stale = job.outcomeUnknownSince === null && !areUploadsAlive(context, job);
    if (stale) {
      store.transition(job.id, 'uploadDied', clearedPost, 'an upload would not live long enough');
      return 'moved';
    }
    let client: AccountClient;
    try {
      client = await accounts.client(job.accountId);
      // A person may have settled it since the stage began; nothing is sent for what has left this state.
      if (store.get(job.id).state !== 'submitting') return 'moved';
      store.update(
        job.id,
        { isPostInFlight: true, postCount: job.postCount + 1, firstPostAt: job.firstPostAt ?? clock.now() },
        'post',
        `number ${job.postCount + 1}, key ${job.idempotencyKey}`,
      );
    } catch (error) {
      return afterFailure(context, job.id, error, run.backOff);
    }
    // Not abortable: an order that was cut off on the way is an order of unknown outcome.
    const write = await client.submit({ body: job.body, idempotencyKey: job.idempotencyKey }).then(
      (answer) => () => accept(context, job, answer, run.backOff),
      (error: unknown) => () => afterFailure(context, job.id, error, run.backOff),
    );
    return conclude(job.id, write);
  };
}

export const clearedPost = {
  idempotencyKey: null,
  body: null,
  isPostInFlight: false,
  postCount: 0,
  firstPostAt: null,
  outcomeUnknownSince: null,
} as const;

function accept(
  context: JobContext,
  job: JobRecord,
  { task, isReplayed }: Awaited<ReturnType<AccountClient['submit']>>,
  backOff: BackOff,
): StageResult {
  const { store, accounts, clock, taskPace } = context;
  if (store.isTaskClaimed(job.accountId, task.id)) {
    // Not ours, then: whatever became of this order, the answer does not say it.
    return outcomeUnknown(context, store.get(job.id), `the answer names another job's task: ${task.id}`, backOff);
  }
  const nowMs = clock.now();
  const fields = {
    isPostInFlight: false,
    outcomeUnknownSince: null,
    taskId: task.id,
    // One answer is no proof that there is such a task: the first reading is.
    vanishedSince: nowMs,
    taskRaw: JSON.stringify(task.raw),
    estimatedSeconds: task.estimatedSeconds,
    serverVideoSeconds: task.videoSeconds,
    serverProgress: task.progress === null ? null : task.progress / 100,
    submittedAt: new Date(nowMs).toISOString(),
    problem: null,
  };
  taskPace.asked(task.id);
  store.together(() => {
    // The first request with a key can be no replay: an answer that says so proves nothing of what becomes of a second one.
    if (isReplayed && job.outcomeUnknownSince !== null) accounts.markHonoursKeys(job.accountId);
    store.transition(job.id, 'accepted', fields, task.id);
    store.charge(job.id, 'hold', task.creditsReserved);
  });
  return 'moved';
}

/** The process ended between "about to send" and an answer: whether anything was sent cannot be known. */
function afterCrash(context: JobContext, job: JobRecord): JobRecord {
  return context.store.update(
    job.id,
    { isPostInFlight: false, outcomeUnknownSince: job.outcomeUnknownSince ?? context.clock.now() },
    'outcome unknown',
    'stopped while the order was under way',
  );
}

function areUploadsAlive(context: JobContext, job: JobRecord): boolean {
  return [job.videoUploadId, job.imageUploadId].every(
    (id) => id === null || isUploadAlive(context.store.upload(job.accountId, id), context.clock.now()),
  );
}

function afterFailure(context: JobContext, id: string, error: unknown, backOff: BackOff): StageResult {
  const { store } = context;
  const job = store.get(id);
  if (!(error instanceof EvolinkError)) {
    if (job.isPostInFlight) return outcomeUnknown(context, job, String(error), backOff);
    // Nothing of ours reached the wire (no key in hand, the sandbox did not start).
    const wait = waitForLocal(error, backOff);
    if (wait) return job.outcomeUnknownSince === null ? wait : { ...wait, delayMs: wait.delayMs ?? backOff() };
    store.log(id, 'submit.trouble', String(error));
    return { wait: 'network', delayMs: backOff(), detail: String(error) };
  }
  const { failure } = error;
  if (failure.meaning === 'nothingStarted') {
    // This attempt started nothing; an earlier one of unknown outcome stays unknown.
    store.update(id, withdrawn(job), 'post.nothingStarted', error.message);
    return waitForProvider(error, backOff) ?? { wait: 'network', delayMs: backOff(), detail: failure.message };
  }
  // A refusal speaks for its own request: what became of an earlier one, whose answer was lost, it does not say.
  const isSettled = failure.meaning === 'refused' && job.outcomeUnknownSince === null;
  if (isSettled) {
    // It may be an upload that it cannot read: the next order brings its files anew.
    for (const fileId of [job.videoUploadId, job.imageUploadId]) {
      if (failure.cause === 'invalid' && fileId !== null) store.markUpload(job.accountId, fileId, 'doubtful');
    }
    store.transition(id, 'refusedByServer', { isPostInFlight: false, problem: problemOf(error) }, error.message);
    return 'moved';
  }
  return outcomeUnknown(context, job, error.message, () => askedPauseMs(failure.retryAfterMs, backOff));
}

/** Asked again with the same bytes and key where that may be, else by a person. */
function outcomeUnknown(
  { store, clock, accounts }: JobContext,
  { id, accountId, outcomeUnknownSince }: JobRecord,
  detail: string,
  pause: BackOff,
): StageResult {
  store.update(
    id,
    { isPostInFlight: false, outcomeUnknownSince: outcomeUnknownSince ?? clock.now() },
    'outcome unknown',
    detail,
  );
  const delayMs = pause();
  if (mayResend(store.get(id), accounts.get(accountId), clock.now() + delayMs)) {
    return { wait: 'network', delayMs, detail: `asking again with the same key: ${detail}` };
  }
  return { wait: 'outcome', delayMs: null, detail };
}

/** An attempt that surely reached nobody does not count. */
function withdrawn(job: JobRecord): Partial<JobRecord> {
  const postCount = Math.max(0, job.postCount - 1);
  return { isPostInFlight: false, postCount, ...(postCount === 0 ? { firstPostAt: null } : {}) };
}
