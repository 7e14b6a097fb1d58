/** The common clock: where each picture stands, how drift is told from the beat of the screen, what brings a picture back. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Anchor,
  clockAt,
  clockTimeOf,
  correctionFor,
  type Drift,
  driftOf,
  isInside,
  type Lane,
  lengthOf,
  mediaTimeOf,
  noDrift,
  rateOfPaints,
  withSample,
} from '../../../../renderer/screens/library/compare/clock.ts';

const frame = 1 / 30;
const reference: Lane = { startSeconds: 4.4, lengthSeconds: 12, offsetSeconds: 0 };
const result: Lane = { startSeconds: 0, lengthSeconds: 11.9, offsetSeconds: 0 };

describe('VC: a place on the clock', () => {
  it("puts the result's zero at the reference's in point", () => {
    expect(mediaTimeOf(reference, 0, frame)).toBeCloseTo(4.4, 9);
    expect(mediaTimeOf(result, 0, frame)).toBe(0);
    expect(mediaTimeOf(reference, 3, frame) - mediaTimeOf(result, 3, frame)).toBeCloseTo(4.4, 9);
  });

  it('goes there and back for every moment inside, whatever the offset', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 11.8, noNaN: true }),
        fc.double({ min: -5, max: 5, noNaN: true }),
        (seconds, offsetSeconds) => {
          const lane = { ...reference, offsetSeconds };
          fc.pre(isInside(lane, seconds) && isInside(lane, seconds + frame));
          expect(clockTimeOf(lane, mediaTimeOf(lane, seconds, frame))).toBeCloseTo(seconds, 9);
        },
      ),
    );
  });

  it('holds the first frame before the beginning and the last behind the end', () => {
    const late = { ...result, offsetSeconds: 1 };
    expect([isInside(late, 0.5), mediaTimeOf(late, 0.5, frame)]).toEqual([false, 0]);
    expect(isInside(late, 12.95)).toBe(false);
    expect(mediaTimeOf(late, 12.95, frame)).toBeCloseTo(11.9 - frame, 9);
    expect(lengthOf([reference, late])).toBeCloseTo(12.9, 9);
  });
});

/** Sixty beats a second: a frame reaches the screen with the next one. */
const onBeat = (ms: number) => Math.ceil(ms / (1000 / 60) - 1e-9) * (1000 / 60);

/** What a picture that is off by `off` seconds says of itself, frame by frame, against an exact clock. */
function watch(off: number, frames: number): Drift {
  const anchor: Anchor = { atMs: 0, seconds: 0, speed: 1 };
  let drift = noDrift;
  for (let n = 3; n < 3 + frames; n += 1) {
    const paintedMs = onBeat((n * frame - off) * 1000);
    drift = withSample(drift, n * frame + frame / 4 - clockAt(anchor, paintedMs));
  }
  return drift;
}

describe('VC: drift', () => {
  it('is not told by one frame alone', () => {
    expect(driftOf(watch(0.5, 3))).toBeNull();
  });

  it('is told to half a beat of the screen, whatever it is', () => {
    fc.assert(
      fc.property(fc.double({ min: -0.1, max: 0.1, noNaN: true }), (off) => {
        expect(Math.abs((driftOf(watch(off, 7)) ?? 9) - off)).toBeLessThan(1 / 60 + 1e-6);
      }),
    );
  });

  it('leaves what is near alone, walks what is off, and jumps what is far', () => {
    expect(correctionFor(0.15 * frame, frame, false)).toEqual({ kind: 'none' });
    expect(correctionFor(0.15 * frame, frame, true)).toMatchObject({ kind: 'nudge' });
    expect(correctionFor(0.05 * frame, frame, true)).toEqual({ kind: 'none' });
    expect(correctionFor(2, frame, false)).toEqual({ kind: 'jump' });
  });

  it('slows what is ahead, quickens what is behind, never by more than an eye takes', () => {
    fc.assert(
      fc.property(fc.double({ min: -0.2, max: 0.2, noNaN: true }), (off) => {
        const correction = correctionFor(off, frame, false);
        if (correction.kind !== 'nudge') return;
        expect(Math.sign(1 - correction.factor)).toBe(Math.sign(off));
        expect(Math.abs(1 - correction.factor)).toBeLessThanOrEqual(0.04 + 1e-9);
      }),
    );
  });

  it('is walked off by the nudges alone, from any start that is not jumped', () => {
    fc.assert(
      fc.property(fc.double({ min: -0.24, max: 0.24, noNaN: true }), (start) => {
        let [off, isNudged] = [start, false];
        for (let frames = 0; frames < 30 * 20; frames += 7) {
          const correction = correctionFor(off, frame, isNudged);
          isNudged = correction.kind === 'nudge';
          if (correction.kind === 'nudge') off += (correction.factor - 1) * 7 * frame;
        }
        expect(Math.abs(off)).toBeLessThanOrEqual(0.2 * frame + 1e-9);
      }),
    );
  });
});

describe('VC: the rate of painted frames', () => {
  const paints = (fps: number, left: readonly number[] = [], stepSeconds = 0) =>
    Array.from({ length: 32 }, (_, n) => n)
      .filter((n) => !left.includes(n))
      .map((n) => (stepSeconds === 0 ? n / fps : Math.round(n / fps / stepSeconds) * stepSeconds));

  it.each([
    [24000 / 1001, { num: 24000, den: 1001 }],
    [24, { num: 24, den: 1 }],
    [25, { num: 25, den: 1 }],
    [30000 / 1001, { num: 30000, den: 1001 }],
    [30, { num: 30, den: 1 }],
    [50, { num: 50, den: 1 }],
    [60000 / 1001, { num: 60000, den: 1001 }],
    [60, { num: 60, den: 1 }],
  ])('%d frames a second are told, also with frames left out', (fps, rate) => {
    expect(rateOfPaints(paints(fps))).toEqual(rate);
    expect(rateOfPaints(paints(fps, [3, 4, 11]))).toEqual(rate);
    // A clock of 1/90000 s, as in most containers.
    expect(rateOfPaints(paints(fps, [], 1 / 90_000))).toEqual(rate);
  });

  it('is not guessed from few frames or from none that stay in step', () => {
    expect(rateOfPaints([0, frame, 2 * frame])).toBeNull();
    expect(rateOfPaints([0, 0.03, 0.08, 0.1, 0.17, 0.19, 0.25, 0.31, 0.33])).toBeNull();
  });
});
