/** Tells a studio's server of results, failures and questions: beside the jobs, which never wait for it, with a few tries and no more. */
import type { Settings } from '../../shared/contract/app.ts';
import type { Job } from '../../shared/contract/jobs.ts';
import { RestageError } from '../../shared/errors.ts';
import type { HookEvent } from '../../shared/jobs/hookEvents.ts';
import { createNewsGatherer } from '../../shared/outsideNews.ts';
import { type Resolve, systemResolve } from '../evolink/addresses.ts';
import type { Clock, Logger } from '../services.ts';
import { startTimer } from '../storage/clock.ts';
import { type Delivery, deliver, newDelivery } from './deliver.ts';
import type { HookSecret } from './hookSecret.ts';

export interface WebHookTeller {
  /** As the jobs stand at start: no news. */
  know(jobs: readonly Job[]): void;
  changed(jobs: readonly Job[]): void;
  /** See `webHook.test`. */
  test(): Promise<number>;
  /** What has not been told by then is not told. */
  close(): Promise<void>;
}

interface WebHookOptions {
  settings: () => Pick<Settings, 'webHook'>;
  secret: HookSecret;
  clock: Clock;
  logger: Logger;
  resolve?: Resolve;
  allowsLoopback?: boolean;
  /** Before the second, third and fourth try. */
  pausesMs?: readonly number[];
}

const PAUSES_MS = [5_000, 60_000, 600_000];
/** A server that is away for long is not told of everything when it is back. */
const MOST_WAITING = 50;
/** These say that trying again is of no use. */
const forGood = /^HTTP (400|401|403|404|405|410|413|415|422)$/;

const eventOf = ({ state }: Job): HookEvent =>
  state === 'completed' ? 'done' : state === 'failed' || state === 'expired' ? 'failed' : 'needsYou';

/** What is told of a job: what it is and how it stands. No paths, no addresses, no key. */
const told = (job: Job) => ({
  ...{ id: job.id, order: job.orderName ?? job.orderId, state: job.state, waitingFor: job.waitingFor },
  ...{ video: job.videoName, image: job.imageName },
  project: job.recipe.kind === 'motion' ? (job.recipe.project ?? null) : null,
  problem: job.problem?.code ?? null,
  libraryItem: job.resultItemId,
});

export function createWebHook(options: WebHookOptions): WebHookTeller {
  const { settings, secret, clock, logger, resolve = systemResolve, allowsLoopback = false } = options;
  const pausesMs = options.pausesMs ?? PAUSES_MS;
  const closing = new AbortController();
  const waiting = new Set<Promise<void>>();

  const send = async (delivery: Delivery): Promise<number> => {
    const hook = settings().webHook;
    const key = hook === null ? null : await secret.read();
    if (hook === null || key === null)
      throw new RestageError('refused', { reasons: [{ field: 'webHook', rule: 'webHook.none' }] });
    const signal = closing.signal;
    return deliver(delivery, { url: hook.url, secret: key, resolve, allowsLoopback, nowMs: clock.now(), signal });
  };

  async function tell(delivery: Delivery): Promise<void> {
    for (const pauseMs of [...pausesMs, null]) {
      try {
        await send(delivery);
        return;
      } catch (error) {
        if (closing.signal.aborted) return;
        const isFinal =
          !(error instanceof RestageError) || error.code === 'refused' || forGood.test(error.detail ?? '');
        logger.warn('hook.failed', { about: delivery.event, delivery: delivery.id, error: String(error) });
        if (isFinal || pauseMs === null) return;
      }
      await clock.sleep(pauseMs, closing.signal).catch(() => undefined);
    }
  }

  function start(event: HookEvent, jobs: readonly Job[]): void {
    const hook = settings().webHook;
    if (closing.signal.aborted || hook === null || !hook.events.includes(event)) return;
    if (waiting.size >= MOST_WAITING) {
      logger.warn('hook.dropped', { about: event, jobs: jobs.map(({ id }) => id) });
      return;
    }
    const delivery = newDelivery(event, { jobs: jobs.map(told) }, new Date(clock.now()).toISOString());
    const work: Promise<void> = tell(delivery).finally(() => waiting.delete(work));
    waiting.add(work);
  }

  const news = createNewsGatherer({
    isWanted: (kind) => kind !== 'linkDies',
    isWatched: () => false,
    tell: ({ jobs }) => {
      // What is done in the sandbox does not leave this computer.
      const real = jobs.filter(({ isSandbox }) => !isSandbox);
      for (const [event, group] of Map.groupBy(real, eventOf)) start(event, group);
    },
    later: (work, ms) => void startTimer(work, ms).unref(),
  });

  return {
    know: (jobs) => news.know(jobs),
    changed: (jobs) => news.changed(jobs),
    test: () => send(newDelivery('test', { jobs: [] }, new Date(clock.now()).toISOString())),
    async close() {
      closing.abort();
      await Promise.allSettled(waiting);
    },
  };
}
