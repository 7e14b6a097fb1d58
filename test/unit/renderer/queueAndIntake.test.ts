/** How a job reads as steps and counts, where dropped files go, how images are reshaped, how fast J and L play. */
import { describe, expect, it } from 'vitest';
import { mergeJobs } from '../../../renderer/bridge/queries.ts';
import { currentOf, inQueueOrder, placesOf } from '../../../renderer/screens/queue/queueOrder.ts';
import { reportOf } from '../../../renderer/screens/queue/report.ts';
import { elapsedSeconds, shownState, stepStates } from '../../../renderer/screens/queue/stages.ts';
import { fixesOf, sortVerdicts } from '../../../renderer/state/order/checkOrder.ts';
import { hasLegalRatio, legalCrop } from '../../../renderer/state/order/imageEdit.ts';
import { sortIntake } from '../../../renderer/state/order/intake.ts';
import { countJobs } from '../../../renderer/state/queue/jobCounts.ts';
import { nextSpeed } from '../../../renderer/state/trim/player.ts';
import type { Verdict } from '../../../shared/contract/media.ts';
import { imageAsset, job, videoAsset } from './samples.ts';

describe('a job as steps', () => {
  const states = (patch: Parameters<typeof job>[0]) => stepStates(job(patch)).map((step) => step.state);

  it('has behind it what is done', () => {
    expect(states({ state: 'uploading' })).toEqual(['done', 'current', 'ahead', 'ahead', 'ahead']);
    expect(states({ state: 'completed' })).toEqual(['done', 'done', 'done', 'done', 'done']);
  });

  it('has its files up when it waits for a place, and stands in line', () => {
    const waits = { state: 'uploading', waitingFor: 'slot' } as const;
    expect(states(waits)).toEqual(['done', 'done', 'current', 'ahead', 'ahead']);
    expect(shownState(job(waits))).toBe('queued');
    expect(shownState(job({ state: 'uploading', waitingFor: 'network' }))).toBe('uploading');
  });

  it('shows where it stopped', () => {
    expect(states({ state: 'failed', taskId: 't', submittedAt: '2026-01-01T00:00:00Z' })).toEqual([
      'done',
      'done',
      'done',
      'stopped',
      'ahead',
    ]);
    expect(states({ state: 'cancelled' })[0]).toBe('stopped');
    expect(states({ state: 'expired', taskId: 't' })[4]).toBe('stopped');
  });

  it('fetches no file for an element', () => {
    const recipe = { kind: 'element' as const, videoId: 'v', name: 'Ann', description: 'd', preset: 'fast' as const };
    expect(stepStates(job({ recipe })).map((step) => step.stage)).not.toContain('download');
  });

  it('counts from submission while it runs, and the whole way when it is over', () => {
    const times = { createdAt: '2026-01-01T00:00:00Z', submittedAt: '2026-01-01T00:00:20Z' };
    expect(elapsedSeconds(job({ ...times, state: 'running' }), Date.parse('2026-01-01T00:00:50Z'))).toBe(30);
    const finishedAt = '2026-01-01T00:01:00Z';
    expect(elapsedSeconds(job({ ...times, state: 'completed', finishedAt }), 0)).toBe(60);
  });
});

describe('the rows of the queue', () => {
  const jobs = [
    job({ id: 'done', state: 'completed' }),
    job({ id: 'third', state: 'queued', queuePosition: 9 }),
    job({ id: 'first', state: 'uploading', queuePosition: 2 }),
    job({ id: 'sent', state: 'running', queuePosition: 7 }),
    job({ id: 'second', state: 'preparing', queuePosition: 5 }),
    job({ id: 'failed', state: 'failed' }),
  ];
  it('are what was sent, then the line as it will go, then what is over', () => {
    expect(inQueueOrder(jobs).map(({ id }) => id)).toEqual(['sent', 'first', 'second', 'third', 'done', 'failed']);
  });
  it('have a place while they are in line', () => {
    expect([...placesOf(jobs)]).toEqual([
      ['first', { number: 1, isFirst: true, isLast: false }],
      ['second', { number: 2, isFirst: false, isLast: false }],
      ['third', { number: 3, isFirst: false, isLast: true }],
    ]);
  });
  it('name the one after which the queue stops, until it has been sent', () => {
    expect(currentOf({ hold: 'afterCurrent', currentIds: ['first'] }, jobs)?.id).toBe('first');
    expect(currentOf({ hold: 'afterCurrent', currentIds: ['sent'] }, jobs)).toBeNull();
  });
});

