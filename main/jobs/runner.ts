/** Drives every unfinished job through its stages, a few at a time, until it is final or waits for something. */
import { isFinal, personReasons, type WaitingReason } from '../../shared/jobs/jobStates.ts';
import { isDiskFull } from '../storage/files.ts';
import type { JobContext, Stage, StageRun } from './context.ts';
import { type JobRecord, linkExpiryOf } from './record/record.ts';
import { createDownloadStage } from './stages/download.ts';
import { createPrepareStage } from './stages/prepare.ts';
import { createSubmitStage } from './stages/submit.ts';
import { createUploadStage } from './stages/upload.ts';
import { backOffMs, rateLimitMs } from './trouble/backOff.ts';
import { createLinkAlarm } from './trouble/linkAlarm.ts';
import { createPace, createPatience } from './trouble/patience.ts';
import { isAbort } from './trouble/trouble.ts';
import { createSubmitGate } from './turns/gate.ts';
import { createPlaces } from './turns/places.ts';
import { createSemaphore } from './turns/semaphore.ts';
import { createTurns } from './turns/turns.ts';
import { createTaskNews } from './watch/taskNews.ts';
import { createWatcher } from './watch/watcher.ts';

export interface Runner {
  /** Takes up every unfinished job where it stands. */
  start(): void;
  /** Looks at a job now (a new one, or one whose reason to wait may be gone). */
  nudge(jobId: string): void;
  /** Tries everything that waits for one of these, at once. */
  release(reasons: readonly WaitingReason[]): void;
  /** A person says "try now": at once, and also where its account's submissions are stopped. */
  tryNow(jobId: string): void;
  /** Stops local work on a job (cancel, pause) and answers when it has stopped. */
  halt(jobId: string): Promise<void>;
  /** The queue was held or let go on: whoever is held stops its local work, the others go on. */
  holdChanged(): Promise<void>;
  /** Jobs have changed places. */
  orderChanged(): void;
  progressOf(jobId: string): number | null;
  /** True while some job moves or will move without a person. */
  isBusy(): boolean;
  close(): Promise<void>;
}

interface Drive {
  controller: AbortController;
  /** Ends the present pause. */
  wake: AbortController;
  again: boolean;
  attempt: number;
  done: Promise<void>;
}

const CLOSE_PATIENCE_MS = 8000;
const BACK_OFF_CAP_MS = 60_000;
const STOPPED_RETRY_MS = 15_000;
/** What these do is a request, and the same one again when it did not help. */
const asksProvider: ReadonlySet<JobRecord['state']> = new Set(['uploading', 'submitting', 'downloading']);
/** Reasons of our own: whoever removes them need not be kept waiting. */
const asksNobody: ReadonlySet<WaitingReason> = new Set([
  'budget',
  'consent',
  'slot',
  'paused',
  'disk',
  'folder',
  'source',
]);

/** Between two requests about one job, whoever asks for the second one. */
const LEAST_GAP_MS = 1000;

interface RunnerEvents {
  progress: (jobId: string) => void;
  /** A paid result waits, and its link will soon be dead. */
  linkAlarm: (jobId: string, linkExpiresAt: string) => void;
}

