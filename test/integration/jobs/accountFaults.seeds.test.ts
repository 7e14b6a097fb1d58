/** Every fault at every request beside the orders: balance, quota, deletion, task list, one task; and clocks and lives that are not as usual. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openJobsDb } from '../../../main/storage/jobsDb.ts';
import type { AccountStatus } from '../../../shared/contract/app.ts';
import type { Job } from '../../../shared/contract/jobs.ts';
import type { ErrorCode } from '../../../shared/errors.ts';
import { isFinal } from '../../../shared/jobs/jobStates.ts';
import { thinned } from '../../fixtures/runs.ts';
import {
  addSources,
  isOver,
  isSettled,
  motion,
  newOrderId,
  openTestProfile,
  order,
  type TestProfile,
  waitsFor,
} from '../app/harness.ts';
import { type FaceClips, openFaceClips } from './faceClips.ts';
import { allFaults, type Fault, fails, faults, goesOn, type Outcome, patient } from './faultScript.ts';

const DAY_MS = 86_400_000;

let profile: TestProfile;
let faces: FaceClips;
beforeAll(async () => {
  profile = await openTestProfile({
    ...{ watchIntervalMs: 50, retryBaseMs: 20 },
    requestDeadlines: { readMs: 1500, submitMs: 4000, stallMs: 1500 },
  });
  await profile.admin('POST', 'switches', { taskSeconds: 0, maxFiles: 500 });
  faces = await openFaceClips();
});
afterAll(async () => {
  await profile.remove();
  await faces.remove();
});
beforeEach(() => profile.admin('DELETE', 'faults'));

const play = (rule: object) => profile.admin('POST', 'faults', { rules: [rule] });

async function orderElement(): Promise<Job> {
  const recipe = await faces.recipe(profile);
  const [job] = await profile.call('jobs.order', { cells: [{ orderId: newOrderId(), recipe }] });
  if (!job) throw new Error('no job');
  return job;
}

const filesOfServer = async () => ((await profile.admin('GET', 'ledger')) as { files: { fileId: string }[] }).files;

describe('balance', () => {
  const expected: Record<Fault, AccountStatus['connection']> = {
    'reset before the handler': 'offline',
    'reset after the handler': 'offline',
    'half an answer': 'offline',
    'no JSON': 'trouble',
    'another shape': 'trouble',
    'a page of HTML': 'trouble',
    'an empty 500': 'trouble',
    '503 with Retry-After': 'trouble',
    '503 without': 'trouble',
    // It says nothing of the line and the key: what was true before still is.
    '429 with Retry-After': 'ok',
    '429 until a date': 'ok',
    '429 without': 'ok',
    'an unlisted 409': 'trouble',
    '400': 'trouble',
    '401': 'keyRefused',
    '402': 'ok',
    '403': 'keyRefused',
    '404': 'trouble',
    '413': 'trouble',
    silence: 'offline',
  };
  it.each(thinned(allFaults, 8))('%s', async (fault) => {
    const before = await profile.call('account.refresh', {});
    expect(before.connection).toBe('ok');
    await play({ method: 'GET', path: '/v1/credits', ...faults[fault], times: null });
    const status = await profile.call('account.refresh', {});
    expect(status).toMatchObject({ connection: expected[fault], remainingCredits: before.remainingCredits });
    await profile.admin('DELETE', 'faults');
    expect((await profile.call('account.refresh', {})).connection).toBe('ok');
  });
});

/** Orders where the server takes no more files, while own ones lie there that nobody needs. */
async function orderIntoFullQuota(at: object, [waited, end]: Outcome): Promise<void> {
  await profile.admin('POST', 'switches', { maxFiles: (await filesOfServer()).length });
  await play(at);
  const before = (await profile.ledger()).length;
  const { id } = await orderElement();
  const settled = await profile.until(id, isSettled);
  const log = await profile.call('jobs.log', { id });
  const reasons = log.flatMap(({ event }) => (event.startsWith('waiting:') ? [event.slice(8)] : []));
  expect(isFinal(settled.state) ? settled.state : settled.waitingFor, JSON.stringify(log)).toBe(end);
  expect(reasons).toEqual(waited === null ? [] : expect.arrayContaining([waited]));
  if (end === 'failed') expect(settled.problem?.message).toMatch(/quota/);
  if (!isFinal(settled.state)) {
    await profile.call('jobs.retry', { id });
    expect((await profile.until(id, isOver)).state).toBe('completed');
  }
  expect(await profile.ledger()).toHaveLength(before + (end === 'failed' ? 0 : 1));
  // What counts as an upload to be used again is really there.
  const db = openJobsDb(profile.profileDir, { readOnly: true });
  const usable = db.all('SELECT file_id FROM uploads WHERE is_deleted = 0').map((row) => row.file_id);
  db.close();
  const there = (await filesOfServer()).map(({ fileId }) => fileId);
  expect(usable.filter((fileId) => !there.includes(String(fileId)))).toEqual([]);
}

