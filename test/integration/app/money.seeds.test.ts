/** The money rules, each by name, against the real sandbox over real HTTP. */
import { existsSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openJobsDb } from '../../../main/storage/jobsDb.ts';
import { inLongRun } from '../../fixtures/runs.ts';
import {
  addSources,
  isOver,
  motion,
  newOrderId,
  openTestProfile,
  order,
  type Sources,
  type TestProfile,
  waitsFor,
} from './harness.ts';

let profile: TestProfile;
let sources: Sources;
beforeEach(async () => {
  profile = await openTestProfile();
  sources = await addSources(profile);
});
afterEach(() => profile.remove());

const generations = { method: 'POST', path: '/v1/videos/generations' };

async function postsOf(id: string): Promise<string[]> {
  return (await profile.call('jobs.log', { id })).filter(({ event }) => event === 'post').map(({ detail }) => detail);
}

describe('paying once', () => {
  it('rule 1: key and exact body are on disk before the POST is answered', async () => {
    await profile.admin('POST', 'faults', { rules: [{ ...generations, latencyMs: 1500 }] });
    const job = await order(profile, motion(sources));
    await profile.until(job.id, ({ state }) => state === 'submitting');
    const db = openJobsDb(profile.profileDir, { readOnly: true });
    const read = () =>
      db.get('SELECT idempotency_key AS k, body, is_post_in_flight AS sent FROM jobs WHERE id = ?', job.id);
    await expect.poll(() => read()?.sent).toBe(1);
    const onDisk = read();
    db.close();
    expect(String(onDisk?.k)).toMatch(/^[A-Za-z0-9._-]{16,96}$/);
    const done = await profile.until(job.id, isOver);
    const [task] = await profile.ledger();
    expect([done.state, task?.taskId, task?.idempotencyKey]).toEqual(['completed', done.taskId, onDisk?.k]);
    const { createHash } = await import('node:crypto');
    expect(createHash('sha256').update(String(onDisk?.body)).digest('hex')).toBe(task?.bodySha256);
  });

  it.each([
    ['the connection is reset after the server took it', { reset: 'after' }],
    ['the answer is cut in half', { truncateTo: 0.5 }],
    ['the answer is a page of HTML under 502', { status: 502, body: 'html', runHandler: true }],
    ['the answer is no JSON', { status: 200, body: 'wrongJson', runHandler: true }],
  ])('rule 2: the same bytes go again with the same key when %s, and one task is charged', async (_name, fault) => {
    await profile.admin('POST', 'faults', { rules: [{ ...generations, ...fault }] });
    const job = await order(profile, motion(sources));
    const done = await profile.until(job.id, isOver);
    const tasks = await profile.ledger();
    expect([done.state, tasks.length, tasks[0]?.taskId]).toEqual(['completed', 1, done.taskId]);
    expect(done.charge.state).toBe('charged');
  });

  it('rules 2 and 3: where keys are ignored an unknown outcome waits for a person, who claims the task; nothing is sent again', async () => {
    await profile.admin('POST', 'switches', { ignoreIdempotencyKeys: true });
    const db = openJobsDb(profile.profileDir);
    db.run(`UPDATE accounts SET honours_keys = 0 WHERE id = 'sandbox'`);
    db.close();
    await profile.admin('POST', 'faults', { rules: [{ ...generations, reset: 'after' }] });
    const job = await order(profile, motion(sources));
    await profile.until(job.id, waitsFor('outcome'));
    await profile.restart();
    await profile.until(job.id, waitsFor('outcome'));
    expect(await profile.ledger()).toHaveLength(1);
    const [candidate, ...others] = await profile.call('jobs.outcomeCandidates', { id: job.id });
    expect(others).toEqual([]);
    await profile.call('jobs.resolveOutcome', {
      id: job.id,
      choice: { kind: 'task', taskId: candidate?.taskId ?? '' },
    });
    const done = await profile.until(job.id, isOver);
    expect([done.state, done.taskId]).toEqual(['completed', candidate?.taskId]);
    expect(await profile.ledger()).toHaveLength(1);
  });

  it('rule 3: giving up an unknown outcome ends the job with an unknown charge; sending again keeps the key', async () => {
    await profile.admin('POST', 'switches', { ignoreIdempotencyKeys: true });
    const db = openJobsDb(profile.profileDir);
    db.run(`UPDATE accounts SET honours_keys = 0 WHERE id = 'sandbox'`);
    db.close();
    await profile.admin('POST', 'faults', { rules: [{ ...generations, reset: 'after', times: 2 }] });
    const one = await order(profile, motion(sources));
    const two = await order(profile, motion(sources, { prompt: 'again' }));
    await profile.until(one.id, waitsFor('outcome'));
    await profile.until(two.id, waitsFor('outcome'));
    await profile.call('jobs.resolveOutcome', { id: one.id, choice: { kind: 'giveUp' } });
    const given = await profile.until(one.id, isOver);
    expect([given.state, given.charge.state]).toEqual(['cancelled', 'unknown']);
    await profile.call('jobs.resolveOutcome', { id: two.id, choice: { kind: 'resend' } });
    expect((await profile.until(two.id, isOver)).state).toBe('completed');
    // Three tasks by a server that ignores keys: one of the job given up, two of the job that a person sent again, with one key.
    expect(await profile.ledger()).toHaveLength(3);
    const keys = (await postsOf(two.id)).map((detail) => detail.split('key ')[1]);
    expect([keys.length, new Set(keys).size]).toEqual([2, 1]);
  });

  inLongRun(() => {
    it('rule 4: limits are for real money; the sandbox is in no sum (the waiting itself: account.test.ts)', async () => {
      await profile.call('settings.set', { limits: { perJob: '1', perDay: null, perMonth: null } });
      const job = await order(profile, motion(sources));
      expect((await profile.until(job.id, isOver)).state).toBe('completed');
    });
  });

  it('rule 5: the same orderId is the same job, with another recipe it is refused; a deliberate second take is a second job', async () => {
    const orderId = newOrderId();
    const first = await order(profile, motion(sources), orderId);
    const again = await order(profile, motion(sources), orderId);
    const second = await order(profile, motion(sources));
    expect(again.id).toBe(first.id);
    expect(second.id).not.toBe(first.id);
    await expect(order(profile, motion(sources, { quality: '1080p' }), orderId)).rejects.toThrow(/order.otherRecipe/);
    const [a, b] = await Promise.all([profile.until(first.id, isOver), profile.until(second.id, isOver)]);
    expect(await profile.ledger()).toHaveLength(2);
    expect(a.uploads).toEqual(b.uploads);
    expect(a.file).not.toBe(b.file);
    expect([existsSync(a.file ?? ''), existsSync(b.file ?? '')]).toEqual([true, true]);
  });

  inLongRun(() => {
    it('rule 6: after a failure of the server a retry is a new job that names the old', async () => {
      await profile.admin('POST', 'switches', { nextErrors: ['service_error'] });
      const job = await order(profile, motion(sources));
      const failed = await profile.until(job.id, isOver);
      expect([failed.state, failed.problem?.code]).toEqual(['failed', 'service_error']);
      const next = await profile.call('jobs.retry', { id: job.id });
      const done = await profile.until(next.id, isOver);
      expect([done.state, done.retryOf, (await profile.call('jobs.get', { id: job.id })).state]).toEqual([
        'completed',
        job.id,
        'failed',
      ]);
    });
  });

  inLongRun(() => {
    it('what was refused before anything started keeps its key and goes again', async () => {
      await profile.admin('POST', 'faults', { rules: [{ ...generations, status: 429, retryAfter: '0', times: 2 }] });
      const job = await order(profile, motion(sources));
      expect((await profile.until(job.id, isOver)).state).toBe('completed');
      expect(await profile.ledger()).toHaveLength(1);
      const posts = (await postsOf(job.id)).map((detail) => detail.split('key ')[1]);
      expect([posts.length, new Set(posts).size]).toEqual([3, 1]);
    });
  });

  inLongRun(() => {
    it('a validation refusal fails with the words of the server and no charge', async () => {
      await profile.admin('POST', 'faults', {
        rules: [{ ...generations, status: 400, code: 'invalid_parameters', message: 'video_urls is bad' }],
      });
      const job = await order(profile, motion(sources));
      const failed = await profile.until(job.id, isOver);
      expect([failed.state, failed.problem?.message, failed.problem?.field, failed.charge.state]).toEqual([
        'failed',
        'video_urls is bad',
        'video_urls',
        'none',
      ]);
    });
  });

  it('rule 2: a refusal after a lost answer is no proof that nothing was started: the same bytes find the task', async () => {
    await profile.admin('POST', 'faults', {
      rules: [
        { ...generations, reset: 'after' },
        { ...generations, status: 400, code: 'invalid_parameters' },
      ],
    });
    const job = await order(profile, motion(sources));
    const done = await profile.until(job.id, isOver);
    const tasks = await profile.ledger();
    expect([done.state, tasks.length, tasks[0]?.taskId]).toEqual(['completed', 1, done.taskId]);
    const keys = (await postsOf(job.id)).map((detail) => detail.split('key ')[1]);
    expect([keys.length, new Set(keys).size]).toEqual([3, 1]);
  });

  it('401 and 402 stop the submissions of the account, and nothing is lost', async () => {
    await profile.admin('POST', 'faults', {
      rules: [{ ...generations, status: 402, code: 'insufficient_user_quota' }],
    });
    const job = await order(profile, motion(sources));
    await profile.until(job.id, waitsFor('credits'));
    await profile.call('jobs.retry', { id: job.id });
    expect((await profile.until(job.id, isOver)).state).toBe('completed');
    expect(await profile.ledger()).toHaveLength(1);
  });
});
