/** Kills the app again and again while it works, and counts afterwards what was lost, charged twice or damaged. */
import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { readPort, readSecrets } from '../../main/sandbox/place.ts';
import { openJobsDb } from '../../main/storage/jobsDb.ts';
import { makeClip, makeImage } from '../integration/sandbox/harness.ts';
import { type CrashKinds, type CrashPlan, type CrashReport, cellsOf } from './crashPlan.ts';
import { type Asked, judgeProfile, type ServerTask } from './judge.ts';
import { seeded } from './seeded.ts';

const LIFE_DEADLINE_MS = 180_000;
/** The server reads an order so long after it came, and answers so long after it took it: kills find orders on both ways. */
const ORDER_MS = { before: 60, after: 120 };
/** Of the orders of a batch that dies on the wire, so many answers are lost besides. */
const LOST_ANSWERS = 2;

export interface CrashCounts extends Asked {
  kills: number;
  lost: number;
  doubleCharges: number;
  corrupt: number;
  jobs: number;
  complaints: string[];
}

export interface CrashRun {
  counts: CrashCounts;
  /** One batch of mixed jobs, killed at seeded random moments. */
  killAtRandom(kills: number): Promise<void>;
  /** The same, killed while an order is on the wire; other orders lose their answer. What that leaves open, a person settles. */
  killOnTheWire(kills: number): Promise<void>;
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
    jobs: 0,
    complaints: [],
    ...{ asked: 0, claimed: 0, resent: 0, givenUp: 0 },
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

  function planOf(kinds: CrashKinds): CrashPlan {
    batch += 1;
    const files = [variant(originals.clip, 'one'), variant(originals.clip, 'two'), variant(originals.face, 'face')];
    files.push(originals.image, originals.other);
    const cells = cellsOf(`${seed}-${batch}`, kinds);
    for (const { orderId } of cells) ordered.add(orderId);
    return {
      ...{ profileDir, libraryDir, files, cells, momentsFile, diedAt: null },
      ...{ settlesOutcomes: false, diesAfterPostMs: null },
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
      openQuestions = told.openQuestions;
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
    const calm = { ...plan, diedAt: null, diesAfterPostMs: null };
    await setFaults(0);
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

  async function admin(method: 'GET' | 'POST' | 'DELETE', what: string, body?: unknown): Promise<unknown> {
    const dir = path.join(profileDir, 'sandbox');
    const response = await fetch(`http://127.0.0.1:${readPort(dir)?.port}/__sandbox/${what}`, {
      method,
      headers: { authorization: `Bearer ${readSecrets(dir).key}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${what}: ${response.status} ${await response.text()}`);
    return response.json();
  }
  const tasksOfServer = async () => ((await admin('GET', 'ledger')) as { tasks: ServerTask[] }).tasks;

  async function setFaults(lostAnswers: number): Promise<void> {
    const orders = { method: 'POST', path: '/v1/videos/generations' };
    const lost = { ...orders, skip: 1, times: lostAnswers, reset: 'after' };
    const slow = { ...orders, latencyMs: ORDER_MS.before, answerAfterMs: ORDER_MS.after, times: null };
    await admin('DELETE', 'faults');
    await admin('POST', 'faults', { rules: lostAnswers > 0 ? [lost, slow] : [slow] });
  }

  /** The sandbox runs and the account exists: a life without orders. */
  async function prepare(): Promise<void> {
    if (isPrepared) return;
    isPrepared = true;
    await live({ ...planOf({ single: true, element: false, matrix: false }) }, null);
    await setFaults(0);
    if (!ignoresKeys) return;
    await admin('POST', 'switches', { ignoreIdempotencyKeys: true });
    const db = openJobsDb(profileDir);
    db.run('UPDATE accounts SET honours_keys = 0');
    db.close();
  }

  async function judge(): Promise<void> {
    const tasks = await tasksOfServer();
    const found = await judgeProfile({ profileDir, libraryDir, ordered, tasks, ignoresKeys, knownBodies: known });
    for (const { kind, text } of found.complaints) {
      counts[kind] += 1;
      counts.complaints.push(`${kind}: ${text}`);
    }
    const { jobs, asked, claimed, resent, givenUp } = found;
    Object.assign(counts, { jobs, asked, claimed, resent, givenUp });
  }

  async function close(): Promise<void> {
    const dir = path.join(profileDir, 'sandbox');
    const hello = await fetch(`http://127.0.0.1:${readPort(dir)?.port}/`).catch(() => null);
    if (hello) process.kill(((await hello.json()) as { pid: number }).pid, 'SIGKILL');
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  }

  async function inBatches(
    kills: number,
    liveAndDie: (plan: CrashPlan) => Promise<'killed' | 'done'>,
    lostAnswers = 0,
  ): Promise<void> {
    await prepare();
    const until = counts.kills + kills;
    while (counts.kills < until) {
      const plan = planOf({ single: true, element: true, matrix: true });
      await setFaults(lostAnswers);
      for (let n = 0; n < killsPerBatch && counts.kills < until; n += 1) if ((await liveAndDie(plan)) === 'done') break;
      await finish(plan);
      log(`${counts.kills} kills, ${ordered.size} orders`);
    }
  }

  const moments = () => readFileSync(momentsFile, 'utf8').split('\n').filter(Boolean);

  return {
    counts,
    judge,
    moments,
    close,
    killAtRandom: (kills) =>
      inBatches(kills, (plan) => {
        const isEarly = random() < 0.12;
        return live(plan, isEarly ? -random() * startMs : random() ** 1.5 * 2500);
      }),
    killOnTheWire: (kills) =>
      inBatches(
        kills,
        (plan) => live({ ...plan, diesAfterPostMs: random() * 1.3 * (ORDER_MS.before + ORDER_MS.after) }, null),
        LOST_ANSWERS,
      ),
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
