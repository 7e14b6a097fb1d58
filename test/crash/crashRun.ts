/** Kills the app again and again while it works, and counts afterwards what was lost, charged twice or damaged. */
import { type ChildProcess, fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { readSidecar, SIDECAR_SUFFIX } from '../../main/library/sidecar.ts';
import { readPort, readSecrets } from '../../main/sandbox/place.ts';
import { openJobsDb } from '../../main/storage/jobsDb.ts';
import { isFinal, type JobState } from '../../shared/jobStates.ts';
import { makeClip, makeImage } from '../integration/sandbox/harness.ts';
import type { CrashCell, CrashPlan, CrashReport } from './crashPlan.ts';

const LIFE_DEADLINE_MS = 180_000;

export interface CrashCounts {
  kills: number;
  lost: number;
  doubleCharges: number;
  corrupt: number;
  /** Jobs whose end a person had to settle. */
  asked: number;
  jobs: number;
  complaints: string[];
}

export interface CrashRun {
  counts: CrashCounts;
  /** One batch of mixed jobs, killed at seeded random moments. */
  killAtRandom(kills: number): Promise<void>;
  /** One motion job and one element, killed once before and once after every commit, and after every step of a durable write. */
  killAtEveryMoment(): Promise<void>;
  /** Looks at databases, ledger and library, adds to the counts. */
  judge(): Promise<void>;
  /** Where lives ended themselves. */
  moments(): string[];
  close(): Promise<void>;
}

export interface CrashOptions {
  seed: number;
  /** A server that ignores keys, and an account that was never seen to honour them. */
  ignoresKeys: boolean;
  /** Kills of one batch of orders before it is let finish. */
  killsPerBatch: number;
  log: (line: string) => void;
}

export async function openCrashRun(options: CrashOptions): Promise<CrashRun> {
  const { seed, ignoresKeys, killsPerBatch, log } = options;
  const home = await mkdtemp(path.join(tmpdir(), 'restage-crash-'));
  const profileDir = path.join(home, 'profile');
  const libraryDir = path.join(home, 'library');
  const momentsFile = path.join(home, 'moments.txt');
  const random = seeded(seed);
  const counts: CrashCounts = {
    kills: 0,
    lost: 0,
    doubleCharges: 0,
    corrupt: 0,
    asked: 0,
    jobs: 0,
    complaints: [],
  };
  const originals = {
    clip: readFileSync(await makeClip(home, 'clip', { seconds: 3, rate: 20, hasSound: false })),
    face: readFileSync(await makeClip(home, 'face', { seconds: 3, rate: 20, size: '720x720', hasSound: false })),
    image: await makeImage(home, 'hero.png', '300x400'),
    other: await makeImage(home, 'other.png', '400x300'),
  };
  const ordered = new Set<string>();
  let batch = 0;
  let startMs = 2000;
  let openQuestions = 0;
  let isPrepared = false;

  /** The same clip with other bytes: an empty box of our own at its end, so that it is uploaded anew. */
  function variant(bytes: Buffer, name: string): string {
    const text = Buffer.from(`${seed} ${batch} ${name}`);
    const box = Buffer.alloc(8);
    box.writeUInt32BE(8 + text.length, 0);
    box.write('free', 4);
    const file = path.join(home, `${name}-${batch}.mp4`);
    writeFileSync(file, Buffer.concat([bytes, box, text]));
    return file;
  }

  function planOf(kinds: { single: boolean; element: boolean; matrix: boolean }): CrashPlan {
    batch += 1;
    const files = [variant(originals.clip, 'one'), variant(originals.clip, 'two'), variant(originals.face, 'face')];
    files.push(originals.image, originals.other);
    const cells: CrashCell[] = [];
    const motion = (name: string, videoId: number, imageId: number) => {
      const orderId = `crash-${seed}-${batch}-${name}`;
      cells.push({
        orderId,
        recipe: {
          kind: 'motion',
          videoId: String(videoId),
          imageId: String(imageId),
          orientation: 'video',
          quality: '720p',
          preset: 'fast',
          keepSound: false,
          prompt: orderId,
          watermark: false,
        },
      });
    };
    if (kinds.single) motion('single', 0, 3);
    if (kinds.element) {
      const orderId = `crash-${seed}-${batch}-element`;
      const recipe = { videoId: '2', name: `e${seed}-${batch}`.slice(0, 20), description: orderId } as const;
      cells.push({ orderId, recipe: { kind: 'element', preset: 'fast', ...recipe } });
    }
    if (kinds.matrix) for (const video of [0, 1]) for (const image of [3, 4]) motion(`m${video}${image}`, video, image);
    for (const { orderId } of cells) ordered.add(orderId);
    return {
      ...{ profileDir, libraryDir, files, cells, momentsFile, diedAt: null },
      settlesOutcomes: false,
      sandboxTaskSeconds: 0.2,
    };
  }

  /** Runs one life; `killAfterMs` counts from when the profile is open, or, negative, so long before that. */
  async function live(plan: CrashPlan, killAfterMs: number | null): Promise<'killed' | 'done'> {
    const startedAt = performance.now();
    const child = fork(path.join(import.meta.dirname, 'entry.ts'), [JSON.stringify(plan)], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: { ...process.env, NODE_COMPILE_CACHE: path.join(tmpdir(), 'restage-crash-code'), NODE_OPTIONS: '' },
    });
    let errors = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      errors = (errors + chunk.toString()).slice(-2000);
    });
    const killer = new AbortController();
    const kill = (ms: number) =>
      void delay(ms, undefined, { signal: killer.signal }).then(
        () => child.kill('SIGKILL'),
        () => {},
      );
    if (killAfterMs !== null && killAfterMs < 0) kill(Math.max(0, startMs + killAfterMs));
    const deadline = setTimeout(() => child.kill('SIGKILL'), LIFE_DEADLINE_MS);
    let end: CrashReport | null = null;
    child.on('message', (report: CrashReport) => {
      if (report.kind === 'open') {
        startMs = 0.7 * startMs + 0.3 * (performance.now() - startedAt);
        if (killAfterMs !== null && killAfterMs >= 0) kill(killAfterMs);
      }
      if (report.kind === 'done' || report.kind === 'trouble') end = report;
    });
    const signal = await ended(child);
    killer.abort();
    clearTimeout(deadline);
    const told = end as CrashReport | null;
    if (told?.kind === 'trouble') throw new Error(`the app did not go on: ${told.text}`);
    if (told?.kind === 'done') {
      if (plan.settlesOutcomes) counts.asked += told.asked;
      else openQuestions = told.asked;
      return 'done';
    }
    if (signal !== 'SIGKILL') throw new Error(`the app ended by itself: ${errors}`);
    if (performance.now() - startedAt > LIFE_DEADLINE_MS) throw new Error(`a life hung: ${await stateOfJobs()}`);
    counts.kills += 1;
    return 'killed';
  }

  async function stateOfJobs(): Promise<string> {
    const db = openJobsDb(profileDir, { readOnly: true });
    const rows = db.all(
      `SELECT id, state, waiting_for, (SELECT event || ' ' || detail FROM job_log WHERE job_id = jobs.id ORDER BY id DESC LIMIT 1) AS last
       FROM jobs WHERE state NOT IN ('completed')`,
    );
    db.close();
    return JSON.stringify(rows);
  }

  /** Kills do not happen any more; where answers were lost, a person says what is what. */
  async function finish(plan: CrashPlan): Promise<void> {
    const calm = { ...plan, diedAt: null };
    await live(calm, null);
    await forbidSecondCharges();
    if (openQuestions > 0) await live({ ...calm, settlesOutcomes: true }, null);
  }

  /** What was charged before any person said a word. */
  async function forbidSecondCharges(): Promise<void> {
    for (const [body, tasks] of Map.groupBy(await tasksOfServer(), (task) => task.bodySha256)) {
      if (tasks.length > 1 && !known.has(body)) {
        known.add(body);
        counts.doubleCharges += tasks.length - 1;
        counts.complaints.push(`charged ${tasks.length} times: ${tasks.map(({ taskId }) => taskId).join(', ')}`);
      }
    }
  }
  const known = new Set<string>();

  async function admin(method: 'GET' | 'POST', what: string, body?: unknown): Promise<unknown> {
    const dir = path.join(profileDir, 'sandbox');
    const response = await fetch(`http://127.0.0.1:${readPort(dir)?.port}/__sandbox/${what}`, {
      method,
      headers: { authorization: `Bearer ${readSecrets(dir).key}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${what}: ${response.status} ${await response.text()}`);
    return response.json();
  }
  const tasksOfServer = async () =>
    ((await admin('GET', 'ledger')) as { tasks: { taskId: string; bodySha256: string; charged: string }[] }).tasks;

  /** The sandbox runs and the account exists: a life without orders. */
  async function prepare(): Promise<void> {
    if (isPrepared) return;
    isPrepared = true;
    await live({ ...planOf({ single: true, element: false, matrix: false }) }, null);
    // Answers take a moment, so that kills find orders on the wire.
    const rules = [{ method: 'POST', path: '/v1/videos/generations', latencyMs: 120, times: null }];
    await admin('POST', 'faults', { rules });
    if (!ignoresKeys) return;
    await admin('POST', 'switches', { ignoreIdempotencyKeys: true });
    const db = openJobsDb(profileDir);
    db.run('UPDATE accounts SET honours_keys = 0');
    db.close();
  }

  async function judge(): Promise<void> {
    const complain = (kind: 'lost' | 'doubleCharges' | 'corrupt', text: string) => {
      counts[kind] += 1;
      counts.complaints.push(`${kind}: ${text}`);
    };
    const db = openJobsDb(profileDir, { readOnly: true });
    const integrity = String(db.get('PRAGMA integrity_check')?.integrity_check);
    if (integrity !== 'ok') complain('corrupt', `jobs.db ${integrity}`);
    const jobs = db.all('SELECT * FROM jobs');
    db.close();
    counts.jobs = jobs.length;
    const byOrder = new Map(jobs.map((job) => [String(job.order_id), job]));
    for (const orderId of ordered) if (!byOrder.has(orderId)) complain('lost', `${orderId} has no job`);
    const tasks = new Map((await tasksOfServer()).map((task) => [task.taskId, task]));
    for (const job of jobs) {
      const [id, state] = [String(job.id), String(job.state) as JobState];
      if (!isFinal(state)) complain('lost', `${id} is not final: ${state} ${job.waiting_for}`);
      else if (state !== 'completed') complain('lost', `${id} ended ${state}: ${job.problem}`);
      if (!tasks.delete(String(job.task_id))) complain('lost', `${id}: its task ${job.task_id} is not the server's`);
      if (job.charge_state !== 'charged') complain('lost', `${id}: charge is ${job.charge_state}`);
      if (state === 'completed' && job.result_element_id === null) await judgeFile(id, job, complain);
    }
    // What no job claims was paid for nothing (a person who sent again knew that).
    for (const { taskId, bodySha256 } of tasks.values())
      if (!known.has(bodySha256)) complain('doubleCharges', `task ${taskId} belongs to no job`);
    const files = existsSync(libraryDir) ? readdirSync(libraryDir) : [];
    const named = new Set(jobs.flatMap(({ result_file, result_sidecar }) => [result_file, result_sidecar]));
    for (const name of files)
      if (!named.has(path.join(libraryDir, name))) complain('corrupt', `${name} lies in the library and is no job's`);
  }

  type Complain = (kind: 'lost' | 'corrupt', text: string) => void;
  async function judgeFile(id: string, job: Record<string, unknown>, complain: Complain): Promise<void> {
    const file = String(job.result_file);
    const made = path.join(profileDir, 'sandbox', 'results', `${String(job.task_id)}.mp4`);
    if (!existsSync(file)) return complain('lost', `${id}: ${file} is not there`);
    if ((await sha256(file)) !== (await sha256(made))) complain('corrupt', `${id}: other bytes than the server's`);
    const sidecar = readSidecar(file.replace(/\.mp4$/, SIDECAR_SUFFIX));
    if (sidecar?.order.jobId !== id || sidecar.provider.taskId !== job.task_id)
      complain('corrupt', `${id}: its sidecar is not its own`);
  }

  async function close(): Promise<void> {
    const dir = path.join(profileDir, 'sandbox');
    const hello = await fetch(`http://127.0.0.1:${readPort(dir)?.port}/`).catch(() => null);
    if (hello) process.kill(((await hello.json()) as { pid: number }).pid, 'SIGKILL');
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  }

  const moments = () => readFileSync(momentsFile, 'utf8').split('\n').filter(Boolean);

  return {
    counts,
    judge,
    moments,
    close,
    async killAtRandom(kills) {
      await prepare();
      const until = counts.kills + kills;
      while (counts.kills < until) {
        const plan = planOf({ single: true, element: true, matrix: true });
        for (let n = 0; n < killsPerBatch && counts.kills < until; n += 1) {
          const isEarly = random() < 0.12;
          const killAfterMs = isEarly ? -random() * startMs : random() ** 1.5 * 2500;
          if ((await live(plan, killAfterMs)) === 'done') break;
        }
        await finish(plan);
        log(`${counts.kills} kills, ${ordered.size} orders`);
      }
    },
    async killAtEveryMoment() {
      // Else from nothing: the first start of a profile is among the moments.
      if (ignoresKeys) await prepare();
      const plan = planOf({ single: true, element: true, matrix: false });
      writeFileSync(momentsFile, '');
      // Some of the moments are only reached when a person has answered the questions that so many kills raise.
      for (let settlesOutcomes = false; ; settlesOutcomes = true) {
        while ((await live({ ...plan, settlesOutcomes, diedAt: moments() }, null)) === 'killed');
        await forbidSecondCharges();
        if (settlesOutcomes || openQuestions === 0) break;
      }
      log(`${counts.kills} kills, one at every moment`);
      await finish(plan);
    },
  };
}

function ended(child: ChildProcess): Promise<NodeJS.Signals | number | null> {
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(signal ?? code));
  });
}

async function sha256(file: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
}

/** mulberry32: the same seed, the same moments. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
