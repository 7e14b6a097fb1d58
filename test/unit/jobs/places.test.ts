/** Who may be ordered while only so many may be at the provider: the table of states, and the order of the queue. */
import { describe, expect, it } from 'vitest';
import type { JobRecord } from '../../../main/jobs/record/record.ts';
import { createPlaces } from '../../../main/jobs/turns/places.ts';

type Part = Pick<JobRecord, 'state' | 'waitingFor'> & {
  accountId?: string;
  vanishedSince?: number;
  submittedAt?: string;
};

const running: Part = { state: 'running', waitingFor: null };
const up: Part = { state: 'uploading', waitingFor: null };
const waits: Part = { state: 'uploading', waitingFor: 'slot' };

/** In the order of the queue; named by their number in it. */
function placesOf(limit: number | null, parts: readonly Part[]) {
  const jobs = parts.map((part, index) => ({
    ...{ accountId: 'a', vanishedSince: null, submittedAt: null, ...part },
    ...{ id: String(index), queuePosition: index },
  })) as JobRecord[];
  const get = (id: string) => jobs[Number(id)] as JobRecord;
  return createPlaces({ get, unfinished: () => jobs }, () => limit);
}

describe('a place at the provider', () => {
  it('is there for everybody without a number', () => {
    const places = placesOf(null, [running, running, up, waits]);
    expect(places.hasPlace('2')).toBe(true);
    expect(places.released()).toEqual(['3']);
  });

  it.each<[string, Part, boolean]>([
    ['a running job', running, false],
    ['one whose order is written', { state: 'submitting', waitingFor: null }, false],
    ['one whose order is written and waits for credits', { state: 'submitting', waitingFor: 'credits' }, false],
    ['a result on its way', { state: 'downloading', waitingFor: null }, true],
    ['an unknown outcome', { state: 'submitting', waitingFor: 'outcome' }, true],
    [
      'a task that no reading has shown yet',
      { ...running, vanishedSince: 1, submittedAt: '1970-01-01T00:00:00.001Z' },
      false,
    ],
    ['a task that the provider does not know any more', { ...running, vanishedSince: 1 }, true],
    ['a job that was not sent', { state: 'uploading', waitingFor: 'paused' }, true],
    ['a job of another account', { ...running, accountId: 'b' }, true],
  ])('beside %s', (_, other, isFree) => {
    expect(placesOf(1, [other, up]).hasPlace('1')).toBe(isFree);
    expect(placesOf(2, [other, up]).hasPlace('1')).toBe(true);
  });

  it('goes to those before it first', () => {
    expect(placesOf(1, [waits, up]).hasPlace('1')).toBe(false);
    expect(placesOf(1, [up, waits]).hasPlace('1')).toBe(false);
    expect(placesOf(1, [waits, up]).hasPlace('0')).toBe(true);
    expect(placesOf(2, [waits, up]).hasPlace('1')).toBe(true);
    // Not to one that waits for something else.
    expect(placesOf(1, [{ state: 'uploading', waitingFor: 'source' }, up]).hasPlace('1')).toBe(true);
  });

  it('releases as many as fit, in order', () => {
    expect(placesOf(3, [running, waits, waits, waits]).released()).toEqual(['1', '2']);
    expect(placesOf(1, [running, waits, waits]).released()).toEqual([]);
  });
});
