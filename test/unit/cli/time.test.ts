/** Seconds and timecode become frames of the clip that is meant. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseTime, resolveTrim } from '../../../main/hosts/cli/time.ts';
import type { VideoFacts } from '../../../shared/contract/media.ts';
import { RestageError } from '../../../shared/errors.ts';
import { framesToSeconds } from '../../../shared/time/timecode.ts';
import { videoFacts } from './videoFacts.ts';

const ntsc = { num: 30_000, den: 1001 };
const clip = (frameCount: number, frameRate = { num: 25, den: 1 }, more: Partial<VideoFacts> = {}) =>
  videoFacts({ frameCount, frameRate, durationSeconds: framesToSeconds(frameCount, frameRate), ...more });

function refusalOf(action: () => unknown): [string, string] | null {
  try {
    action();
    return null;
  } catch (error) {
    const reason = error instanceof RestageError ? error.reasons[0] : undefined;
    return reason ? [reason.field, reason.rule] : null;
  }
}

test.each(['0', '12.5', '.5', '00:00:12:15', '00:00:12;15', '1:00:00:00'])('%s is a time', (text) => {
  expect(parseTime(text)).not.toBeNull();
});
test.each(['', '-1', '1e3', '12,5', 'ten', '00:12', '00:60:00:00', '00:00:12.15', 'Infinity', '0x10'])(
  '%s is no time',
  (text) => {
    expect(parseTime(text)).toBeNull();
  },
);

describe('seconds', () => {
  test('"10 s" at 29.97 is 299 frames, "3 s" is 90: both legal', () => {
    expect(resolveTrim(clip(600, ntsc), { from: '0', to: '10' }, 'motion-image')).toEqual({
      unit: 'frames',
      from: 0,
      to: 299,
    });
    expect(resolveTrim(clip(600, ntsc), { from: '2', to: '5' }, 'motion-image')).toEqual({
      unit: 'frames',
      from: 59,
      to: 149,
    });
  });

  test('a range of legal length stays legal wherever it begins', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9000 }), fc.constantFrom(3, 10), (fromMs, length) => {
        const from = fromMs / 1000;
        const trim = resolveTrim(clip(900, ntsc), { from: String(from), to: String(from + length) }, 'motion-image');
        const frames = trim ? trim.to - trim.from : 0;
        const seconds = framesToSeconds(frames, ntsc);
        return seconds >= 3 && seconds <= 10;
      }),
    );
  });

  test('the whole clip is no trim', () => {
    expect(resolveTrim(clip(100), {}, 'motion-video')).toBeUndefined();
    expect(resolveTrim(clip(100), { from: '0' }, 'motion-video')).toBeUndefined();
    expect(resolveTrim(clip(100), { from: '0', to: '4' }, 'motion-video')).toBeUndefined();
  });

  test('a length that was rounded for display may be a hair over', () => {
    // 587 frames at 30 are 19.5666… s, shown as 19.57.
    expect(resolveTrim(clip(587, { num: 30, den: 1 }), { from: '10', to: '19.57' }, 'motion-video')).toEqual({
      unit: 'frames',
      from: 300,
      to: 587,
    });
  });

  test('a variable-rate clip is trimmed by time', () => {
    const facts = clip(100, undefined, { isConstantRate: false });
    expect(resolveTrim(facts, { from: '0.5', to: '3.7' }, 'motion-video')).toEqual({
      unit: 'seconds',
      from: 0.5,
      to: 3.7,
    });
  });
});

describe('timecode', () => {
  test('names frames, whatever the other end is given in', () => {
    expect(resolveTrim(clip(500), { from: '00:00:01:05', to: '00:00:05:00' }, 'motion-video')).toEqual({
      unit: 'frames',
      from: 30,
      to: 125,
    });
    expect(resolveTrim(clip(500), { from: '1', to: '00:00:05:03' }, 'motion-video')).toEqual({
      unit: 'frames',
      from: 25,
      to: 128,
    });
  });

  test('drop-frame labels skip numbers, not frames', () => {
    expect(resolveTrim(clip(4000, ntsc), { from: '00:01:00;02', to: '00:01:10;00' }, 'motion-video')).toMatchObject({
      from: 1800,
    });
  });

  test.each([
    ['00:00:01:25', 'cli.notATimecode'],
    ['00:00:01;05', 'cli.notADropFrame'],
  ])('%s does not exist at 25 fps', (from, rule) => {
    expect(refusalOf(() => resolveTrim(clip(500), { from }, 'motion-video'))).toEqual(['from', rule]);
  });

  test('a dropped label does not exist', () => {
    expect(refusalOf(() => resolveTrim(clip(4000, ntsc), { from: '00:01:00;00' }, 'motion-video'))).toEqual([
      'from',
      'cli.notADropFrame',
    ]);
  });
});

describe('what the clip does not have', () => {
  test.each([
    [{ from: '20' }, 'from', 'cli.fromBeyondEnd'],
    [{ to: '25' }, 'to', 'cli.toBeyondEnd'],
    [{ from: '5', to: '5' }, 'to', 'cli.emptyTrim'],
    [{ from: '6', to: '5' }, 'to', 'cli.emptyTrim'],
    [{ to: '00:00:20:01' }, 'to', 'cli.toBeyondEnd'],
  ])('%j is refused under %s', (range, field, rule) => {
    expect(refusalOf(() => resolveTrim(clip(500), range, 'motion-video'))).toEqual([field, rule]);
  });
});
