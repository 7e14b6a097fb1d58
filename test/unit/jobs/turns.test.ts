import { expect, it } from 'vitest';
import { createTurns } from '../../../main/jobs/turns/turns.ts';

const idle = new AbortController().signal;

function setUp() {
  const positions: Record<string, number> = { a: 1, b: 2, c: 3 };
  const turns = createTurns((id) => positions[id] ?? 0);
  const passed: string[] = [];
  const pass = (id: string, signal = idle) => turns.wait(id, signal).then(() => void passed.push(id));
  return { positions, turns, passed, pass };
}
const settle = () => new Promise((resolve) => setImmediate(resolve));

it('lets an order wait for those before it that are on their way, and for no others', async () => {
  const { turns, passed, pass } = setUp();
  turns.enter('a');
  turns.enter('c');
  void pass('c');
  void pass('b');
  void pass('a');
  await settle();
  expect(passed).toEqual(['a']);
  turns.leave('a');
  await settle();
  expect(passed).toEqual(['a', 'c', 'b']);
});

it('looks again when the order changes', async () => {
  const { positions, turns, passed, pass } = setUp();
  turns.enter('a');
  void pass('b');
  await settle();
  expect(passed).toEqual([]);
  positions.b = 0;
  turns.recheck();
  await settle();
  expect(passed).toEqual(['b']);
});

it('can be given up', async () => {
  const { turns, pass } = setUp();
  turns.enter('a');
  const leaving = new AbortController();
  const waiting = pass('b', leaving.signal);
  leaving.abort(new Error('stop'));
  await expect(waiting).rejects.toThrow('stop');
});
