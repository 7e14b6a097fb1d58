/**
 * A full disk under jobs.db itself: what cannot be recorded is not ordered, what was ordered is recorded later, nothing is asked of a person and
 * nothing is paid twice, also where keys are ignored. SQLITE_FULL at every commit by injection; and a whole profile on a small tmpfs.
 */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openJobsDb } from '../../../main/storage/jobsDb.ts';
import { traceCommits } from '../../../main/storage/sqlite.ts';
import type { Job } from '../../../shared/contract/jobs.ts';
import { isLong } from '../../fixtures/runs.ts';
import { canMount, fillDisk, mount, unmount } from '../../fixtures/smallDisk.ts';
import { addSources, isOver, motion, newOrderId, openTestProfile, type TestProfile } from '../app/harness.ts';
import { type FaceClips, openFaceClips } from './faceClips.ts';

/** Nobody's keys are believed: a second request would be a second charge. */
async function ignoreKeys(profile: TestProfile): Promise<void> {
  await profile.admin('POST', 'switches', { taskSeconds: 0, ignoreIdempotencyKeys: true });
  const db = openJobsDb(profile.profileDir);
  db.run('UPDATE accounts SET honours_keys = 0');
  db.close();
}

/** What waits for the disk is tried at once when somebody says that there is room. */
async function wakeUntil(profile: TestProfile, id: string, isReached: (job: Job) => boolean): Promise<Job> {
  const waking = setInterval(() => void profile.call('app.wake', {}).catch(() => {}), 100);
  try {
    return await profile.until(id, isReached);
  } finally {
    clearInterval(waking);
  }
}

describe('SQLITE_FULL at every commit in turn (injected)', () => {
  let profile: TestProfile;
  let faces: FaceClips;
  beforeAll(async () => {
    profile = await openTestProfile({ watchIntervalMs: 50, retryBaseMs: 20 });
    await ignoreKeys(profile);
    faces = await openFaceClips();
  });
  afterAll(async () => {
    await profile.remove();
    await faces.remove();
  });

  const cells = async () => ({ cells: [{ orderId: newOrderId(), recipe: await faces.recipe(profile) }] });

  /** Lets `before` commits pass, refuses `times`. Answers how many there were, and what was refused. */
  function refuseCommits(before: number, times: number) {
    const seen = { count: 0, refused: [] as string[] };
    const stop = traceCommits(({ when, writes }) => {
      if (when !== 'before') return;
      seen.count += 1;
      if (seen.count <= before || seen.count > before + times) return;
      seen.refused.push(writes.map(({ sql, values }) => `${sql.slice(0, 30)} ${String(values[2])}`).join(' + '));
      throw Object.assign(new Error('database or disk is full'), { errcode: 13 });
    });
    return { seen, stop };
  }

  it('ends as if nothing had been, with one task', async () => {
    let last = 1;
    // Two in a row are refused: in steps of two each is, once; the long run begins at each.
    for (let n = 0; n < last; n += isLong ? 1 : 3) {
      const order = await cells();
      const { seen, stop } = refuseCommits(n, 2);
      try {
        const before = (await profile.ledger()).length;
        let placed = await profile.connection.call('jobs.order', order);
        for (let tries = 0; !placed.ok && tries < 5; tries += 1) {
          expect(placed.error.code).toBe('diskFull');
          placed = await profile.connection.call('jobs.order', order);
        }
        if (!placed.ok) throw new Error(JSON.stringify(placed.error));
        const id = placed.value[0]?.id ?? '';
        const done = await wakeUntil(profile, id, (job) => isOver(job) || job.waitingFor === 'outcome');
        const log = await profile.call('jobs.log', { id });
        const story = `${n}: ${seen.refused.join(' | ')}\n${log.map(({ event, detail }) => `${event} ${detail}`).join('\n')}`;
        expect([done.state, done.charge.state], story).toEqual(['completed', 'charged']);
        expect(await profile.ledger(), story).toHaveLength(before + 1);
        expect(log.filter(({ event }) => event === 'post').length, story).toBe(1);
        last = Math.max(last, seen.count);
      } finally {
        stop();
      }
    }
    expect(last).toBeGreaterThan(10);
  });
});