describe('jobs together', () => {
  it('are counted by what a person wants to know', () => {
    const jobs = [
      job({ id: '1', state: 'running' }),
      job({ id: '2', state: 'queued' }),
      job({ id: '3', state: 'submitting', waitingFor: 'outcome' }),
      job({ id: '4', state: 'expired' }),
      job({ id: '5', state: 'cancelled' }),
      job({ id: '6', state: 'completed' }),
    ];
    expect(countJobs(jobs)).toEqual({ running: 1, waiting: 2, completed: 1, failed: 1, ended: 1 });
  });

  it('are replaced by their newer selves, newest order first', () => {
    const old = job({ id: 'a', createdAt: '2026-01-01T00:00:00Z' });
    const young = job({ id: 'b', createdAt: '2026-01-02T00:00:00Z' });
    const merged = mergeJobs([old], [young, { ...old, state: 'completed' }]);
    expect(merged.map(({ id, state }) => [id, state])).toEqual([
      ['b', 'queued'],
      ['a', 'completed'],
    ]);
  });

  it('are reported without folders', () => {
    const text = reportOf(
      job({ file: '/home/ann/Videos/x.mp4', sidecar: '/home/ann/Videos/x.restage.json' }),
      [{ at: 'now', event: 'queued', detail: '' }],
      '1.0',
    );
    expect(text).toContain('queued');
    expect(text).not.toContain('/home/ann');
  });
});

describe('dropped files', () => {
  const ok = (asset: typeof videoAsset) => ({ ok: true as const, asset });

  it('fill both places when a video and an image come together, wherever they were dropped', () => {
    const { taken, refusals } = sortIntake([ok(imageAsset), ok(videoAsset)], 'video');
    expect(taken).toEqual({ image: imageAsset, video: videoAsset });
    expect(refusals).toEqual({});
  });

  it('of the wrong kind are refused where they were dropped, and may be moved', () => {
    const { taken, refusals } = sortIntake([ok(imageAsset)], 'video');
    expect(taken).toEqual({});
    expect(refusals).toEqual({ video: { kind: 'wrongKind', asset: imageAsset } });
  });

  it('are sorted by kind when they were dropped on no place', () => {
    expect(sortIntake([ok(imageAsset)], null).taken).toEqual({ image: imageAsset });
  });

  it('of which several are of one kind fill the form with the first, and make a matrix of all', () => {
    const other = { ...videoAsset, id: 'other' };
    const { taken, several } = sortIntake([ok(videoAsset), ok(imageAsset), ok(other)], 'video');
    expect(taken).toEqual({ video: videoAsset, image: imageAsset });
    expect(several).toEqual([videoAsset, imageAsset, other]);
    expect(sortIntake([ok(videoAsset), ok(imageAsset)], null).several).toEqual([]);
    // The same content twice is one file.
    expect(sortIntake([ok(videoAsset), ok(videoAsset)], null).several).toEqual([]);
  });

  it('that cannot be read say why', () => {
    const error = { code: 'sourceUnreadable' as const, reasons: [] };
    const { refusals } = sortIntake([{ ok: false, name: 'x.mp4', guess: 'video', error }], null);
    expect(refusals).toEqual({ video: { kind: 'error', name: 'x.mp4', error } });
  });
});

const verdict = (state: Verdict['state'], fix: Verdict['fix'] = null): Verdict => ({
  field: 'video',
  rule: state,
  level: 'hard',
  source: 'p',
  state,
  fix,
});

describe('checks', () => {
  it('are read from what needs the person to what passes', () => {
    const sorted = sortVerdicts((['pass', 'fixed', 'blocked', 'warn'] as const).map((state) => verdict(state)));
    expect(sorted.map(({ state }) => state)).toEqual(['blocked', 'warn', 'fixed', 'pass']);
  });

  it('offer both ways out of a range that is too long for the image', () => {
    expect(fixesOf(verdict('blocked', 'switchToVideo'))).toEqual(['trimToMax', 'switchToVideo']);
    expect(fixesOf(verdict('pass', 'trimToMax'))).toEqual([]);
  });
});

describe('an image of an illegal ratio', () => {
  const part = (x: number, y: number, width: number, height: number) => ({ x, y, width, height });

  it.each([
    [part(0, 0, 3000, 1000), part(250, 0, 2500, 1000)],
    [part(0, 0, 400, 2000), part(0, 500, 400, 1000)],
    [part(100, 50, 301, 1000), part(100, 174, 301, 752)],
    [part(0, 0, 800, 600), part(0, 0, 800, 600)],
  ])('%j is cut to the part %j of it', (box, legal) => {
    expect(legalCrop(box)).toEqual(legal);
    expect(hasLegalRatio(legal)).toBe(true);
  });

  it('may be cropped or padded', () => {
    expect(fixesOf({ ...verdict('blocked', 'cropImage'), rule: 'image.ratio' })).toEqual(['cropImage', 'padImage']);
  });
});

describe('J, K and L', () => {
  it('double with each press and turn round at once', () => {
    expect([nextSpeed(0, 1), nextSpeed(1, 1), nextSpeed(2, -1), nextSpeed(-1, -1), nextSpeed(8, 1)]).toEqual([
      1, 2, -1, -2, 8,
    ]);
  });
});
