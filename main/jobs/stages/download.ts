/** Stage 5: the paid result comes home before its link dies: fetched, probed, named, its recipe beside it. */
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { LINK_LIFE_MS } from '../../../shared/jobs/linkLife.ts';
import type { AccountClient } from '../../accounts/accounts.ts';
import { EvolinkError } from '../../evolink/errors.ts';
import { arrive, hasArrived } from '../../library/arrive.ts';
import { makeFolder } from '../../storage/makeFolder.ts';
import { ownFolder } from '../../storage/ownOnly.ts';
import type { JobContext, Stage, StageResult, StageRun } from '../context.ts';
import type { JobProblem, JobRecord } from '../record/record.ts';
import { isAbort, waitForLocal } from '../trouble/trouble.ts';
import { type TaskNewsReader, unusable } from '../watch/taskNews.ts';
import { readIntervalMs } from '../watch/watcher.ts';
import { describeResult, nameResult } from './describe.ts';
import { fetchFurther } from './furtherResults.ts';
import { readyFolder, resultFolders } from './resultFolder.ts';
import { clearParts, donePathOf, fetchLink, type LinkTrouble, linkTroubleOf } from './resultLinks.ts';

export function createDownloadStage(context: JobContext, news: TaskNewsReader): Stage {
  const { store, accounts, clock } = context;
  /** Jobs whose links have failed already: the task is read again before they are tried again. */
  const tried = new Set<string>();
  /** How often further results were tried. */
  const attempts = new Map<string, number>();

  const isLinkOld = ({ serverCompletedAt }: JobRecord) =>
    serverCompletedAt !== null && clock.now() - Date.parse(serverCompletedAt) > LINK_LIFE_MS;

  /** A fresh reading of the task: it may carry fresh links, and it may say that it was not completed after all. Null: it has none. */
  async function readAgain(job: JobRecord, client: AccountClient, run: StageRun): Promise<Reading> {
    if (job.taskId === null) return { kind: 'told', problem: null };
    await context.taskPace.turn(job.taskId, readIntervalMs(context, job.accountId), run.signal);
    try {
      const told = news.apply(job, await client.task(job.taskId, run.signal), client);
      context.taskPace.asked(job.taskId);
      if (store.get(job.id).state !== 'downloading') return { kind: 'ended' };
      if (told === 'moved') return { kind: 'told', problem: null };
      return { kind: 'told', problem: told === 'unfinished' ? null : told.problem };
    } catch (error) {
      if (isAbort(error) && run.signal.aborted) throw error;
      store.log(job.id, 'link.trouble', String(error));
      // A task that the server does not know any more has no links to give; the old ones may live.
      const isGone = error instanceof EvolinkError && error.failure.cause === 'notFound';
      return isGone ? { kind: 'told', problem: null } : { kind: 'silent', error };
    }
  }

  /** Each link in turn, until one gives a video. Null: the result is in the library. */
  async function fetchFirst(job: JobRecord, client: AccountClient, run: StageRun): Promise<LinkTrouble[] | null> {
    const troubles: LinkTrouble[] = [];
    for (const url of job.resultUrls) {
      try {
        await fetchLink(context, { job, url, client, run });
        await takeIn(context, job.id, run.signal);
        return null;
      } catch (error) {
        const trouble = linkTroubleOf(error, url);
        if (trouble === null || run.signal.aborted) throw error;
        await rm(donePathOf(context, job.id), { force: true });
        store.log(job.id, 'link.failed', trouble.detail);
        troubles.push(trouble);
      }
    }
    return troubles;
  }

  async function comeHome(job: JobRecord, run: StageRun): Promise<StageResult> {
    if (existsSync(donePathOf(context, job.id))) {
      try {
        await takeIn(context, job.id, run.signal);
      } catch (error) {
        if (linkTroubleOf(error, '') === null) throw error;
        await rm(donePathOf(context, job.id), { force: true });
      }
    }
    if (store.get(job.id).resultItemId !== null) return finish(job.id, run);
    const client = await accounts.client(job.accountId);
    const isAgain = tried.has(job.id) || job.resultUrls.length === 0;
    const reading: Reading = isAgain ? await readAgain(job, client, run) : { kind: 'unasked' };
    if (reading.kind === 'ended') return 'moved';
    tried.add(job.id);
    const fresh = store.get(job.id);
    const troubles = await fetchFirst(fresh, client, run);
    if (troubles === null) return finish(job.id, run);
    return afterTroubles(fresh, { troubles, reading, run });
  }

  /** The first result is in the library: so are the others of the same task, or it is known why not. */
  async function finish(jobId: string, run: StageRun): Promise<StageResult> {
    const job = store.get(jobId);
    const names = await fetchFurther(context, { job, run, attempts });
    if (!Array.isArray(names)) return names;
    await clearParts(context, jobId);
    attempts.delete(jobId);
    const problem =
      names.length === 0 ? null : { code: 'furtherResults', message: names.join(', '), mayRetry: false, field: null };
    store.transition(jobId, 'fetched', { problem }, path.basename(job.resultFile ?? ''));
    return 'moved';
  }

  function afterTroubles(
    job: JobRecord,
    { troubles, reading, run }: { troubles: LinkTrouble[]; reading: Reading; run: StageRun },
  ): StageResult {
    const passing = troubles.find(({ wait }) => wait !== null);
    const [first] = troubles;
    if (reading.kind === 'silent' && (troubles.length === 0 || passing === undefined)) {
      const wait = waitForLocal(reading.error, run.backOff);
      if (wait) return { ...wait, ...(first && { problem: first.problem }) };
    }
    if (passing?.wait) return passing.wait(run.backOff);
    // Only a link that is refused, over a day old, of a task that has no other one now is dead; a server that is ill proves nothing.
    const isDead = troubles.length > 0 && troubles.every(({ isGone }) => isGone);
    if (isDead && isLinkOld(job) && reading.kind === 'told') {
      const problem = { code: 'linkExpired', message: first?.detail ?? '', mayRetry: false, field: null };
      store.transition(job.id, 'linkExpired', { problem });
      return 'moved';
    }
    const told = reading.kind === 'told' ? reading.problem : null;
    const problem = first?.problem ?? told ?? unusable('resultMissing', 'completed without a link').problem;
    return { wait: 'answer', delayMs: run.backOff(), detail: `${problem.code}: ${problem.message}`, problem };
  }

  return async (job, run) => {
    await makeFolder(context.incomingDir, { mode: ownFolder });
    try {
      const result = await comeHome(job, run);
      if (result === 'moved') {
        tried.delete(job.id);
        news.forget(job.id);
      }
      return result;
    } catch (error) {
      if (isAbort(error) && run.signal.aborted) throw error;
      return waitForLocal(error, run.backOff) ?? { wait: 'network', delayMs: run.backOff(), detail: String(error) };
    }
  };
}