export function createRunner(context: JobContext, on: RunnerEvents): Runner {
  const { store, queue, clock, logger } = context;
  const news = createTaskNews(context);
  const slots = {
    prepare: createSemaphore(1),
    upload: createSemaphore(2),
    submit: createSemaphore(1),
    download: createSemaphore(2),
  };
  const stages: Partial<Record<JobRecord['state'], { slot: keyof typeof slots; run: Stage }>> = {};
  const prepare = createPrepareStage(context);
  stages.queued = { slot: 'prepare', run: prepare };
  stages.preparing = { slot: 'prepare', run: prepare };
  const places = createPlaces(store, () => context.settings().maxAtProvider);
  stages.uploading = { slot: 'upload', run: createUploadStage(context, places) };
  stages.submitting = { slot: 'submit', run: createSubmitStage(context) };
  stages.downloading = { slot: 'download', run: createDownloadStage(context, news) };
  const drives = new Map<string, Drive>();
  const progress = new Map<string, number | null>();
  const watcher = createWatcher(context, news, (jobId) => {
    nudge(jobId);
    fillPlaces();
  });
  const patience = createPatience(clock);
  const pace = createPace(clock);
  const gate = createSubmitGate();
  const turns = createTurns(queue.positionOf);
  const alarm = createLinkAlarm(clock, (jobId) => {
    const linkExpiresAt = linkExpiryOf(store.get(jobId));
    if (linkExpiresAt === null) return;
    store.log(jobId, 'link.alarm', linkExpiresAt);
    on.linkAlarm(jobId, linkExpiresAt);
  });
  const closing = new AbortController();
  let isClosed = false;

  function nudge(jobId: string): void {
    if (isClosed) return;
    const going = drives.get(jobId);
    if (going) {
      going.again = true;
      going.wake.abort();
      return;
    }
    const drive: Drive = {
      controller: new AbortController(),
      wake: new AbortController(),
      again: false,
      attempt: 0,
      done: Promise.resolve(),
    };
    drives.set(jobId, drive);
    drive.done = follow(jobId, drive)
      .catch((error: unknown) => {
        if (isAbort(error)) return;
        logger.error('job.stopped', {
          job: jobId,
          error: error instanceof Error ? (error.stack ?? error.message) : String(error),
        });
        // Nothing that a stage foresees: what lies on disk stands, and is taken up again; not for ever.
        const isOver = patience.isOver(jobId, 'answer');
        const reason = isDiskFull(error) ? 'disk' : isOver ? 'stuck' : 'answer';
        store.wait(jobId, reason, isOver ? null : clock.now() + STOPPED_RETRY_MS, String(error));
        if (!isOver) later(jobId);
      })
      .finally(() => {
        drives.delete(jobId);
        turns.leave(jobId);
        progress.delete(jobId);
        if (drive.again && !drive.controller.signal.aborted) nudge(jobId);
        fillPlaces();
      });
  }

  /** Whatever has moved may have made room for one that waits for it. */
  function fillPlaces(): void {
    if (isClosed || context.settings().maxAtProvider === null) return;
    for (const jobId of places.released()) nudge(jobId);
  }

  function later(jobId: string): void {
    void clock.sleep(STOPPED_RETRY_MS, closing.signal).then(
      () => nudge(jobId),
      () => {},
    );
  }

  async function follow(jobId: string, drive: Drive): Promise<void> {
    while (!isClosed && !drive.controller.signal.aborted) {
      drive.again = false;
      const job = store.get(jobId);
      if (isFinal(job.state)) return;
      if (job.state === 'running') {
        watcher.watch(job.accountId);
        return;
      }
      const stage = stages[job.state];
      if (!stage) return;
      if ((job.isPaused && job.state !== 'downloading') || queue.isHeld(job)) {
        store.wait(jobId, 'paused', null);
        return;
      }
      const { signal } = drive.controller;
      if (job.state === 'submitting') await turns.wait(jobId, signal);
      if (asksProvider.has(job.state)) await pace.turn(jobId, Math.min(context.retryBaseMs, LEAST_GAP_MS), signal);
      const rank = () => queue.positionOf(jobId);
      const result = await slots[stage.slot].run(signal, () => runStage(jobId, stage.run, drive), rank);
      if (result !== 'moved' || job.state === 'submitting') turns.leave(jobId);
      if (result === 'moved') {
        drive.attempt = 0;
        patience.renew(jobId);
        pace.forget(jobId);
        // An answer to an order is the proof that the account may order.
        if (job.state === 'submitting' && gate.passed(job.accountId)) nudgeWaiting(['apiKey', 'credits']);
        progress.delete(jobId);
        fillPlaces();
        continue;
      }
      drive.attempt += 1;
      if (asksNobody.has(result.wait)) pace.forget(jobId);
      const isOver = patience.isOver(jobId, result.wait);
      if (result.wait === 'apiKey' || result.wait === 'credits') gate.shut(job.accountId, result.wait);
      const delayMs = isOver ? null : result.delayMs;
      const nextTryAt = delayMs === null ? null : clock.now() + delayMs;
      store.wait(jobId, isOver ? 'stuck' : result.wait, nextTryAt, result.detail, {
        space: result.space ?? null,
        ...(result.problem && { problem: result.problem }),
      });
      fillPlaces();
      const linkExpiresAt = linkExpiryOf(job);
      if (linkExpiresAt) alarm.watch(jobId, linkExpiresAt);
      if (delayMs === null && !drive.again) return;
      await rest(delayMs ?? 0, drive);
    }
  }

  /** A stage begins with the job as it is now: waiting for the slot may have taken long. */
  async function runStage(jobId: string, stage: Stage, drive: Drive): ReturnType<Stage> {
    const job = store.get(jobId);
    // It may have gone on meanwhile (a person claimed its task): what this stage does is not for its new state.
    if (stages[job.state]?.run !== stage) return 'moved';
    const shut = gate.reasonFor(job.accountId, job.state);
    if (shut) return { wait: shut, delayMs: null, detail: 'submissions of this account are stopped' };
    if (job.state === 'uploading') turns.enter(jobId);
    const run: StageRun = {
      signal: drive.controller.signal,
      backOff: (about) =>
        about === 'rateLimit'
          ? rateLimitMs({ baseMs: context.retryBaseMs })
          : backOffMs(drive.attempt, { baseMs: context.retryBaseMs, capMs: BACK_OFF_CAP_MS }),
      onProgress: (ratio) => {
        progress.set(jobId, ratio);
        on.progress(jobId);
      },
    };
    // Who waits for a place keeps it said until it has one: others behind it count on that.
    if (job.waitingFor !== null && job.waitingFor !== 'outcome' && job.waitingFor !== 'slot')
      store.update(jobId, { waitingFor: null, nextTryAt: null });
    return stage(job, run);
  }

  async function rest(ms: number, drive: Drive): Promise<void> {
    drive.wake = new AbortController();
    await clock.sleep(ms, AbortSignal.any([drive.wake.signal, drive.controller.signal])).catch(() => {});
    if (drive.wake.signal.aborted) drive.attempt = 0;
  }

  function nudgeWaiting(reasons: readonly WaitingReason[]): void {
    for (const job of store.unfinished())
      if (job.waitingFor !== null && reasons.includes(job.waitingFor)) nudge(job.id);
  }

  /** Those who ask a person are tried once more all the same: the program was started, the line is back. */
  function renewPatience(): void {
    for (const { id, waitingFor } of store.unfinished()) {
      if (waitingFor !== 'stuck') continue;
      patience.renew(id);
      watcher.tryAgain(id);
    }
  }

  async function halt(jobId: string): Promise<void> {
    const drive = drives.get(jobId);
    if (!drive) return;
    drive.controller.abort();
    await drive.done;
  }

  return {
    nudge,
    tryNow(jobId) {
      gate.open(store.get(jobId).accountId);
      patience.renew(jobId);
      watcher.tryAgain(jobId);
      nudge(jobId);
    },
    start() {
      renewPatience();
      for (const job of store.unfinished()) nudge(job.id);
    },
    release(reasons) {
      watcher.hurry();
      if (reasons.includes('stuck')) renewPatience();
      if (reasons.includes('apiKey') || reasons.includes('credits')) gate.openAll();
      nudgeWaiting(reasons);
    },
    halt,
    async holdChanged() {
      const held = store.unfinished().filter((job) => queue.isHeld(job));
      await Promise.all(held.map(({ id }) => halt(id)));
      for (const { id } of held) nudge(id);
      nudgeWaiting(['paused']);
    },
    orderChanged() {
      turns.recheck();
      fillPlaces();
    },
    progressOf: (jobId) => progress.get(jobId) ?? null,
    isBusy: () => store.unfinished().some((job) => job.waitingFor === null || !personReasons.includes(job.waitingFor)),
    async close() {
      isClosed = true;
      closing.abort();
      alarm.close();
      const patience = new AbortController();
      for (const drive of drives.values()) drive.controller.abort();
      await watcher.close();
      // A request that is on the wire is given a moment; if it does not answer, the mark on disk says that it was sent.
      const done = Promise.all([...drives.values()].map((drive) => drive.done));
      await Promise.race([done, clock.sleep(CLOSE_PATIENCE_MS, patience.signal).catch(() => {})]);
      patience.abort();
    },
  };
}
