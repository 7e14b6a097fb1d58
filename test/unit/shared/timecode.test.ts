/** Frames, seconds and timecode, drop-frame included. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type FrameRate,
  frameAt,
  framesCovering,
  framesToSeconds,
  framesToTimecode,
  framesWithin,
  isDropFrameRate,
  nominalRate,
  rateToNumber,
  timecodeToFrames,
} from '../../../shared/time/timecode.ts';

const film: FrameRate = { num: 24000, den: 1001 };
const pal: FrameRate = { num: 25, den: 1 };
const ntsc: FrameRate = { num: 30000, den: 1001 };
const ntsc60: FrameRate = { num: 60000, den: 1001 };
const thirty: FrameRate = { num: 30, den: 1 };
const anyRate = fc.constantFrom(film, pal, ntsc, ntsc60, thirty, { num: 24, den: 1 }, { num: 60, den: 1 });
const dropRate = fc.constantFrom(ntsc, ntsc60);
const frame = fc.integer({ min: 1, max: 24 * 3600 * 59 });

describe('counting frames', () => {
  it.each([
    [10, ntsc, 299],
    [30, ntsc, 899],
    [10, thirty, 300],
    [10, film, 239],
    [10, pal, 250],
  ])('%s s never last longer than asked: at %o that is %i frames', (seconds, rate, frames) => {
    expect(framesWithin(seconds, rate)).toBe(frames);
    expect(framesToSeconds(frames, rate)).toBeLessThanOrEqual(seconds);
    expect(framesToSeconds(frames + 1, rate)).toBeGreaterThan(seconds);
  });

  it.each([
    [3, ntsc, 90],
    [3, thirty, 90],
    [3, film, 72],
  ])('%s s are covered: at %o by %i frames', (seconds, rate, frames) => {
    expect(framesCovering(seconds, rate)).toBe(frames);
    expect(framesToSeconds(frames, rate)).toBeGreaterThanOrEqual(seconds - 1e-9);
  });

  it('finds the frame on screen at its own first moment, in spite of floating point', () => {
    fc.assert(
      fc.property(frame, anyRate, (n, rate) => {
        expect(frameAt(framesToSeconds(n, rate), rate)).toBe(n);
      }),
    );
  });

  it('keeps whole lengths whole', () => {
    fc.assert(
      fc.property(frame, anyRate, (n, rate) => {
        expect(framesWithin(framesToSeconds(n, rate), rate)).toBe(n);
        expect(framesCovering(framesToSeconds(n, rate), rate)).toBe(n);
      }),
    );
  });
});

describe('rates', () => {
  it('knows where labels are dropped', () => {
    expect([ntsc, ntsc60, film, pal, thirty].map(isDropFrameRate)).toEqual([true, true, false, false, false]);
    expect(isDropFrameRate({ num: 2997, den: 100 })).toBe(true);
  });

  it('labels 23.976 as 24 and never labels nothing', () => {
    expect([film, ntsc, ntsc60, pal].map(nominalRate)).toEqual([24, 30, 60, 25]);
    expect(nominalRate({ num: 1, den: 10 })).toBe(1);
    expect(rateToNumber(ntsc)).toBeCloseTo(29.97, 3);
  });
});

describe('timecode', () => {
  it.each([
    [0, thirty, '00:00:00:00'],
    [315, thirty, '00:00:10:15'],
    [3600 * 25, pal, '01:00:00:00'],
    [24 * 60, film, '00:01:00:00'],
  ])('writes frame %i at %o as %s', (n, rate, text) => expect(framesToTimecode(n, rate)).toBe(text));

  // SMPTE ST 12-1: labels 0 and 1 (0..3 at 59.94) are left out at every minute but the tenth.
  it.each([
    [1799, ntsc, '00:00:59;29'],
    [1800, ntsc, '00:01:00;02'],
    [17_981, ntsc, '00:09:59;29'],
    [17_982, ntsc, '00:10:00;00'],
    [107_892, ntsc, '01:00:00;00'],
    [3599, ntsc60, '00:00:59;59'],
    [3600, ntsc60, '00:01:00;04'],
    [35_964, ntsc60, '00:10:00;00'],
  ])('drops labels, not frames: %i at %o is %s', (n, rate, text) => {
    expect(framesToTimecode(n, rate, { dropFrame: true })).toBe(text);
    expect(timecodeToFrames(text, rate)).toBe(n);
  });

  it('reads what it writes', () => {
    fc.assert(
      fc.property(frame, anyRate, (n, rate) => {
        expect(timecodeToFrames(framesToTimecode(n, rate), rate)).toBe(n);
      }),
    );
    fc.assert(
      fc.property(frame, dropRate, (n, rate) => {
        expect(timecodeToFrames(framesToTimecode(n, rate, { dropFrame: true }), rate)).toBe(n);
      }),
    );
  });

  it.each([
    ['00:00:10', thirty],
    ['00:60:00:00', thirty],
    ['00:00:00:30', thirty],
    ['00:00:00:25', pal],
    ['12.5', thirty],
    // a label that was dropped, and drop-frame where nothing is dropped
    ['00:01:00;00', ntsc],
    ['00:01:00;01', ntsc],
    ['00:01:00;03', ntsc60],
    ['00:00:01;00', pal],
  ])('refuses %s at %o', (text, rate) => expect(timecodeToFrames(text, rate)).toBeNull());
});
