/** What may happen to the app in any order, and the simple model of what must be true afterwards. */
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import type { CommandInput } from '../../shared/contract/index.ts';
import type { Job, Recipe } from '../../shared/contract/jobs.ts';
import { isCancellable, isFinal } from '../../shared/jobs/jobStates.ts';
import type { World } from './world.ts';

export interface ModelJob {
  id: string;
  isCancelled: boolean;
  isHidden: boolean;
}

export interface Model {
  jobs: ModelJob[];
  hasOurKey: boolean;
  /** Orders that a fault may have refused for good. */
  refusals: number;
  orders: number;
}

export const newModel = (): Model => ({ jobs: [], hasOurKey: true, refusals: 0, orders: 0 });

type Command = fc.AsyncCommand<Model, World>;

function command(
  name: string,
  run: (model: Model, world: World) => Promise<void>,
  check: (model: Model) => boolean = () => true,
): Command {
  return { check, run, toString: () => name };
}

const pick = (model: Model, n: number): ModelJob => {
  const job = model.jobs[n % model.jobs.length];
  if (!job) throw new Error('no job yet');
  return job;
};
const hasJobs = (model: Model) => model.jobs.length > 0;
const read = (world: World, id: string): Promise<Job> => world.app.call('jobs.get', { id });

const faults = {
  'a reset before': { reset: 'before' },
  'a reset after': { reset: 'after' },
  'half an answer': { truncateTo: 0.5 },
  'a page of HTML': { status: 502, body: 'html' },
  'an answer of another shape': { status: 200, body: 'wrongShape', runHandler: true },
  'an empty 500': { status: 500, body: 'empty', runHandler: true },
  '429': { status: 429, retryAfter: '0' },
  '401': { status: 401 },
  '402': { status: 402, code: 'insufficient_user_quota' },
  'a refusal': { status: 400, code: 'invalid_parameters' },
} as const;
/** Where money is at stake most often. */
const paths = [
  '/v1/videos/generations',
  '/v1/videos/generations',
  '/v1/videos/generations',
  '/api/v1/files/upload',
  '/v1/tasks',
  '/results/',
] as const;

/** Every order is another text: what the server got can be told apart. */
function nextOrder(model: Model, world: World, kind: Recipe['kind']) {
  model.orders += 1;
  return world.newOrder(kind, `n${model.orders}`);
}

async function place(model: Model, { app }: World, order: CommandInput<'jobs.order'>): Promise<void> {
  const [job] = await app.call('jobs.order', order);
  model.jobs.push({ id: job?.id ?? '', isCancelled: false, isHidden: false });
}

const order = (kind: Recipe['kind']) =>
  command(
    `order ${kind}`,
    (model, world) => place(model, world, nextOrder(model, world, kind)),
    (model) => model.hasOurKey,
  );

/** Nobody heard whether the order was taken: the person orders the same once more. */
const orderAndKill = (kind: Recipe['kind'], afterMs: number) =>
  command(
    `order ${kind}, killed after ${afterMs} ms`,
    async (model, world) => {
      const order = nextOrder(model, world, kind);
      const unheard = world.app.try('jobs.order', order).catch(() => null);
      await sleep(afterMs);
      await world.app.kill();
      await unheard;
      await world.app.start();
      await place(model, world, order);
    },
    (model) => model.hasOurKey,
  );

const fault = (name: keyof typeof faults, path: string) =>
  command(`${name} at ${path}`, async (model, { evolink }) => {
    if (name === 'a refusal') model.refusals += 1;
    await evolink.admin('POST', 'faults', { rules: [{ path, ...faults[name] }] });
  });

/** The case for which keys exist: the server takes the order, and nobody hears of it. */
const lostAnswer = (kind: Recipe['kind'], times: number) =>
  command(
    `order ${kind}, ${times} answers lost`,
    async (model, world) => {
      const rules = [{ method: 'POST', path: '/v1/videos/generations', reset: 'after', times }];
      await world.evolink.admin('POST', 'faults', { rules });
      await order(kind).run(model, world);
    },
    (model) => model.hasOurKey,
  );

const cancel = (n: number) =>
  command(
    `cancel ${n}`,
    async (model, world) => {
      const job = pick(model, n);
      const result = await world.app.try('jobs.cancel', { id: job.id });
      if (result.ok) job.isCancelled = true;
      else if (isCancellable((await read(world, job.id)).state)) throw new Error('refused to cancel what was not sent');
    },
    hasJobs,
  );

