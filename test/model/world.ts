/** The real side of the model-based run: the app as a process, a paying account on a sandbox, and what a patient person does at the end. */
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { SeenRequest } from '../../main/sandbox/admin.ts';
import { openJobsDb } from '../../main/storage/jobsDb.ts';
import type { CommandInput } from '../../shared/contract/index.ts';
import type { Job, Recipe } from '../../shared/contract/jobs.ts';
import { isFinal } from '../../shared/jobs/jobStates.ts';
import { type AppProcess, openAppProcess } from '../fixtures/appProcess.ts';
import { motion } from '../integration/app/harness.ts';
import { makeClip, makeImage, startSandbox, type TestSandbox } from '../integration/sandbox/harness.ts';

const SETTLE_MS = 240_000;
const LOOK_EVERY_MS = 100;
const OTHER_KEY = 'sk-evo-somebody-elses-0123456789';

/** What the account is known to do with idempotency keys, and what the server really does. */
export const accountKinds = ['seen to honour keys', 'honours keys, not seen yet', 'ignores keys'] as const;
export type AccountKind = (typeof accountKinds)[number];

export interface LedgerRow {
  taskId: string;
  status: string;
  charged: string;
  bodySha256: string;
}

export interface World {
  app: AppProcess;
  evolink: TestSandbox;
  newOrder(kind: Recipe['kind'], name: string): CommandInput<'jobs.order'>;
  setKey(isOurs: boolean): Promise<void>;
  /** The key back, the queue let go on, every question answered: until every job is final. */
  settle(): Promise<Job[]>;
  ledger(): Promise<{ tasks: LedgerRow[]; used: string }>;
  close(): Promise<void>;
}

/** Made once, for all runs. */
interface Footage {
  video: string;
  image: string;
  face: string;
}

export async function makeFootage(folder: string): Promise<Footage> {
  const [video, image, face] = await Promise.all([
    makeClip(folder, 'motion', { seconds: 3, rate: 20, hasSound: false }),
    makeImage(folder, 'hero.png', '400x500'),
    makeClip(folder, 'face', { seconds: 3, rate: 20, size: '720x720', hasSound: false }),
  ]);
  return { video, image, face };
}

export async function openWorld(kind: AccountKind, footage: Footage): Promise<World> {
  const home = await mkdtemp(path.join(tmpdir(), 'restage-model-'));
  const profileDir = path.join(home, 'profile');
  const evolink = await startSandbox({ RESTAGE_SANDBOX_TASK_SECONDS: '0' });
  const { EVOLINK_API_KEY: _key, ...env } = process.env;
  const app = await openAppProcess({
    ...{ profileDir, libraryDir: path.join(home, 'library') },
    env: { ...env, RESTAGE_API_URL: evolink.origin, RESTAGE_FILES_URL: evolink.origin },
    provider: 'evolink',
    ...{ watchIntervalMs: 40, retryBaseMs: 20 },
    requestDeadlines: { readMs: 4000, submitMs: 4000, stallMs: 4000 },
  });
  const ids = { videoId: await app.add(footage.video), imageId: await app.add(footage.image) };
  const faceId = await app.add(footage.face);

  async function setKey(isOurs: boolean): Promise<void> {
    const key = isOurs ? evolink.key : OTHER_KEY;
    await app.call('apiKey.set', { key, isSameAccount: false, allowFile: true });
  }
  await setKey(true);
  if (kind === 'seen to honour keys') {
    const db = openJobsDb(profileDir);
    db.run('UPDATE accounts SET honours_keys = 1');
    db.close();
  }
  if (kind === 'ignores keys') await evolink.admin('POST', 'switches', { ignoreIdempotencyKeys: true });

  const ledger: World['ledger'] = async () => {
    const { tasks, balance } = (await evolink.admin('GET', 'ledger')) as {
      tasks: LedgerRow[];
      balance: { used: string };
    };
    return { tasks, used: balance.used };
  };

  /** A person knows the task by its pictures; here by the hash of the order's bytes. */
  async function settleOutcome(id: string): Promise<void> {
    const db = openJobsDb(profileDir, { readOnly: true });
    const { body, key } = db.get('SELECT body, idempotency_key AS key FROM jobs WHERE id = ?', id) ?? {};
    db.close();
    // Patient: as long as the server may still make a task of it, there is nothing to decide.
    const { requests } = (await evolink.admin('GET', 'requests')) as { requests: SeenRequest[] };
    if (requests.some(({ idempotencyKey, isOver }) => idempotencyKey === key && !isOver)) return;
    const candidates = await app.call('jobs.outcomeCandidates', { id });
    const mine = createHash('sha256').update(String(body)).digest('hex');
    const { tasks } = await ledger();
    const task = tasks.find(
      ({ taskId, bodySha256 }) => bodySha256 === mine && candidates.some((row) => row.taskId === taskId),
    );
    const choice = task ? ({ kind: 'task', taskId: task.taskId } as const) : ({ kind: 'resend' } as const);
    await app.call('jobs.resolveOutcome', { id, choice });
  }

  async function answer(job: Job): Promise<void> {
    switch (job.waitingFor) {
      case 'outcome':
        return settleOutcome(job.id);
      case 'consent':
        await app.call('jobs.answerConsent', { answer: 'order' });
        return;
      case null:
        return;
      default:
        await app.call('jobs.retry', { id: job.id });
    }
  }

  return {
    app,
    evolink,
    setKey,
    ledger,
    newOrder(recipeKind, name) {
      const recipe: Recipe =
        recipeKind === 'motion'
          ? motion(ids, { prompt: name, keepSound: false })
          : { kind: 'element', videoId: faceId, name, description: 'a face', preset: 'fast' };
      return { cells: [{ orderId: `model-order-${name}`, recipe }], isConfirmed: true };
    },
    async settle() {
      // Faults that are still to come stay: none is without an end.
      await evolink.admin('POST', 'switches', { nextErrors: [] });
      await setKey(true);
      await app.call('queue.pauseAll', { isPaused: false });
      for (const { id, isPaused, state } of await app.call('jobs.list', {})) {
        if (isPaused && !isFinal(state)) await app.call('jobs.pause', { id, isPaused: false });
      }
      const end = Date.now() + SETTLE_MS;
      for (;;) {
        const jobs = await app.call('jobs.list', {});
        const open = jobs.filter(({ state }) => !isFinal(state));
        if (open.length === 0) return jobs;
        if (Date.now() > end) throw new Error(`never final: ${JSON.stringify(open.map(standing))}`);
        // Answered meanwhile by the runner itself, or asked in vain by a fault: the next look tells.
        for (const job of open) await answer(job).catch(() => {});
        await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
      }
    },
    async close() {
      await app.kill();
      await evolink.stop();
      await rm(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

const standing = ({ id, state, waitingFor, nextTryAt }: Job) => ({ id, state, waitingFor, nextTryAt });
