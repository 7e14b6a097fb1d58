/** The life of a job, every pair of state and event: what is not listed here must change nothing. */
import { describe, expect, it } from 'vitest';
import {
  finalStates,
  isCancellable,
  isFinal,
  type JobEvent,
  type JobState,
  jobEvents,
  jobStates,
  nextState,
  personReasons,
  waitingReasons,
} from '../../../shared/jobs/jobStates.ts';

/** Written out by hand, as a second opinion: `from event to`. */
const legal = `
queued start preparing
queued cancelled cancelled
queued unpreparable failed
preparing prepared uploading
preparing unpreparable failed
preparing cancelled cancelled
uploading uploaded submitting
uploading submitIntended submitting
uploading refusedByServer failed
uploading unpreparable failed
uploading cancelled cancelled
submitting accepted running
submitting claimed running
submitting nothingStarted submitting
submitting bodyMustChange uploading
submitting uploadDied uploading
submitting refusedByServer failed
submitting gaveUp cancelled
running serverCompleted downloading
running fetched completed
running serverFailed failed
running serverCancelled cancelled
running vanished expired
running disowned submitting
downloading fetched completed
downloading linkExpired expired
downloading serverFailed failed
downloading serverCancelled cancelled
`
  .trim()
  .split('\n')
  .map((line) => line.split(' ') as [JobState, JobEvent, JobState]);

const pairs = jobStates.flatMap((state) => jobEvents.map((event) => [state, event] as const));

describe('every pair of state and event', () => {
  it.each(pairs)('%s + %s', (state, event) => {
    const wanted = legal.find(([from, on]) => from === state && on === event)?.[2] ?? null;
    expect(nextState(state, event)).toBe(wanted);
  });
});

describe('what the table promises', () => {
  it('never leaves a final state', () => {
    for (const state of finalStates) for (const event of jobEvents) expect(nextState(state, event)).toBeNull();
    expect(jobStates.filter(isFinal)).toEqual(finalStates);
  });

  it('lets a person cancel exactly until something may have been sent', () => {
    expect(jobStates.filter(isCancellable)).toEqual(['queued', 'preparing', 'uploading']);
  });

  it('never calls a sent job failed for local trouble', () => {
    const sent: JobState[] = ['submitting', 'running', 'downloading'];
    const toFailed = jobEvents.filter((event) => sent.some((state) => nextState(state, event) === 'failed'));
    expect(toFailed).toEqual(['refusedByServer', 'serverFailed']);
  });

  it('reaches every state from queued, and a final one from every state', () => {
    const reach = (start: JobState) => {
      const seen = new Set<JobState>([start]);
      for (const state of seen) for (const event of jobEvents) seen.add(nextState(state, event) ?? state);
      return seen;
    };
    expect([...reach('queued')].sort()).toEqual([...jobStates].sort());
    for (const state of jobStates) expect([...reach(state)].some(isFinal)).toBe(true);
  });

  it('names only known reasons as a person’s', () => {
    expect(personReasons.filter((reason) => !waitingReasons.includes(reason))).toEqual([]);
    expect(waitingReasons.filter((reason) => !personReasons.includes(reason))).toEqual([
      'network',
      'answer',
      'rateLimit',
      'quota',
      'slot',
    ]);
  });
});