const hide = (n: number, isHidden: boolean) =>
  command(
    `${isHidden ? 'hide' : 'show'} ${n}`,
    async (model, world) => {
      const job = pick(model, n);
      job.isHidden = isHidden;
      const seen = await world.app.call('jobs.hide', { id: job.id, isHidden });
      if (seen.isHidden !== isHidden) throw new Error('not hidden as asked');
    },
    hasJobs,
  );

const retry = (n: number) =>
  command(
    `retry ${n}`,
    async (model, world) => {
      const { id } = pick(model, n);
      const before = await read(world, id);
      const result = await world.app.try('jobs.retry', { id });
      if (before.state === 'completed') {
        if (result.ok) throw new Error('a completed job was ordered again');
        return;
      }
      if (!result.ok) return;
      const isNew = result.value.id !== id;
      if (isNew !== (result.value.retryOf === id)) throw new Error('a new job must name the old one');
      if (isNew) model.jobs.push({ id: result.value.id, isCancelled: false, isHidden: false });
      else if (isFinal(before.state)) throw new Error('what is over is a new job');
    },
    hasJobs,
  );

const steer = (n: number, what: 'pause' | 'resume' | 'top' | 'down') =>
  command(
    `${what} ${n}`,
    async (model, { app }) => {
      const { id } = pick(model, n);
      // Refused when it was sent, or when the whole queue is held: then nothing has changed.
      if (what === 'pause' || what === 'resume') await app.try('jobs.pause', { id, isPaused: what === 'pause' });
      else await app.try('jobs.move', { id, to: what });
    },
    hasJobs,
  );

const whole = (what: 'hold' | 'go on' | 'stop after the current one') =>
  command(what, async (_model, { app }) => {
    if (what === 'stop after the current one') await app.call('queue.stopAfterCurrent', {});
    else await app.call('queue.pauseAll', { isPaused: what === 'hold' });
  });

const restart = command('restart', (_model, { app }) => app.restart());

const kill = command('kill', async (_model, { app }) => {
  await app.kill();
  await app.start();
});

const key = (isOurs: boolean) =>
  command(`${isOurs ? 'our' : 'another'} key`, async (model, world) => {
    model.hasOurKey = isOurs;
    await world.setKey(isOurs);
  });

const serverFails = command('the server fails the next task', async (_model, { evolink }) => {
  await evolink.admin('POST', 'switches', { nextErrors: ['service_error'] });
});

const pause = (ms: number) => command(`${ms} ms pass`, () => sleep(ms));

const index = fc.nat({ max: 20 });
const names = Object.keys(faults) as (keyof typeof faults)[];

/** Twenty-five to forty things that happen, the dangerous ones more often. */
export function happenings(): fc.Arbitrary<Command[]> {
  const weighted = (weight: number, arbitrary: fc.Arbitrary<Command>) => ({ weight, arbitrary });
  const any = fc.oneof(
    weighted(4, fc.constantFrom(order('element'), order('element'), order('motion'))),
    weighted(
      4,
      fc.constantFrom(
        lostAnswer('element', 1),
        lostAnswer('element', 2),
        lostAnswer('element', 4),
        lostAnswer('motion', 1),
      ),
    ),
    weighted(
      5,
      fc.tuple(fc.constantFrom(...names), fc.constantFrom(...paths)).map(([name, at]) => fault(name, at)),
    ),
    weighted(5, fc.integer({ min: 20, max: 500 }).map(pause)),
    weighted(1, fc.constant(restart)),
    weighted(1, fc.constant(kill)),
    weighted(
      2,
      fc
        .tuple(fc.constantFrom('element', 'element', 'motion'), fc.integer({ min: 0, max: 900 }))
        .map(([kind, afterMs]) => orderAndKill(kind, afterMs)),
    ),
    weighted(1, index.map(cancel)),
    weighted(
      1,
      fc.tuple(index, fc.boolean()).map(([n, isHidden]) => hide(n, isHidden)),
    ),
    weighted(2, index.map(retry)),
    weighted(
      2,
      fc
        .tuple(index, fc.constantFrom('pause' as const, 'resume' as const, 'top' as const, 'down' as const))
        .map(([n, what]) => steer(n, what)),
    ),
    weighted(
      3,
      fc.constantFrom(...[whole('hold'), whole('stop after the current one')], ...new Array(6).fill(whole('go on'))),
    ),
    weighted(2, fc.constantFrom(key(true), key(true), key(true), key(true), key(false))),
    weighted(1, fc.constant(serverFails)),
  );
  return fc.noShrink(fc.array(any, { minLength: 25, maxLength: 40 }));
}