describe('quota and deletion', () => {
  beforeAll(async () => {
    await profile.admin('POST', 'switches', { maxFiles: 500 });
    for (let n = 0; n < 4; n += 1) await profile.until((await orderElement()).id, isOver);
  });
  afterAll(() => profile.admin('POST', 'switches', { maxFiles: 500 }));

  /** It fails where the server does not tell: then its refusal of the upload is all there is to go by. */
  const quota: Record<Fault, Outcome> = {
    'reset before the handler': goesOn,
    'reset after the handler': goesOn,
    'half an answer': goesOn,
    // One that cannot be read is asked for once more.
    'no JSON': ['quota', 'completed'],
    'another shape': ['quota', 'completed'],
    'a page of HTML': goesOn,
    'an empty 500': goesOn,
    '503 with Retry-After': goesOn,
    '503 without': goesOn,
    '429 with Retry-After': patient,
    '429 until a date': patient,
    '429 without': patient,
    'an unlisted 409': fails,
    '400': fails,
    '401': ['apiKey', 'apiKey'],
    '402': ['credits', 'credits'],
    '403': fails,
    '404': fails,
    '413': fails,
    silence: goesOn,
  };
  it.each(thinned(allFaults, 8, 1))('asking for the quota: %s', (fault) =>
    orderIntoFullQuota({ method: 'GET', path: '/api/v1/files/quota', ...faults[fault] }, quota[fault]),
  );
  it.each(thinned(allFaults, 8, 2))('deleting a file: %s', (fault) =>
    orderIntoFullQuota({ method: 'DELETE', path: '/api/v1/files/', ...faults[fault] }, ['quota', 'completed']),
  );
});

describe('a lost answer to an order', () => {
  let job: Job;
  let taskId: string;
  beforeAll(async () => {
    await profile.admin('POST', 'switches', { ignoreIdempotencyKeys: true });
    honourKeys(false);
    await play({ method: 'POST', path: '/v1/videos/generations', reset: 'after' });
    job = await profile.until((await orderElement()).id, waitsFor('outcome'));
    const [candidate] = await profile.call('jobs.outcomeCandidates', { id: job.id });
    taskId = candidate?.taskId ?? '';
  });
  afterAll(async () => {
    await profile.admin('DELETE', 'faults');
    await profile.call('jobs.resolveOutcome', { id: job.id, choice: { kind: 'task', taskId } });
    expect((await profile.until(job.id, isOver)).state).toBe('completed');
    await profile.admin('POST', 'switches', { ignoreIdempotencyKeys: false });
    honourKeys(true);
  });

  function honourKeys(isHonouring: boolean): void {
    const db = openJobsDb(profile.profileDir);
    db.run('UPDATE accounts SET honours_keys = ?', isHonouring ? 1 : 0);
    db.close();
  }

  const expected: Record<Fault, ErrorCode> = {
    'reset before the handler': 'network',
    'reset after the handler': 'network',
    'half an answer': 'network',
    'no JSON': 'server',
    'another shape': 'server',
    'a page of HTML': 'server',
    'an empty 500': 'server',
    '503 with Retry-After': 'server',
    '503 without': 'server',
    '429 with Retry-After': 'rateLimit',
    '429 until a date': 'rateLimit',
    '429 without': 'rateLimit',
    'an unlisted 409': 'server',
    '400': 'server',
    '401': 'apiKey',
    '402': 'credits',
    '403': 'server',
    '404': 'notFound',
    '413': 'server',
    silence: 'deadline',
  };

  /** Whoever asked is told why there is no answer; the question stays, and nothing is sent. */
  async function asks(work: () => ReturnType<TestProfile['connection']['call']>, code: ErrorCode): Promise<void> {
    const before = (await profile.ledger()).length;
    const result = await work();
    expect(result).toMatchObject({ ok: false, error: { code, detail: expect.stringMatching(/./) } });
    expect(await profile.call('jobs.get', { id: job.id })).toMatchObject({
      ...{ state: 'submitting', waitingFor: 'outcome' },
    });
    expect(await profile.ledger()).toHaveLength(before);
  }

  it.each(thinned(allFaults, 8, 3))('the list of tasks: %s', async (fault) => {
    await play({ method: 'GET', path: '/v1/tasks', ...faults[fault] });
    await asks(() => profile.connection.call('jobs.outcomeCandidates', { id: job.id }), expected[fault]);
    expect(await profile.call('jobs.outcomeCandidates', { id: job.id })).toMatchObject([{ taskId }]);
  });
  it.each(thinned(allFaults, 8, 4))('the task that a person named: %s', async (fault) => {
    await play({ method: 'GET', path: '/v1/tasks/', ...faults[fault] });
    const choice = { kind: 'task', taskId } as const;
    await asks(() => profile.connection.call('jobs.resolveOutcome', { id: job.id, choice }), expected[fault]);
  });
});

it.each([
  ['its clock is three days slow', { skewMs: -3 * DAY_MS }],
  ['its clock is three days fast', { skewMs: 3 * DAY_MS }],
  ['its files live for an hour', { fileLifeMs: 3_600_000 }],
])('a server that is another in this: %s', async (_name, switches) => {
  const other = await openTestProfile({ watchIntervalMs: 50, retryBaseMs: 20 });
  try {
    await other.admin('POST', 'switches', { taskSeconds: 0, ...switches });
    // A link that breaks off once is not taken for dead.
    await other.admin('POST', 'faults', { rules: [{ method: 'GET', path: '/results/', truncateTo: 0.5 }] });
    const done = await other.until((await order(other, motion(await addSources(other)))).id, isOver);
    expect([done.state, done.charge.state]).toEqual(['completed', 'charged']);
    expect(await other.ledger()).toHaveLength(1);
    const log = await other.call('jobs.log', { id: done.id });
    const counts = Map.groupBy(log, ({ event }) => event);
    expect([counts.get('uploaded')?.length, counts.get('post')?.length]).toEqual([2, 1]);
  } finally {
    await other.remove();
  }
});