describe.skipIf(!canMount)('a profile on a full disk (a small tmpfs; needs root and mount)', () => {
  const disk = mkdtempSync(path.join(tmpdir(), 'restage-profile-disk-'));
  const elsewhere = mkdtempSync(path.join(tmpdir(), 'restage-elsewhere-'));
  const filler = path.join(disk, 'filler.bin');
  let profile: TestProfile;
  beforeAll(async () => {
    mount(disk, 60);
    // The provider's disk is another one.
    mkdirSync(path.join(disk, 'home', 'profile'), { recursive: true });
    symlinkSync(elsewhere, path.join(disk, 'home', 'profile', 'sandbox'));
    profile = await openTestProfile({ watchIntervalMs: 50, retryBaseMs: 20 }, path.join(disk, 'home'));
    await ignoreKeys(profile);
  });
  afterAll(async () => {
    rmSync(filler, { force: true });
    await profile.remove();
    unmount(disk);
    for (const folder of [disk, elsewhere]) rmSync(folder, { recursive: true, force: true });
  });

  /** Also the log of what was written last is emptied, so that the next commit needs room. */
  function fill(): void {
    const db = openJobsDb(profile.profileDir);
    db.get('PRAGMA wal_checkpoint(TRUNCATE)');
    db.close();
    fillDisk(filler);
  }
  const makeRoom = () => rmSync(filler, { force: true });

  it('refuses an order that it cannot record, takes it when there is room, and records late what was answered', async () => {
    const sources = await addSources(profile);
    const first = { cells: [{ orderId: newOrderId(), recipe: motion(sources, { prompt: 'first' }) }] };
    fill();
    expect(await profile.connection.call('jobs.order', first)).toMatchObject({
      ok: false,
      error: { code: 'diskFull' },
    });
    expect(await profile.call('jobs.list', {})).toEqual([]);
    expect(await profile.ledger()).toEqual([]);
    makeRoom();
    const [job] = await profile.call('jobs.order', first);
    expect((await wakeUntil(profile, job?.id ?? '', isOver)).state).toBe('completed');
    expect(await profile.ledger()).toHaveLength(1);

    // The disk is full when the server answers: the task is known to nobody but the app's memory.
    await profile.admin('POST', 'faults', {
      rules: [{ method: 'POST', path: '/v1/videos/generations', latencyMs: 800, answerAfterMs: 500 }],
    });
    const second = { cells: [{ orderId: newOrderId(), recipe: motion(sources, { prompt: 'second' }) }] };
    const [sent] = await profile.call('jobs.order', second);
    const id = sent?.id ?? '';
    await expect
      .poll(async () => (await profile.call('jobs.log', { id })).some(({ event }) => event === 'post'), {
        timeout: 30_000,
      })
      .toBe(true);
    fill();
    const stuck = await profile.until(id, ({ waitingFor }) => waitingFor === 'disk');
    expect([stuck.state, stuck.taskId]).toEqual(['submitting', null]);
    expect(await profile.ledger()).toHaveLength(2);
    makeRoom();
    expect((await wakeUntil(profile, id, isOver)).state).toBe('completed');
    expect(await profile.ledger()).toHaveLength(2);
    expect((await profile.call('jobs.log', { id })).filter(({ event }) => event === 'post')).toHaveLength(1);
  });

  it('does not start on a full disk, says so, and takes nothing for damaged', async () => {
    const before = await profile.call('jobs.list', {});
    await profile.connection.close();
    fillDisk(filler);
    await expect(profile.restart()).rejects.toMatchObject({ code: 'diskFull' });
    makeRoom();
    await profile.restart();
    expect(await profile.call('jobs.list', {})).toEqual(before);
    expect((await profile.call('app.info', {})).notices).toEqual([]);
  });
});
