/**
 * Random orders, faults, kills, restarts and decisions on the real runner, store and sandbox, compared with a simple model: at the end every job
 * is final, the server's ledger and ours agree, nothing was paid twice. RESTAGE_MODEL_SEED and RESTAGE_MODEL_RUNS make it another or a longer run;
 * RESTAGE_MODEL_PATH, as a failure prints it, goes straight to the run that failed.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Job } from '../../../shared/contract/jobs.ts';
import { creditsToString, parseCredits } from '../../../shared/money/pricing.ts';
import { isTimeOver, runsOf, seedOf } from '../../fixtures/runs.ts';
import { happenings, type Model, newModel } from '../../model/commands.ts';
import { accountKinds, makeFootage, openWorld, type World } from '../../model/world.ts';

const runs = runsOf('MODEL', { short: 1, long: 12 });
const seed = seedOf('MODEL', 7);
const path = process.env.RESTAGE_MODEL_PATH;

async function compare(model: Model, world: World): Promise<void> {
  const jobs = await world.settle();
  const { tasks, used } = await world.ledger();
  expect(jobs.map(({ id }) => id).sort()).toEqual(model.jobs.map(({ id }) => id).sort());
  const byId = new Map(jobs.map((job) => [job.id, job]));
  for (const { id, isCancelled, isHidden } of model.jobs) {
    const job = byId.get(id);
    expect([id, job?.isHidden]).toEqual([id, isHidden]);
    expect(isCancelled ? job?.state === 'cancelled' : ['completed', 'failed'].includes(job?.state ?? '')).toBe(true);
    if (isCancelled) expect(job?.taskId).toBeNull();
  }
  // Every task belongs to one job, every job has at most one: nothing was ordered twice, nothing paid for was lost.
  const claimed = jobs.flatMap(({ taskId }) => taskId ?? []);
  const taskIds = tasks.map(({ taskId }) => taskId);
  expect(claimed.toSorted(), await storyOf(jobs, taskIds, world)).toEqual(taskIds.toSorted());
  const statusOf = new Map(tasks.map(({ taskId, status }) => [taskId, status]));
  for (const job of jobs)
    if (job.taskId !== null) expect([job.id, job.state]).toEqual([job.id, statusOf.get(job.taskId)]);
  const refused = jobs.filter(({ state, taskId }) => state === 'failed' && taskId === null);
  expect(refused.length).toBeLessThanOrEqual(model.refusals);
  expect(creditsToString(chargedBy(jobs))).toBe(used);
  await compareLibrary(jobs, world);
}

/** What a reader of a failure needs: every job's log, and the tasks that are nobody's. */
async function storyOf(jobs: readonly Job[], taskIds: readonly string[], { app }: World): Promise<string> {
  const orphans = taskIds.filter((taskId) => !jobs.some((job) => job.taskId === taskId));
  if (orphans.length === 0) return '';
  const logs = jobs.map(async ({ id }) => {
    const log = await app.call('jobs.log', { id });
    return `${id}: ${log.map(({ at, event, detail }) => `${at.slice(14, 23)} ${event} ${detail.slice(0, 40)}`).join(' / ')}`;
  });
  return `of no job: ${orphans.join(', ')}\n${(await Promise.all(logs)).join('\n')}`;
}

function chargedBy(jobs: readonly Job[]): bigint {
  return jobs
    .filter(({ charge }) => charge.state === 'charged')
    .reduce((sum, { charge }) => sum + parseCredits(charge.credits ?? '0'), 0n);
}

async function compareLibrary(jobs: readonly Job[], { app }: World): Promise<void> {
  const results = jobs.filter(({ state, recipe }) => state === 'completed' && recipe.kind === 'motion');
  const { items } = await app.call('library.list', {});
  expect(items.map(({ jobId }) => jobId).sort()).toEqual(results.map(({ id }) => id).sort());
  for (const { file, sidecar } of results)
    expect([existsSync(file ?? ''), existsSync(sidecar ?? '')]).toEqual([true, true]);
  const elements = await app.call('elements.list', {});
  const made = jobs.filter(({ state, recipe }) => state === 'completed' && recipe.kind === 'element');
  expect(elements.map(({ jobId }) => jobId).sort()).toEqual(made.map(({ id }) => id).sort());
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'restage-model-footage-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it(`agrees with the model (seed ${seed}, ${runs} runs)`, { timeout: runs * 300_000 }, async () => {
  const footage = await makeFootage(folder);
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...accountKinds), happenings(), async (kind, commands) => {
      if (isTimeOver()) return;
      const world = await openWorld(kind, footage);
      const model = newModel();
      try {
        await fc.asyncModelRun(() => ({ model, real: world }), commands);
        await compare(model, world);
      } finally {
        await world.close();
      }
    }),
    // A failure is reproduced by its seed; making it smaller would take longer than reading it.
    { seed, numRuns: runs, endOnFailure: true, ...(path && { path }) },
  );
});
