/** The real app on a profile of its own, in a hurry, with a provider that lies; and what a patient person does about it. */
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openProfile } from '../../main/profile/connect.ts';
import type { SeenRequest } from '../../main/sandbox/admin.ts';
import { noSecretBox } from '../../main/settings/apiKey.ts';
import { pause } from '../../main/storage/clock.ts';
import { openJobsDb } from '../../main/storage/jobsDb.ts';
import type { CommandInput, CommandName, CommandOutput } from '../../shared/contract/index.ts';
import type { Job, Recipe } from '../../shared/contract/jobs.ts';
import { isFinal, personReasons } from '../../shared/jobs/jobStates.ts';
import { motion } from '../integration/app/harness.ts';
import { makeImage, startSandbox, type TestSandbox } from '../integration/sandbox/harness.ts';
import { createHurriedClock, type HurriedClock } from './hurriedClock.ts';
import { type LyingProxy, startLyingProxy } from './lyingProxy.ts';
import type { Random } from './mutations.ts';

/** Production intervals, so many times as fast: eight seconds between two readings are 20 ms. */
export const HURRY = 400;

export interface LyingWorld {
  proxy: LyingProxy;
  clock: HurriedClock;
  sandbox: TestSandbox;
  lies: string[];
  call<C extends CommandName>(command: C, input: CommandInput<C>): Promise<CommandOutput<C>>;
  /** A new character each time, so that something is uploaded. */
  place(batch: number, count: number): Promise<void>;
  jobs(): Promise<Job[]>;
  /** What a person does about whatever asks one. */
  answerAll(): Promise<void>;
  /** The job whose order these bytes were. */
  jobOf(bodySha256: string): Promise<Job | undefined>;
  ledger(): Promise<{ taskId: string; status: string; charged: string; bodySha256: string }[]>;
  close(): Promise<void>;
}

/** It has ended, or says why it does not go on by itself. */
export const isAtRest = ({ state, waitingFor }: Job): boolean =>
  isFinal(state) || (waitingFor !== null && personReasons.includes(waitingFor));

export async function openLyingWorld(options: {
  footage: { video: string; face: string };
  honoursKeys: boolean;
  random: Random;
}): Promise<LyingWorld> {
  const home = await mkdtemp(path.join(tmpdir(), 'restage-lies-'));
  const profileDir = path.join(home, 'profile');
  const sandbox = await startSandbox({ RESTAGE_SANDBOX_TASK_SECONDS: '0' });
  await sandbox.admin('POST', 'switches', { ignoreIdempotencyKeys: !options.honoursKeys, reuseResults: true });
  await sandbox.admin('POST', 'credits', { total: '1000000' });
  const clock = createHurriedClock(HURRY);
  const lies: string[] = [];
  const onLie = (text: string) => void lies.push(text);
  const proxy = await startLyingProxy({ sandbox, random: options.random, now: clock.now, onLie });
  const { EVOLINK_API_KEY: _key, ...env } = process.env;
  const connection = await openProfile({
    ...{ profileDir, libraryDir: path.join(home, 'library'), host: 'browser', secretBox: noSecretBox, locale: 'en' },
    capabilities: { nativeDragOut: false, reveal: false, keychain: false, chooseFolder: false, notifications: false },
    selfCommand: { command: process.execPath, args: [path.join(import.meta.dirname, '../integration/app/entry.ts')] },
    env: { ...env, RESTAGE_API_URL: proxy.origin, RESTAGE_FILES_URL: proxy.origin },
    samplesDir: '',
    provider: 'evolink',
    requestDeadlines: { readMs: 20_000, submitMs: 20_000, stallMs: 20_000 },
    clock,
  });
  const call: LyingWorld['call'] = async (command, input) => {
    const result = await connection.call(command, input);
    if (!result.ok) throw Object.assign(new Error(JSON.stringify(result.error)), { data: result.error });
    return result.value;
  };
  const add = async (file: string) => {
    const [result] = await connection.intakePaths([file]);
    if (!result?.ok) throw new Error(JSON.stringify(result));
    return result.value.id;
  };
  await call('apiKey.set', { key: sandbox.key, isSameAccount: false, allowFile: true });
  if (options.honoursKeys) {
    const db = openJobsDb(profileDir);
    db.run('UPDATE accounts SET honours_keys = 1');
    db.close();
  }
  const [videoId, faceId] = [await add(options.footage.video), await add(options.footage.face)];
  const ledger: LyingWorld['ledger'] = async () =>
    ((await sandbox.admin('GET', 'ledger')) as { tasks: Awaited<ReturnType<LyingWorld['ledger']>> }).tasks;

  /** As a person who knows the task by its pictures: here by the hash of the order's bytes. */
  async function settleOutcome(id: string): Promise<void> {
    const db = openJobsDb(profileDir, { readOnly: true });
    const { body, key } = db.get('SELECT body, idempotency_key AS key FROM jobs WHERE id = ?', id) ?? {};
    db.close();
    const { requests } = (await sandbox.admin('GET', 'requests')) as { requests: SeenRequest[] };
    if (requests.some(({ idempotencyKey, isOver }) => idempotencyKey === key && !isOver)) return;
    const mine = createHash('sha256').update(String(body)).digest('hex');
    const task = (await ledger()).find(({ bodySha256 }) => bodySha256 === mine);
    const choice = task ? ({ kind: 'task', taskId: task.taskId } as const) : ({ kind: 'resend' } as const);
    await call('jobs.resolveOutcome', { id, choice });
  }

  async function jobOf(bodySha256: string): Promise<Job | undefined> {
    const db = openJobsDb(profileDir, { readOnly: true });
    const rows = db.all('SELECT id, body FROM jobs');
    db.close();
    const id = rows.find(({ body }) => createHash('sha256').update(String(body)).digest('hex') === bodySha256)?.id;
    return (await call('jobs.list', {})).find((job) => job.id === id);
  }

  return {
    ...{ proxy, clock, sandbox, lies, call, ledger, jobOf },
    async place(batch, count) {
      const color = `0x${(batch * 7919 + 0x102030).toString(16).padStart(6, '0').slice(-6)}`;
      const imageId = await add(await makeImage(home, `hero${batch}.png`, `${400 + (batch % 100)}x500`, color));
      const cells = Array.from({ length: count }, (_, n) => {
        const name = `b${batch}n${n}`;
        const recipe: Recipe =
          n % 5 === 0
            ? motion({ videoId, imageId }, { prompt: name, keepSound: false })
            : { kind: 'element', videoId: faceId, name, description: 'a face', preset: 'fast' };
        return { orderId: `lying-order-${name}`, recipe };
      });
      await call('jobs.order', { cells, isConfirmed: true });
    },
    jobs: () => call('jobs.list', {}),
    async answerAll() {
      for (const job of await call('jobs.list', {})) {
        if (isFinal(job.state)) continue;
        if (job.waitingFor === 'outcome') await settleOutcome(job.id).catch(() => {});
        else if (job.waitingFor === 'consent') await call('jobs.answerConsent', { answer: 'order' });
        else if (job.waitingFor !== null) await call('jobs.retry', { id: job.id }).catch(() => {});
      }
      await pause(50);
    },
    async close() {
      await connection.close();
      await proxy.close();
      await sandbox.stop();
      await rm(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
