/** A jobs.db that cannot be read: the last good backup, the results in the library, and no order that goes out twice. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest';
import { backUpDatabase } from '../../../main/storage/backups.ts';
import { jobsDbFile, openJobsDb } from '../../../main/storage/jobsDb.ts';
import { makeImage } from '../sandbox/harness.ts';
import {
  addSources,
  isOver,
  motion,
  newOrderId,
  openTestProfile,
  order,
  type TestProfile,
  waitsFor,
} from './harness.ts';

let profile: TestProfile;
const folder = mkdtempSync(path.join(tmpdir(), 'restage-damage-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(async () => {
  profile = await openTestProfile({ watchIntervalMs: 50 });
});
afterEach(() => profile.remove());

function damage(): void {
  const file = jobsDbFile(profile.profileDir);
  const bytes = readFileSync(file);
  bytes.fill(0x5a, 100, 20_000);
  writeFileSync(file, bytes);
  for (const suffix of ['-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
}

it('comes back from the backup that the last clean end made, and says so', async () => {
  const done = await profile.until((await order(profile, motion(await addSources(profile)))).id, isOver);
  await profile.connection.close();
  damage();
  await profile.restart();
  expect(await profile.call('jobs.get', { id: done.id })).toMatchObject({ state: 'completed', file: done.file });
  const { notices } = await profile.call('app.info', {});
  expect(notices).toMatchObject([{ id: 'jobsRestored', params: { found: 0, asked: 0 } }]);
  const kept = String(notices[0]?.params?.damaged);
  expect(existsSync(path.join(profile.profileDir, kept))).toBe(true);
});

it('takes from the library what ended after the backup, asks about the rest, and orders nothing twice', async () => {
  const sources = await addSources(profile);
  await profile.admin('POST', 'faults', {
    rules: [{ method: 'POST', path: '/api/v1/files/upload', latencyMs: 3000, times: 1 }],
  });
  const first = await order(profile, motion(sources, { prompt: 'first' }));
  const second = await order(profile, motion(sources, { prompt: 'second' }));
  const db = openJobsDb(profile.profileDir);
  const madeAt = Date.now();
  backUpDatabase(db, jobsDbFile(profile.profileDir), madeAt);
  db.close();
  const result = await profile.until(first.id, isOver);
  const ended = await profile.until(second.id, isOver);
  await profile.connection.close();
  // Only the backup from before the orders went out is left, and one result of two.
  const folder = path.join(profile.profileDir, 'backups');
  for (const name of readdirSync(folder)) if (!name.endsWith(`.${madeAt}`)) rmSync(path.join(folder, name));
  rmSync(ended.sidecar ?? '');
  damage();
  await profile.restart();
  expect(await profile.call('jobs.get', { id: first.id })).toMatchObject({ state: 'completed', file: result.file });
  await profile.until(second.id, waitsFor('outcome'));
  expect((await profile.call('app.info', {})).notices).toMatchObject([
    { id: 'jobsRestored', params: { found: 1, asked: 1 } },
  ]);
  const candidates = await profile.call('jobs.outcomeCandidates', { id: second.id });
  const task = candidates.find(({ taskId }) => taskId !== result.taskId);
  await profile.call('jobs.resolveOutcome', { id: second.id, choice: { kind: 'task', taskId: task?.taskId ?? '' } });
  expect((await profile.until(second.id, isOver)).state).toBe('completed');
  expect(await profile.ledger()).toHaveLength(2);
});

it('knows from the library what was ordered and done after the backup: the sums are right, the same order is not taken again', async () => {
  const sources = await addSources(profile);
  const old = await profile.until((await order(profile, motion(sources, { prompt: 'old' }))).id, isOver);
  const db = openJobsDb(profile.profileDir);
  const madeAt = Date.now();
  backUpDatabase(db, jobsDbFile(profile.profileDir), madeAt);
  db.close();
  const orderId = newOrderId();
  const recipe = motion({ ...sources, imageId: await profile.add(await makeImage(folder, 'other.png', '400x300')) });
  const late = await profile.until((await order(profile, recipe, orderId)).id, isOver);
  const spent = await profile.call('spend.list', {});
  await profile.connection.close();
  const backups = path.join(profile.profileDir, 'backups');
  for (const name of readdirSync(backups)) if (!name.endsWith(`.${madeAt}`)) rmSync(path.join(backups, name));
  damage();
  await profile.restart();
  expect((await profile.call('app.info', {})).notices).toMatchObject([
    { id: 'jobsRestored', params: { found: 1, asked: 0 } },
  ]);
  expect((await profile.call('jobs.list', {})).map(({ id, state }) => [id, state])).toEqual([
    [old.id, 'completed'],
    [late.id, 'completed'],
  ]);
  const { charge, taskId, file } = await profile.call('jobs.get', { id: late.id });
  expect({ charge, taskId, file }).toEqual({ charge: late.charge, taskId: late.taskId, file: late.file });
  const creditsOf = ({ entries }: typeof spent) =>
    entries.map(({ jobId, state, credits }) => [jobId, state, credits]).sort();
  expect(creditsOf(await profile.call('spend.list', {}))).toEqual(creditsOf(spent));
  expect((await order(profile, recipe, orderId)).id).toBe(late.id);
  expect(await profile.ledger()).toHaveLength(2);
});

it('starts empty without any backup, says so, and still has its library', async () => {
  const done = await profile.until((await order(profile, motion(await addSources(profile)))).id, isOver);
  await profile.connection.close();
  rmSync(path.join(profile.profileDir, 'backups'), { recursive: true });
  damage();
  await profile.restart();
  expect((await profile.call('app.info', {})).notices).toMatchObject([{ id: 'jobsLost' }]);
  expect(await profile.call('jobs.list', {})).toEqual([]);
  const { items } = await profile.call('library.list', {});
  expect(items).toMatchObject([{ jobId: done.id, state: 'present' }]);
});
