/** What a person can do to a job: retry, cancel, hide, pause, approve a budget, settle an unknown outcome. */
import { randomUUID } from 'node:crypto';
import type { CommandParsed } from '../../shared/contract/index.ts';
import type { QueueState, QueueTarget } from '../../shared/contract/jobs.ts';
import { RestageError } from '../../shared/errors.ts';
import { isCancellable, isFinal, type JobState, personReasons } from '../../shared/jobs/jobStates.ts';
import { elementModel, motionModel } from '../evolink/requests.ts';
import type { TaskListRow } from '../services.ts';
import type { JobContext } from './context.ts';
import { draftJob } from './order/order.ts';
import type { JobRecord } from './record/record.ts';
import type { Runner } from './runner.ts';

/** How far the server's clock and ours may lie apart when a lost task is looked for. */
const CLAIM_SLACK_MS = 5 * 60_000;

export interface JobActions {
  retry(id: string, isPaused?: boolean): JobRecord;
  cancel(id: string): Promise<JobRecord>;
  hide(id: string, isHidden: boolean): JobRecord;
  pause(id: string, isPaused: boolean): Promise<JobRecord>;
  approveBudget(id: string): JobRecord;
  answerConsent(answer: 'order' | 'cancel'): Promise<JobRecord[]>;
  move(id: string, to: QueueTarget): JobRecord[];
  pauseAll(isPaused: boolean): Promise<QueueState>;
  stopAfterCurrent(): Promise<QueueState>;
  outcomeCandidates(id: string): Promise<TaskListRow[]>;
  resolveOutcome(id: string, choice: CommandParsed<'jobs.resolveOutcome'>['choice']): Promise<JobRecord>;
}

