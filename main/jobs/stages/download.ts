/** Stage 5: the paid result comes home before its link dies: fetched, probed, named, its recipe beside it. */
import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { RestageError } from '../../../shared/errors.ts';
import { LINK_LIFE_MS } from '../../../shared/linkLife.ts';
import type { AccountClient } from '../../accounts/accounts.ts';
import { EvolinkError } from '../../evolink/errors.ts';
import { arrive } from '../../library/arrive.ts';
import { flushFile, flushFolder } from '../../storage/files.ts';
import { makeFolder } from '../../storage/makeFolder.ts';
import type { JobContext, Stage } from '../context.ts';
import { describeResult, nameResult } from '../describe.ts';
import type { JobRecord } from '../record.ts';
import { isAbort, waitForLocal } from '../trouble.ts';
import { fullUrl, storedUrl } from './upload.ts';

export function createDownloadStage(context: JobContext): Stage {
  const { store, accounts, clock } = context;

  function isLinkDead(job: JobRecord): boolean {
    return job.serverCompletedAt !== null && clock.now() - Date.parse(job.serverCompletedAt) > LINK_LIFE_MS;
  }

  /** A fresh reading of the task may carry a fresh link. */
  async function refreshLink(job: JobRecord, client: AccountClient, signal: AbortSignal): Promise<void> {
    if (job.taskId === null) return;
    const task = await client.task(job.taskId, signal);
    if (task.resultUrls.length === 0) return;
    store.update(
      job.id,
      { resultUrls: task.resultUrls.map((url) => storedUrl(url, client)), taskRaw: JSON.stringify(task.raw) },
      'link.refreshed',
    );
  }

  return async (job, run) => {
    await makeFolder(context.incomingDir, { mode: 0o700 });
    const partPath = path.join(context.incomingDir, `${job.id}.part`);
    const donePath = path.join(context.incomingDir, `${job.id}.mp4`);
    try {
      if (!existsSync(donePath)) {
        const [url] = job.resultUrls;
        const client = await accounts.client(job.accountId);
        if (url === undefined) throw new RestageError('server', { detail: 'completed without a link' });
        await client.download({ url: fullUrl(url, client), partPath, signal: run.signal, onProgress: run.onProgress });
        await finish(partPath, donePath);
        store.log(job.id, 'fetched', path.basename(donePath));
      }
      const baseName = job.resultName ?? nameResult(context, job);
      if (job.resultName === null) store.update(job.id, { resultName: baseName });
      const item = await arrive(
        {
          partPath: donePath,
          folder: context.libraryDir(),
          baseName,
          jobId: job.id,
          describe: (file) => describeResult(context, job, file),
        },
        context,
      );
      store.transition(
        job.id,
        'fetched',
        { resultItemId: item.id, resultFile: item.file, resultSidecar: item.sidecar },
        path.basename(item.file),
      );
      return 'moved';
    } catch (error) {
      if (isAbort(error) && run.signal.aborted) throw error;
      if (error instanceof RestageError && (error.code === 'sourceUnreadable' || error.code === 'refused')) {
        // What came is no whole video: away with it, fetch again while the link lives.
        await rm(donePath, { force: true });
        await rm(partPath, { force: true });
      }
      if (isLinkDead(job) && !existsSync(donePath)) {
        store.transition(job.id, 'linkExpired', {
          problem: { code: 'linkExpired', message: String(error), mayRetry: false, field: null },
        });
        return 'moved';
      }
      if (
        error instanceof EvolinkError &&
        ['auth', 'credits', 'forbidden', 'notFound', 'invalid'].includes(error.failure.cause)
      ) {
        const client = await accounts.client(job.accountId).catch(() => null);
        if (client)
          await refreshLink(job, client, run.signal).catch((cause: unknown) =>
            store.log(job.id, 'link.trouble', String(cause)),
          );
        return { wait: 'network', delayMs: run.backOff(), detail: error.message };
      }
      return waitForLocal(error, run.backOff) ?? { wait: 'network', delayMs: run.backOff(), detail: String(error) };
    }
  };
}

async function finish(partPath: string, donePath: string): Promise<void> {
  await flushFile(partPath);
  await rename(partPath, donePath);
  await flushFolder(path.dirname(donePath));
}
