/** Expected durations from own history: the median of what was alike, and nothing before there is enough of it. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { createDurations } from '../../../main/jobs/record/durations.ts';
import type { JobRecord } from '../../../main/jobs/record/record.ts';
import { openJobsDb } from '../../../main/storage/jobsDb.ts';

const start = Date.parse('2026-03-09T12:00:00Z');

it('is the median of the same provider, quality and length', async () => {
  const db = openJobsDb(await mkdtemp(path.join(tmpdir(), 'restage-durations-')));
  const at = new Date(start).toISOString();
  for (const [id, provider] of [
    ['real', 'evolink'],
    ['sandbox', 'sandbox'],
  ] as const)
    db.run(
      `INSERT INTO accounts (id, provider, api_origin, files_origin, created_at) VALUES (?, ?, '', '', ?)`,
      ...[id, provider, at],
    );
  db.run(
    `INSERT INTO assets (id, name, path, size_bytes, mtime_ms, facts, added_at, used_at) VALUES ('v', 'v', '', 1, 1, '{}', ?, ?)`,
    ...[at, at],
  );
  let n = 0;
  const recipe = (quality: string) => ({ kind: 'motion', quality });
  const plan = (durationSeconds: number) => ({ output: { durationSeconds } });
  const add = (accountId: string, quality: string, seconds: number, tookSeconds: number) => {
    n += 1;
    db.run(
      `INSERT INTO jobs (id, order_id, state, account_id, recipe, plan, video_asset_id, estimate_low, estimate_high, submitted_at,
         server_completed_at, created_at, updated_at) VALUES (?, ?, 'completed', ?, ?, ?, 'v', '1', '1', ?, ?, ?, ?)`,
      ...[`j${n}`, `order${n}`, accountId, JSON.stringify(recipe(quality)), JSON.stringify(plan(seconds))],
      ...[at, new Date(start + tookSeconds * 1000).toISOString(), at, at],
    );
  };
  const durations = createDurations(db);
  const expected = (accountId: string, quality: string, seconds: number) =>
    durations.expectedSeconds({ accountId, recipe: recipe(quality), plan: plan(seconds) } as unknown as JobRecord);
  add('real', '720p', 8, 100);
  add('real', '720p', 9, 300);
  expect(expected('real', '720p', 8)).toBeNull();
  add('real', '720p', 10, 120);
  // Known only when somebody says that one more was completed.
  expect(expected('real', '720p', 8)).toBeNull();
  durations.forget();
  expect(expected('real', '720p', 8)).toBe(120);
  add('real', '720p', 7, 140);
  // A clock that went back, and a night asleep, say nothing.
  add('real', '720p', 8, -50);
  add('real', '720p', 8, 20 * 3600);
  for (const took of [10, 11, 12]) add('sandbox', '720p', 8, took);
  durations.forget();
  expect(expected('real', '720p', 8)).toBe(130);
  expect([expected('real', '1080p', 8), expected('real', '720p', 25), expected('sandbox', '720p', 6)]).toEqual([
    null,
    null,
    11,
  ]);
  db.close();
});
