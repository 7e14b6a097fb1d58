/** 200 tasks that run at once: what watching them asks of the server, and whether the interface feels an encoder beside it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { CommandInput, CommandName } from '../../shared/contract/index.ts';
import type { Job, MotionRecipe } from '../../shared/contract/jobs.ts';
import { type AppProcess, openAppProcess } from '../fixtures/appProcess.ts';
import { makeClip, makeImage, startSandbox, type TestSandbox } from '../integration/sandbox/harness.ts';
import { type Row, round } from './measure.ts';

const TASKS = 200;
const CYCLE_MS = 8000;
/** Each way in turn, so that whatever else the machine does weighs on both. */
const TURNS = 3;
const TURN_MS = 2 * CYCLE_MS;
/** Between two calls, as an interface that somebody uses. */
const PAUSE_MS = 10;

const recipe: Omit<MotionRecipe, 'videoId' | 'imageId' | 'prompt'> = {
  ...{ kind: 'motion', orientation: 'video', quality: '720p', preset: 'fast' },
  ...{ keepSound: false, watermark: false },
};

export async function runningTasksRow(): Promise<Row> {
  const folder = await mkdtemp(path.join(tmpdir(), 'restage-running-'));
  // Long enough to run on, short enough that every read has news of every task.
  const evolink = await startSandbox({ RESTAGE_SANDBOX_TASK_SECONDS: '600' });
  const { EVOLINK_API_KEY: _key, ...env } = process.env;
  const app = await openAppProcess({
    ...{ profileDir: path.join(folder, 'profile'), libraryDir: path.join(folder, 'library') },
    env: { ...env, RESTAGE_API_URL: evolink.origin, RESTAGE_FILES_URL: evolink.origin },
    provider: 'evolink',
    watchIntervalMs: CYCLE_MS,
  });
  try {
    await app.call('apiKey.set', { key: evolink.key, isSameAccount: false, allowFile: true });
    await evolink.admin('POST', 'credits', { total: '100000' });
    await app.call('account.refresh', {});
    const jobIds = await orderAll(app, folder);
    const encoder = await encoderOf(app, folder);
    await evolink.admin('DELETE', 'requests');
    const idle: number[] = [];
    const busy: number[] = [];
    for (let turn = 0; turn < TURNS; turn += 1) {
      idle.push(...(await callAll(app, jobIds)));
      const work = encoder.start();
      busy.push(...(await callAll(app, jobIds)));
      await work.stop();
    }
    const running = (await app.call('jobs.list', {})).filter(({ state }) => state === 'running');
    if (running.length !== TASKS) throw new Error(`${running.length} of ${TASKS} tasks run`);
    return judge({ idle, busy, cycles: await requestsPerCycle(evolink), encoded: encoder.encodedSeconds() });
  } finally {
    await app.kill();
    await evolink.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function judge(seen: { idle: number[]; busy: number[]; cycles: number[]; encoded: number }): Row {
  const [idle, busy] = [percentile(seen.idle, 0.99), percentile(seen.busy, 0.99)];
  const most = Math.max(...seen.cycles);
  const ratio = busy / idle;
  return {
    what: `${TASKS} running tasks, the interface in use, without and with ffmpeg at work`,
    bar: 'at most 4 watch requests per cycle; p99 of interface calls at most 3x of idle',
    seen:
      `at most ${most} requests in each of ${seen.cycles.length} cycles; p99 ${round(busy, 1)} ms against ` +
      `${round(idle, 1)} ms idle: ${round(ratio)}x (${seen.busy.length} and ${seen.idle.length} calls; ` +
      `median ${round(percentile(seen.busy, 0.5), 1)} against ${round(percentile(seen.idle, 0.5), 1)} ms)`,
    holds: most <= 4 && seen.cycles.length >= 2 * TURNS && ratio <= 3 && seen.encoded > 0,
    numbers: {
      requestsPerCycle: most,
      cycles: seen.cycles.length,
      idleP99Ms: round(idle),
      busyP99Ms: round(busy),
      ratio: round(ratio),
      encodedSeconds: round(seen.encoded),
    },
  };
}

async function orderAll(app: AppProcess, folder: string): Promise<string[]> {
  const sources = {
    videoId: await app.add(await makeClip(folder, 'motion', { seconds: 3, rate: 20, hasSound: false })),
    imageId: await app.add(await makeImage(folder, 'hero.png', '400x500')),
  };
  const cells = Array.from({ length: TASKS }, (_, n) => ({
    orderId: `bench-order-${n}`,
    recipe: { ...recipe, ...sources, prompt: `take ${n}` },
  }));
  const jobs = await app.call('jobs.order', { cells, isConfirmed: true });
  const end = Date.now() + 300_000;
  for (;;) {
    const now = await app.call('jobs.list', {});
    if (now.every(({ state }) => state === 'running')) return jobs.map(({ id }) => id);
    if (Date.now() > end) throw new Error(`not all run: ${JSON.stringify(countStates(now))}`);
    await delay(500);
  }
}

const countStates = (jobs: readonly Job[]) =>
  Object.fromEntries([...Map.groupBy(jobs, ({ state }) => state)].map(([state, of]) => [state, of.length]));

/** Preparations one after the other, as long as it is wanted, each of other frames: nothing comes from the cache. */
async function encoderOf(app: AppProcess, folder: string) {
  const clip = await makeClip(folder, 'large', { seconds: 20, rate: 30, size: '1920x1080', hasSound: false });
  const assetId = await app.add(clip);
  let from = 0;
  let made = 0;
  return {
    encodedSeconds: () => made,
    start() {
      let isWanted = true;
      let current: CommandInput<'prepared.make'> | null = null;
      const work = (async () => {
        while (isWanted) {
          from += 1;
          const trim = { unit: 'frames', from, to: from + 120 } as const;
          current = { assetId, target: 'motion-video', preset: 'fast', trim };
          const result = await app.try('prepared.make', current);
          if (result.ok) made += 4;
          else if (isWanted) throw new Error(JSON.stringify(result.error));
        }
      })();
      return {
        async stop() {
          isWanted = false;
          if (current) await app.try('prepared.cancel', current);
          await work;
        },
      };
    },
  };
}

/** What a page asks while somebody uses it, one call after the other; milliseconds of each. */
async function callAll(app: AppProcess, jobIds: readonly string[]): Promise<number[]> {
  const took: number[] = [];
  const timed = async <C extends CommandName>(command: C, input: CommandInput<C>) => {
    const startedMs = performance.now();
    await app.call(command, input);
    took.push(performance.now() - startedMs);
    await delay(PAUSE_MS);
  };
  const end = performance.now() + TURN_MS;
  for (let n = 0; performance.now() < end; n += 1) {
    const id = jobIds[n % jobIds.length] ?? '';
    await timed('jobs.list', {});
    await timed('jobs.get', { id });
    await timed('jobs.log', { id });
    await timed('queue.get', {});
    await timed('account.status', {});
    await timed('library.list', {});
    await timed('prepared.list', {});
    await timed('settings.get', {});
  }
  return took;
}

/** Reads that come close together are of one cycle. */
async function requestsPerCycle(evolink: TestSandbox): Promise<number[]> {
  const { requests } = (await evolink.admin('GET', 'requests')) as { requests: { atMs: number; path: string }[] };
  const cycles: number[] = [];
  let lastMs = 0;
  for (const { atMs } of requests.filter(({ path: asked }) => asked.startsWith('/v1/tasks'))) {
    if (atMs - lastMs > CYCLE_MS / 2) cycles.push(0);
    cycles[cycles.length - 1] = (cycles.at(-1) ?? 0) + 1;
    lastMs = atMs;
  }
  return cycles;
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
