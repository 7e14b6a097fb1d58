/** A task may have made more than the one result that was ordered: what is paid for is kept, each beside the first, under a number. */
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { linksIn } from '../../evolink/resultsOf.ts';
import { arrive } from '../../library/arrive.ts';
import type { JobContext, StageRun, StageWait } from '../context.ts';
import type { JobRecord } from '../record/record.ts';
import { describeResult } from './describe.ts';
import { donePathOf, fetchLink, linkTroubleOf } from './resultLinks.ts';
import { storedUrl } from './upload.ts';

/** So often a line that is in the way is waited for; the first result is home. */
const MAX_ATTEMPTS = 3;

/** Names of the files that came in addition; or what is waited for. Links that are of no use are told in the log. */
export async function fetchFurther(
  context: JobContext,
  { job, run, attempts }: { job: JobRecord; run: StageRun; attempts: Map<string, number> },
): Promise<string[] | StageWait> {
  const links = listedLinks(job);
  if (links.length < 2) return [];
  const client = await context.accounts.client(job.accountId);
  const names: string[] = [];
  for (const [index, link] of links.entries()) {
    const url = storedUrl(link, client);
    const number = index + 2;
    const donePath = donePathOf(context, job.id, number);
    try {
      if (!existsSync(donePath)) await fetchLink(context, { job, url, number, client, run });
      const name = await takeInFurther(context, { job, number, partPath: donePath, signal: run.signal });
      if (name !== null) names.push(name);
    } catch (error) {
      const trouble = linkTroubleOf(error, url);
      if (trouble === null || run.signal.aborted) throw error;
      await rm(donePath, { force: true });
      const attempt = (attempts.get(job.id) ?? 0) + 1;
      if (trouble.wait !== null && attempt < MAX_ATTEMPTS) {
        attempts.set(job.id, attempt);
        return trouble.wait(run.backOff);
      }
      context.store.log(job.id, 'result.further.failed', `${url}: ${trouble.detail}`);
    }
  }
  return names;
}

/** Beside the first one. */
const folderOf = ({ libraryDir }: JobContext, { resultFile }: JobRecord): string =>
  resultFile === null ? libraryDir() : path.dirname(resultFile);

/** Null: the same file as the first one. */
async function takeInFurther(
  context: JobContext,
  { job, number, partPath, signal }: { job: JobRecord; number: number; partPath: string; signal: AbortSignal },
): Promise<string | null> {
  const item = await arrive(
    {
      ...{ partPath, folder: folderOf(context, job), baseName: job.resultName ?? job.id, jobId: job.id },
      describe(file) {
        const sidecar = describeResult(context, job, file);
        return { ...sidecar, item: { ...sidecar.item, id: `${job.id}-${number}` } };
      },
    },
    context,
  );
  if (item.id === job.id) return null;
  await context.originals.keepOf({ itemId: item.id, ...job }, signal);
  context.store.log(job.id, 'result.further', path.basename(item.file));
  return path.basename(item.file);
}

/** Of the list of results alone: other fields repeat them. */
function listedLinks({ taskRaw }: JobRecord): string[] {
  if (taskRaw === null) return [];
  const task: unknown = JSON.parse(taskRaw);
  return typeof task === 'object' && task !== null && 'results' in task ? linksIn(task.results) : [];
}
