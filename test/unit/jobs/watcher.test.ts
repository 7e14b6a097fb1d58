/** How often the provider is asked: the clock is a parameter, so eight seconds cost none. */
import { describe, expect, it } from 'vitest';
import type { JobContext } from '../../../main/jobs/context.ts';
import { createTaskNews } from '../../../main/jobs/watch/taskNews.ts';
import { createWatcher } from '../../../main/jobs/watch/watcher.ts';

/** A context in which one job runs for ever; the pauses between reads are recorded and last as long as `rest` says. */
function contextFor(options: { apiOrigin: string; watchIntervalMs: number; fails?: boolean; keepsNothing?: boolean }) {
  const pauses: number[] = [];
  const reads: string[][] = [];
  const job = {
    id: 'j',
    accountId: 'a',
    state: 'running',
    taskId: 't',
    createdAt: new Date().toISOString(),
    submittedAt: null,
  };
  const context = {
    store: {
      unfinished: () => (reads.length < 4 ? [job] : []),
      together: (work: () => unknown) => {
        if (options.keepsNothing) throw new Error('the disk is full');
        return work();
      },
      wait: () => job,
      get: () => ({ ...job, vanishedSince: null }),
      update: () => job,
    },
    accounts: {
      get: () => ({ provider: 'evolink', apiOrigin: options.apiOrigin }),
      client: async () => ({
        tasks: async (ids: string[]) => {
          reads.push(ids);
          if (options.fails) throw new Error('no line');
          return new Map([['t', { status: 'running', isReadable: true, progress: 1, raw: null }]]);
        },
      }),
    },
    clock: {
      now: () => Date.now(),
      sleep: (ms: number, signal?: AbortSignal) => {
        pauses.push(ms);
        return new Promise<void>((resolve, reject) => {
          const timer = setTimeout(resolve, 5);
          signal?.addEventListener('abort', () => {
            clearTimeout(timer);
            reject(signal.reason);
          });
        });
      },
    },
    logger: { info() {}, warn() {}, error() {} },
    watchIntervalMs: options.watchIntervalMs,
    retryBaseMs: 1000,
    taskPace: { isReady: () => true, asked() {}, forget() {}, turn: async () => {} },
  };
  return { context: context as unknown as JobContext, pauses, reads };
}

async function watchAll(
  options: Parameters<typeof contextFor>[0],
  meanwhile?: (hurry: () => void) => void,
): Promise<number[]> {
  const { context, pauses, reads } = contextFor(options);
  const watcher = createWatcher(context, createTaskNews(context), () => {});
  watcher.watch('a');
  meanwhile?.(() => watcher.hurry());
  await expect.poll(() => reads.length).toBe(4);
  await watcher.close();
  return pauses;
}

describe('the pause between two reads of running tasks', () => {
  it('is at least eight seconds on the real provider, whatever the run was told', async () => {
    expect(new Set(await watchAll({ apiOrigin: 'https://api.evolink.ai', watchIntervalMs: 100 }))).toEqual(
      new Set([8000]),
    );
    expect(new Set(await watchAll({ apiOrigin: 'https://api.evolink.ai', watchIntervalMs: 12_000 }))).toEqual(
      new Set([12_000]),
    );
  });
  it('is as told on loopback', async () => {
    expect(new Set(await watchAll({ apiOrigin: 'http://127.0.0.1:4000', watchIntervalMs: 100 }))).toEqual(
      new Set([100]),
    );
  });
  it('grows after trouble, and never falls under the interval', async () => {
    const pauses = await watchAll({ apiOrigin: 'https://api.evolink.ai', watchIntervalMs: 8000, fails: true });
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(8000);
  });
  it('is kept as well when nothing that was read can be written down', async () => {
    const pauses = await watchAll({ apiOrigin: 'https://api.evolink.ai', watchIntervalMs: 8000, keepsNothing: true });
    expect(pauses.length).toBeGreaterThanOrEqual(3);
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(8000);
  });
});
