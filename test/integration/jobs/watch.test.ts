/** Two hundred running tasks are four requests a cycle, and no more often than the interval says. */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { createEvolinkClient } from '../../../main/evolink/client.ts';
import type { JobContext } from '../../../main/jobs/context.ts';
import type { JobRecord } from '../../../main/jobs/record/record.ts';
import { createJobStore } from '../../../main/jobs/record/store.ts';
import { createPace } from '../../../main/jobs/trouble/patience.ts';
import { createTaskNews } from '../../../main/jobs/watch/taskNews.ts';
import { createWatcher } from '../../../main/jobs/watch/watcher.ts';
import { systemClock } from '../../../main/storage/clock.ts';
import { openJobsDb } from '../../../main/storage/jobsDb.ts';
import { silentLogger } from '../sandbox/harness.ts';

const INTERVAL_MS = 400;
const TASKS = 200;
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A server that knows every task, as running, and remembers when it was asked for how many. */
async function openServer(): Promise<{ origin: string; asked: { atMs: number; ids: number }[] }> {
  const asked: { atMs: number; ids: number }[] = [];
  const server = http.createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      const ids = (JSON.parse(text) as { task_ids: string[] }).task_ids;
      asked.push({ atMs: performance.now(), ids: ids.length });
      const data = ids.map((id) => ({ id, model: 'kling-v3-motion-control', status: 'processing', progress: 10 }));
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ data }));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

it('asks for fifty tasks at once, four times a cycle', async () => {
  const dir = await mkdtemp(path.join(tmpdir(), 'restage-watch-'));
  closers.push(() => rm(dir, { recursive: true, force: true }));
  const db = openJobsDb(dir);
  closers.push(() => db.close());
  const now = new Date().toISOString();
  db.run(
    `INSERT INTO accounts (id, provider, api_origin, files_origin, created_at) VALUES ('a', 'sandbox', '', '', ?)`,
    now,
  );
  db.run(
    `INSERT INTO assets (id, name, path, size_bytes, mtime_ms, facts, added_at, used_at) VALUES ('v', 'v.mp4', '', 1, 1, '{}', ?, ?)`,
    now,
    now,
  );
  const store = createJobStore(db, systemClock, () => {});
  store.insert(Array.from({ length: TASKS }, (_, n) => runningJob(n, now)));
  const { origin, asked } = await openServer();
  const client = {
    ...createEvolinkClient({
      apiOrigin: origin,
      filesOrigin: origin,
      key: 'k',
      clock: systemClock,
      logger: silentLogger,
    }),
    ...{ apiOrigin: origin, filesOrigin: origin },
  };
  const pace = { taskPace: createPace(systemClock), retryBaseMs: INTERVAL_MS };
  const context = { store, clock: systemClock, logger: silentLogger, watchIntervalMs: INTERVAL_MS, ...pace };
  const accounts = { client: async () => client, get: () => ({ provider: 'sandbox' }) };
  const whole = { ...context, accounts } as unknown as JobContext;
  const watcher = createWatcher(whole, createTaskNews(whole), () => {});
  closers.push(() => watcher.close());
  // Every job that begins to run says so: the account is watched once all the same.
  for (let n = 0; n < TASKS; n += 1) watcher.watch('a');
  await expect.poll(() => asked.length, { timeout: 30_000, interval: 50 }).toBeGreaterThanOrEqual(12);
  expect(asked.slice(0, 12).map(({ ids }) => ids)).toEqual(new Array(12).fill(50));
  const begins = asked.filter((_, index) => index % 4 === 0).map(({ atMs }) => atMs);
  for (const [index, at] of begins.entries())
    if (index > 0) expect(at - (begins[index - 1] ?? 0)).toBeGreaterThanOrEqual(INTERVAL_MS - 20);
});

function runningJob(n: number, now: string): JobRecord {
  return {
    ...{ id: `j${n}`, orderId: `order-${n}`, orderName: null, state: 'running', waitingFor: null, nextTryAt: null },
    ...{ isHidden: false, isPaused: false, accountId: 'a', plan: null, videoAssetId: 'v', imageAssetId: null },
    recipe: { kind: 'element', videoId: 'v', name: 'n', description: 'd', preset: 'fast' },
    ...{ estimateLow: '1', estimateHigh: '1', chargeState: 'hold', chargeCredits: '1', preparedId: null },
    ...{ chargeDoubt: null, chargeRaw: null, serverVideoSeconds: null },
    ...{ videoUploadId: null, imageUploadId: null, idempotencyKey: null, body: null, isPostInFlight: false },
    ...{ postCount: 1, firstPostAt: null, outcomeUnknownSince: null, isBudgetApproved: false },
    ...{ isConsentOpen: false, queuePosition: 0, space: null },
    ...{ taskId: `t${n}`, taskRaw: null, estimatedSeconds: null, serverProgress: null, vanishedSince: null },
    ...{ submittedAt: now, serverCompletedAt: null, resultUrls: [], resultName: null, resultItemId: null },
    ...{ resultElementId: null, resultFile: null, resultSidecar: null, problem: null, retryOf: null },
    ...{ createdAt: now, updatedAt: now, finishedAt: null },
  };
}
