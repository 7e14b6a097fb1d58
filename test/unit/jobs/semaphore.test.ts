import { expect, it } from 'vitest';
import { createSemaphore } from '../../../main/jobs/turns/semaphore.ts';

const idle = new AbortController().signal;

it('lets so many in at once, in order, and passes on the place of one that gave up waiting', async () => {
  const gate = createSemaphore(1);
  const order: string[] = [];
  let release = () => {};
  const first = gate.run(idle, () => new Promise<void>((resolve) => (release = resolve)));
  const leaving = new AbortController();
  const second = gate.run(leaving.signal, async () => void order.push('second'));
  const third = gate.run(idle, async () => void order.push('third'));
  leaving.abort();
  await expect(second).rejects.toThrow();
  expect(order).toEqual([]);
  release();
  await Promise.all([first, third]);
  expect(order).toEqual(['third']);
});

it('gives its place back when the work throws', async () => {
  const gate = createSemaphore(1);
  await expect(gate.run(idle, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await expect(gate.run(idle, async () => 7)).resolves.toBe(7);
});

it('gives a place to the lowest rank at that moment', async () => {
  const gate = createSemaphore(1);
  const order: string[] = [];
  const ranks = { a: 1, b: 2, c: 3 };
  let release = () => {};
  const first = gate.run(idle, () => new Promise<void>((resolve) => (release = resolve)));
  const rest = (['a', 'b', 'c'] as const).map((name) =>
    gate.run(
      idle,
      async () => void order.push(name),
      () => ranks[name],
    ),
  );
  await new Promise((resolve) => setImmediate(resolve));
  ranks.c = 0;
  release();
  await Promise.all([first, ...rest]);
  expect(order).toEqual(['c', 'a', 'b']);
});
