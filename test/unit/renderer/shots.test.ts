/** What the scan saw, on the clip's own clock: takes to choose, cuts to go to, advice on the chosen range. */
import { describe, expect, it } from 'vitest';
import {
  adviseOnRange,
  type ClipShots,
  exactCuts,
  longestTake,
  neighbourCut,
  offerTakes,
  shotsOf,
} from '../../../renderer/state/trim/shots.ts';
import type { ClipClock } from '../../../renderer/state/trim/trim.ts';
import { visibleCuts } from '../../../renderer/timeline/visibleCuts.ts';
import type { Timeline } from '../../../shared/contract/timeline.ts';

const at30: ClipClock = { unit: 'frames', rate: { num: 30, den: 1 }, length: 900 };
const ntsc: ClipClock = { unit: 'frames', rate: { num: 30000, den: 1001 }, length: 1000 };
const variable: ClipClock = { unit: 'seconds', rate: { num: 72, den: 10 }, length: 30 };
const lengths = { minSeconds: 3, maxSeconds: 10 };

const strip: Timeline = { filmstrip: { count: 10, doneCount: 10, width: 160, height: 90 }, peaks: null, isDone: true };
const seen: Timeline = {
  ...strip,
  isScanned: true,
  cuts: [
    { seconds: 4, confidence: 0.9 },
    { seconds: 20, confidence: 0.6 },
  ],
  black: [{ from: 19, to: 20 }],
  freezes: [],
  takes: [
    { from: 0, to: 4 },
    { from: 4, to: 19 },
    { from: 20, to: 22 },
  ],
  motion: { level: 'steady', score: 0.2 },
  motionBySecond: [...Array(10).fill(0.2), ...Array(10).fill(0.8), ...Array(10).fill(0)],
};
const shots = shotsOf(at30, seen);

describe('what the scan tells', () => {
  it('is told in frames, exactly: four decimals of a second are one frame', () => {
    expect(shots.cuts.map((cut) => cut.at)).toEqual([120, 600]);
    const cuts = [{ seconds: Number(((299 * 1001) / 30000).toFixed(4)), confidence: 1 }];
    expect(shotsOf(ntsc, { ...seen, cuts }).cuts[0]?.at).toBe(299);
  });

  it('is in seconds on a variable-rate clip', () => {
    expect(shotsOf(variable, seen).takes[1]).toEqual({ from: 4, to: 19 });
  });

  it('says whether more may come', () => {
    expect(shotsOf(at30, undefined).state).toBe('scanning');
    expect(shotsOf(at30, strip).state).toBe('scanning');
    expect(shotsOf(at30, { ...strip, cuts: [], cutsAreCoarse: true }).state).toBe('scanning');
    expect(shotsOf(at30, { ...strip, cuts: [], cutsAreCoarse: true, isScanned: true }).state).toBe('coarse');
    expect(shotsOf(at30, { ...strip, isScanned: true }).state).toBe('unknown');
    expect(shots.state).toBe('done');
  });
});

describe('takes', () => {
  it('of three seconds or more are offered, as much of each as may be sent', () => {
    expect(offerTakes(at30, shots.takes, lengths)).toEqual([
      { whole: { from: 0, to: 120 }, range: { from: 0, to: 120 } },
      { whole: { from: 120, to: 570 }, range: { from: 120, to: 420 } },
    ]);
  });

  it('at 29.97 are cut at the largest count of frames within the limit', () => {
    expect(offerTakes(ntsc, [{ from: 0, to: 1000 }], lengths)[0]?.range).toEqual({ from: 0, to: 299 });
  });

  it('the longest inside the range wins, and the longest of the clip where the range holds none', () => {
    const longest = (from: number, to: number) => longestTake(at30, shots.takes, { ...lengths, range: { from, to } });
    expect(longest(0, 200)).toEqual({ from: 0, to: 120 });
    expect(longest(60, 300)).toEqual({ from: 120, to: 300 });
    expect(longest(600, 660)).toEqual({ from: 120, to: 420 });
    expect(longestTake(at30, [], { ...lengths, range: { from: 0, to: 900 } })).toBeNull();
  });
});

describe('up and down', () => {
  const go = (at: number, direction: 1 | -1) => neighbourCut(at30, shots.cuts, { at, direction });

  it('go from cut to cut, and to the ends of the clip', () => {
    expect([go(0, 1), go(120, 1), go(600, 1), go(899, 1)]).toEqual([120, 600, 899, 899]);
    expect(neighbourCut(at30, shots.cuts, { at: 900, direction: -1, last: 900 })).toBe(600);
    expect([go(899, -1), go(600, -1), go(121, -1), go(0, -1)]).toEqual([600, 120, 120, 0]);
  });

  it('do not stay where a variable-rate playhead stands a hair beside a cut', () => {
    const cuts = [{ at: 4, confidence: 1 }];
    expect(neighbourCut(variable, cuts, { at: 3.999, direction: 1 })).toBeGreaterThan(4);
    expect(neighbourCut(variable, cuts, { at: 4.001, direction: -1 })).toBe(0);
  });
});

describe('advice on the range', () => {
  const advise = (from: number, to: number, of: ClipShots = shots) =>
    adviseOnRange(at30, of, { ...lengths, range: { from, to } });

  it('is silent over a clean, steady take', () => {
    expect(advise(120, 300)).toEqual([]);
  });

  it('a cut on the in or the out point is no cut inside', () => {
    expect(advise(0, 120)).toEqual([]);
  });

  it('names the cuts inside, and offers the longest take', () => {
    expect(advise(0, 300)).toEqual([
      {
        field: 'video',
        rule: 'shots.cut',
        params: { number: 1, at: '00:00:04:00' },
        level: 'advice',
        source: 'r',
        state: 'warn',
        fix: 'trimToTake',
      },
    ]);
  });

  it('measures black, offers the fix once, and none where there is no take', () => {
    const lines = advise(450, 630);
    expect(lines.map(({ rule, fix }) => [rule, fix])).toEqual([
      ['shots.cut', 'trimToTake'],
      ['shots.black', null],
      ['shots.fast', null],
    ]);
    expect(lines[1]?.params).toEqual({ seconds: 1 });
    expect(advise(450, 630, { ...shots, takes: [] })[0]?.fix).toBeNull();
  });

  it('waits for the end of the look: a first one from keyframes may be wrong, and no handle snaps to it', () => {
    const early: ClipShots = { ...shots, state: 'scanning' };
    expect(advise(0, 300, early)).toEqual([]);
    expect(exactCuts(early)).toEqual([]);
    expect(exactCuts(shots)).toHaveLength(2);
  });

  it('judges movement by the seconds that are chosen, not by the whole clip', () => {
    expect(advise(310, 500).map(({ rule }) => rule)).toEqual(['shots.fast']);
    expect(advise(660, 800).map(({ rule }) => rule)).toEqual(['shots.still']);
  });
});

it('marks that would touch are one mark, the surer', () => {
  const cuts = [
    { at: 100, confidence: 0.6 },
    { at: 101, confidence: 0.9 },
    { at: 500, confidence: 0.5 },
  ];
  expect(visibleCuts(cuts, { start: 0, end: 900 }, 900).map(({ at }) => at)).toEqual([101, 500]);
  expect(visibleCuts(cuts, { start: 90, end: 114 }, 900).map(({ at }) => at)).toEqual([100, 101]);
});