/** unasked: the links are as they first came. silent: the server did not tell. told: it did; `problem` when that was of no use. */
type Reading =
  | { kind: 'unasked' | 'ended' }
  | { kind: 'silent'; error: unknown }
  | { kind: 'told'; problem: JobProblem | null };

/** What lies complete in `incoming/` becomes the job's library item. Throws sourceUnreadable or refused when it is no video. */
async function takeIn(context: JobContext, jobId: string, signal: AbortSignal): Promise<void> {
  const { store } = context;
  const job = store.get(jobId);
  const baseName = job.resultName ?? nameResult(context, job);
  if (job.resultName === null) store.update(job.id, { resultName: baseName });
  const partPath = donePathOf(context, job.id);
  const { now, all } = resultFolders(context, job);
  const arrived = existsSync(partPath) ? undefined : all.find((at) => hasArrived({ folder: at, baseName, jobId }));
  const folder = arrived ?? now;
  await readyFolder(context, folder);
  const arrival = {
    ...{ partPath, folder, baseName, jobId: job.id },
    describe: (file: Parameters<typeof describeResult>[2]) => describeResult(context, job, file),
  };
  const item = await arrive(arrival, context);
  // Wanted before the job knows its result: a kill in between makes it arrive again.
  const keeping = context.originals.keepOf({ itemId: item.id, ...job }, signal);
  store.update(job.id, { resultItemId: item.id, resultFile: item.file, resultSidecar: item.sidecar });
  await keeping;
}