export function createJobActions(context: JobContext, runner: Runner): JobActions {
  const { store, queue, accounts, clock } = context;

  const refuse = (job: JobRecord, rule: string) =>
    new RestageError('refused', { reasons: [{ field: 'id', rule, params: { id: job.id, state: job.state } }] });

  function requireOutcome(id: string): JobRecord {
    const job = store.get(id);
    if (job.state !== 'submitting' || job.waitingFor !== 'outcome') throw refuse(job, 'job.noOutcomeQuestion');
    return job;
  }

  async function outcomeCandidates(id: string): Promise<TaskListRow[]> {
    const job = requireOutcome(id);
    const client = await accounts.client(job.accountId);
    const model = job.recipe.kind === 'element' ? elementModel : motionModel;
    const rows = await client.listTasks({ model, pageSize: 50 });
    const since = (job.firstPostAt ?? 0) - CLAIM_SLACK_MS;
    // A row without a time that can be read may be the one as well as any other.
    return rows.filter(
      (row) =>
        (row.createdAt === '' || Date.parse(row.createdAt) >= since) && !store.isTaskClaimed(job.accountId, row.taskId),
    );
  }

  async function cancel(id: string): Promise<JobRecord> {
    const job = store.get(id);
    if (!isCancellable(job.state)) throw refuse(job, isFinal(job.state) ? 'job.isFinal' : 'job.isSubmitted');
    await runner.halt(id);
    const moved = store.transition(id, 'cancelled');
    if (!moved) {
      // It went over the border while it was being stopped.
      runner.nudge(id);
      throw refuse(store.get(id), 'job.isSubmitted');
    }
    // Whoever waited behind it is looked at again.
    runner.nudge(id);
    return moved;
  }

  return {
    outcomeCandidates,
    retry(id, isPaused = false) {
      const job = store.get(id);
      if (!isFinal(job.state)) {
        // Not final: what it waits for is tried now.
        runner.tryNow(id);
        return job;
      }
      if (job.state === 'completed') throw refuse(job, 'job.notRetryable');
      const account = accounts.get(job.accountId);
      const base = job.orderId.replace(/~[0-9a-f]{8}$/, '');
      const next = draftJob(context, {
        orderId: `${base.slice(0, 100)}~${randomUUID().slice(0, 8)}`,
        orderName: job.orderName,
        recipe: job.recipe,
        account,
        retryOf: job.id,
      });
      // A cancelled order that waited for its yes has not got it by coming back.
      const isConsentOpen = job.state === 'cancelled' && job.isConsentOpen;
      store.insert([{ ...next, isPaused, isConsentOpen }]);
      runner.nudge(next.id);
      return store.get(next.id);
    },
    cancel,
    hide: (id, isHidden) => store.update(id, { isHidden }, isHidden ? 'hidden' : 'shown'),
    async pause(id, isPaused) {
      const job = store.get(id);
      if (isFinal(job.state)) throw refuse(job, 'job.isFinal');
      if (isPaused && !isCancellable(job.state)) throw refuse(job, 'job.isSubmitted');
      // Held by the queue alone: there is nothing of its own to take back.
      if (!isPaused && !job.isPaused && queue.isHeld(job)) throw refuse(job, 'job.queueIsHeld');
      store.update(id, { isPaused }, isPaused ? 'paused' : 'continued');
      if (isPaused) await runner.halt(id);
      runner.nudge(id);
      return store.get(id);
    },
    approveBudget(id) {
      const job = store.get(id);
      if (job.waitingFor !== 'budget') throw refuse(job, 'job.noBudgetQuestion');
      store.update(id, { isBudgetApproved: true }, 'budget approved');
      runner.nudge(id);
      return store.get(id);
    },
    async answerConsent(answer) {
      const open = store.unfinished().filter((job) => job.isConsentOpen);
      if (answer === 'cancel') for (const { id } of open) await cancel(id);
      else {
        for (const { id } of open) store.update(id, { isConsentOpen: false }, 'confirmed', 'the balance is known');
        for (const { id } of open) runner.nudge(id);
      }
      return open.map(({ id }) => store.get(id));
    },
    move(id, to) {
      const line = queue.move(id, to);
      runner.orderChanged();
      return line;
    },
    async pauseAll(isPaused) {
      // What a person paused by itself is not meant: letting it go would order, and pay for, what was held back.
      const state = queue.setHold(isPaused ? 'all' : 'none');
      await runner.holdChanged();
      return state;
    },
    async stopAfterCurrent() {
      const unsent = queue.unsent().filter((job) => !job.isPaused && !needsPerson(job));
      const current =
        store.unfinished().find((job) => job.isPostInFlight) ??
        unsent.find(({ state, waitingFor }) => isOnTheWay(state) && waitingFor === null) ??
        unsent[0];
      const state = queue.setHold('afterCurrent', current ? [current.id] : []);
      await runner.holdChanged();
      return state;
    },
    async resolveOutcome(id, choice) {
      const job = requireOutcome(id);
      if (choice.kind === 'giveUp') {
        store.charge(id, 'unknown', null);
        return store.transition(id, 'gaveUp', {}, 'given up by a person') ?? job;
      }
      if (choice.kind === 'resend') {
        // The same bytes with the same key, whatever happens: only what counts the tries starts again.
        store.update(id, { waitingFor: null, postCount: 0, firstPostAt: null }, 'resend', 'by a person');
        runner.nudge(id);
        return store.get(id);
      }
      if (store.isTaskClaimed(job.accountId, choice.taskId)) {
        throw new RestageError('refused', {
          reasons: [{ field: 'task', rule: 'job.taskClaimed', params: { task: choice.taskId } }],
        });
      }
      const client = await accounts.client(job.accountId);
      const task = await client.task(choice.taskId);
      // An order is given to a task that was seen, not to an answer that says nothing of one.
      if (!task.isReadable)
        throw new RestageError('server', { detail: `the answer names no state of ${choice.taskId}` });
      // Settled otherwise, or sent again, while the task was read.
      requireOutcome(id);
      const submittedAt = new Date(clock.now()).toISOString();
      const fields = { taskId: task.id, taskRaw: JSON.stringify(task.raw), outcomeUnknownSince: null, submittedAt };
      store.transition(id, 'claimed', fields, 'by a person');
      store.charge(id, 'hold', task.creditsReserved);
      runner.nudge(id);
      return store.get(id);
    },
  };
}

const isOnTheWay = (state: JobState) => state === 'uploading' || state === 'submitting';
/** `paused` may be the hold's own doing. */
const needsPerson = ({ waitingFor }: JobRecord) =>
  waitingFor !== null && waitingFor !== 'paused' && personReasons.includes(waitingFor);
