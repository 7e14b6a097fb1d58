/** Batches, takes, sums, times and places of the queue's rows: pure. */
import { describe, expect, it } from 'vitest';
import { costOf, linesOf, matchesSearch, sumOf, takeNumbers } from '../../../renderer/screens/queue/batches.ts';
import { blockTarget } from '../../../renderer/screens/queue/queueOrder.ts';
import { timeOf } from '../../../renderer/screens/queue/stages.ts';
import { job } from './samples.ts';

const at = (seconds: number) => Date.parse('2026-01-01T00:00:00Z') + seconds * 1000;
const sent = { state: 'running', submittedAt: '2026-01-01T00:00:00Z', estimatedSeconds: 14 } as const;

describe('the one figure of time', () => {
  it('is what is left, and says that it takes longer instead of counting beyond what was expected', () => {
    expect(timeOf(job(sent), at(4))).toEqual({ kind: 'left', seconds: 10 });
    expect(timeOf(job(sent), at(48))).toEqual({ kind: 'over' });
    expect(timeOf(job({ ...sent, estimatedSeconds: null }), at(48))).toEqual({ kind: 'elapsed', seconds: 48 });
    expect(timeOf(job({ estimatedSeconds: 60 }), at(900))).toEqual({ kind: 'usual', seconds: 60 });
  });
});

describe('rows', () => {
  const jobs = ['1', '2'].map((n) => job({ id: n, orderId: `matrix-0a0a0a0a.${n}` }));
  it('of one order stand together under their head, wherever the others stand', () => {
    const lines = linesOf(
      [jobs[0], job({ id: 'alone' }), jobs[1]].flatMap((one) => one ?? []),
      [],
    );
    expect(lines.map((line) => (line.kind === 'batch' ? 'batch' : line.job.id))).toEqual(['batch', '1', '2', 'alone']);
    expect(linesOf(jobs, ['matrix-0a0a0a0a']).map(({ kind }) => kind)).toEqual(['batch']);
    expect(linesOf(jobs.slice(0, 1), []).map(({ kind }) => kind)).toEqual(['job']);
  });
  it('of an order of the command line too, by its name', () => {
    const named = jobs.map((one) => ({ ...one, orderId: one.id, orderName: 'night' }));
    expect(linesOf(named, ['name night'])).toHaveLength(1);
  });
  it('have the number of the take where there are several of the same', () => {
    const [first, second] = ['2026-01-01T00:00:00Z', '2026-01-01T00:00:01Z'].map((createdAt, index) =>
      job({ id: String(index), createdAt }),
    );
    expect([...takeNumbers([second, first].flatMap((one) => one ?? []))]).toEqual([
      ['0', 1],
      ['1', 2],
    ]);
    expect(takeNumbers([job()]).size).toBe(0);
  });
  it('cost what was charged, else what is estimated, and nothing when nothing was', () => {
    const charged = job({ state: 'completed', charge: { state: 'charged', credits: '40.5' } });
    const given = job({ state: 'failed', charge: { state: 'released', credits: '40.5' } });
    expect(costOf(job({ state: 'cancelled' })).high).toBe('0');
    expect(sumOf([charged, given, job()])).toEqual({ low: '122.148', high: '122.148' });
  });
  it('are found by every word of names, prompt and order', () => {
    const wanted = job({ videoName: 'Dance take.mp4', orderName: 'night' });
    expect(['dance', 'NIGHT dance', 'wanderer'].map((search) => matchesSearch(wanted, search))).toEqual([
      true,
      true,
      true,
    ]);
    expect(matchesSearch(wanted, 'dance rain')).toBe(false);
  });
});

describe('several jobs moved in the line', () => {
  const line = ['a', 'b', 'c', 'd', 'e'];
  it('go as one block, and stop at the ends', () => {
    expect(blockTarget(line, ['c', 'd'], 'up')).toBe('b');
    expect(blockTarget(line, ['b', 'c'], 'down')).toBe('e');
    expect(blockTarget(line, ['c', 'd'], 'down')).toBeNull();
    expect(blockTarget(line, ['c', 'd'], 'top')).toBe('a');
    expect(blockTarget(line, ['a', 'b'], 'up')).toBeUndefined();
    expect(blockTarget(line, ['d', 'e'], 'down')).toBeUndefined();
  });
  it('come together where they were apart', () => {
    expect(blockTarget(line, ['a', 'c'], 'up')).toBe('b');
    expect(blockTarget(line, ['b', 'd'], 'down')).toBe('e');
  });
});
