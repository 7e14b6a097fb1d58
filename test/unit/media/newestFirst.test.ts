/** Stills are made few at a time: what is in sight now first, and never what has been scrolled away. */
import { expect, it } from 'vitest';
import { createNewestFirst } from '../../../main/media/newestFirst.ts';

const never = new AbortController().signal;

function works() {
  const started: string[] = [];
  const ends = new Map<string, () => void>();
  const work = (name: string) => () => {
    started.push(name);
    return new Promise<string>((resolve) => ends.set(name, () => resolve(name)));
  };
  return { started, work, end: (name: string) => ends.get(name)?.() };
}

it('U5: runs no more than its lanes, and of those that wait the newest next', async () => {
  const turn = createNewestFirst(2);
  const { started, work, end } = works();
  const all = ['a', 'b', 'c', 'd'].map((name) => turn(work(name), never));
  expect(started).toEqual(['a', 'b']);
  end('a');
  await all[0];
  await Promise.resolve();
  expect(started).toEqual(['a', 'b', 'd']);
  for (const name of ['b', 'd']) end(name);
  await Promise.all([all[1], all[3]]);
  await Promise.resolve();
  end('c');
  expect(await all[2]).toBe('c');
});

it('U5: never starts what was given up while it waited, and goes on after a failure', async () => {
  const turn = createNewestFirst(1);
  const { started, work, end } = works();
  const first = turn(work('first'), never);
  const gone = new AbortController();
  const scrolledAway = turn(work('away'), gone.signal);
  gone.abort();
  await expect(scrolledAway).rejects.toMatchObject({ code: 'cancelled' });
  end('first');
  await first;
  await expect(turn(() => Promise.reject(new Error('no still')), never)).rejects.toThrow('no still');
  const last = turn(work('last'), never);
  await Promise.resolve();
  end('last');
  expect(await last).toBe('last');
  expect(started).toEqual(['first', 'last']);
});
